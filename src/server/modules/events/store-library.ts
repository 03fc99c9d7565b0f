import { sql } from 'kysely';
import type { EvidenceKind } from '#contract/events-words.ts';
import { fromCalendarJson } from '#engine/worktime/calendar-json.ts';
import type { Calendar } from '#engine/worktime/calendar.ts';
import { AppError } from '#kit/errors.ts';
import type { DeskTier } from '#kit/tiers.ts';
import type { Tx } from '#server/db/pool.ts';
import type { Category, Rule } from './library.ts';

export async function listCategories(tx: Tx): Promise<Category[]> {
  const rows = await tx.db
    .selectFrom('category')
    .select([
      'code',
      'parent_code as parentCode',
      'name',
      'name_en as nameEn',
      'public_report as publicReport',
      'icon',
      'sort',
      'retired_at as retiredAt',
    ])
    .orderBy('sort')
    .orderBy('code')
    .execute();
  return rows.map(({ retiredAt, ...row }) => ({ ...row, retired: retiredAt !== null }));
}

export async function listRules(tx: Tx, version: number): Promise<Rule[]> {
  const rows = await tx.db
    .selectFrom('category_rule')
    .select([
      'category_code as categoryCode',
      'tier',
      'lead_role as leadRole',
      'assist_roles as assistRoles',
      'priority',
      'limits',
      'evidence',
      'plan_code as planCode',
      'areas',
    ])
    .where('version', '=', version)
    .orderBy('category_code')
    .execute();
  return rows.map((row) => ({
    ...row,
    tier: row.tier as DeskTier,
    evidence: row.evidence as EvidenceKind,
    limits: row.limits as unknown as Rule['limits'],
    areas: row.areas as unknown as Rule['areas'],
  }));
}

/** Current version of the library and a stamp that changes with categories and calendar; one cheap question. */
export async function readStamp(tx: Tx): Promise<{ version: number; stamp: string } | undefined> {
  const row = await sql<{ version: number | null; stamp: string }>`
    select (select max(version) from library_version) as version,
      concat_ws('/', (select max(version) from library_version), (select count(*) from category), (select count(*) from category where retired_at is not null),
        (select md5(string_agg(name || name_en || public_report, '' order by code)) from category),
        (select md5(string_agg(day || kind || coalesce(segments::text, ''), '' order by day)) from calendar_day),
        (select md5(weekly::text || coverage_from || coverage_until) from calendar_rule)) as stamp`.execute(tx.db);
  const first = row.rows[0];
  return first === undefined || first.version === null ? undefined : { version: first.version, stamp: first.stamp };
}

export async function readCalendar(tx: Tx): Promise<Calendar> {
  const rule = await tx.db.selectFrom('calendar_rule').selectAll().executeTakeFirst();
  if (rule === undefined)
    throw new AppError('internal', 'The working calendar is missing: run the seed (huangge seed) once.');
  const days = await listDays(tx);
  return fromCalendarJson({
    offsetMinutes: rule.offset_minutes,
    weekly: rule.weekly,
    coverageFrom: rule.coverage_from,
    coverageUntil: rule.coverage_until,
    days: days.map(({ date, kind, segments, name }) => ({
      date,
      kind,
      name,
      ...(segments === null ? {} : { segments }),
    })),
  });
}

export interface DayRow {
  date: string;
  kind: 'work' | 'rest' | 'half';
  name: string;
  segments: [number, number][] | null;
  source: string;
}

export async function listDays(tx: Tx): Promise<DayRow[]> {
  const rows = await tx.db
    .selectFrom('calendar_day')
    .select(['day as date', 'kind', 'name', 'segments', 'source'])
    .orderBy('day')
    .execute();
  return rows.map((row) => ({
    ...row,
    kind: row.kind as DayRow['kind'],
    segments: row.segments as unknown as DayRow['segments'],
  }));
}

export async function saveDays(tx: Tx, days: readonly DayRow[], removed: readonly string[]): Promise<void> {
  if (removed.length > 0)
    await tx.db
      .deleteFrom('calendar_day')
      .where('day', 'in', [...removed])
      .execute();
  if (days.length === 0) return;
  await sql`insert into calendar_day (day, kind, name, segments, source)
    select date, kind, name, segments, source from jsonb_to_recordset(${JSON.stringify(days)}::jsonb) as d(date date, kind text, name text, segments jsonb, source text)
    on conflict (day) do update set kind = excluded.kind, name = excluded.name, segments = excluded.segments, source = excluded.source`.execute(
    tx.db,
  );
}

export async function saveCalendarRule(
  tx: Tx,
  rule: { offsetMinutes: number; weekly: unknown; coverageFrom: string; coverageUntil: string },
): Promise<void> {
  await sql`insert into calendar_rule (id, offset_minutes, weekly, coverage_from, coverage_until)
    values (1, ${rule.offsetMinutes}, ${JSON.stringify(rule.weekly)}::jsonb, ${rule.coverageFrom}, ${rule.coverageUntil})
    on conflict (id) do update set offset_minutes = excluded.offset_minutes, weekly = excluded.weekly, coverage_from = excluded.coverage_from, coverage_until = excluded.coverage_until`.execute(
    tx.db,
  );
}

/** One publisher at a time: the next one then sees the version before. Held until the transaction ends. */
export async function lockLibrary(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('huangge.library'))`.execute(tx.db);
}

export async function insertVersion(
  tx: Tx,
  version: { version: number; note: string; by: string | null },
  rules: readonly Rule[],
): Promise<void> {
  await tx.db
    .insertInto('library_version')
    .values({ version: version.version, note: version.note, published_by: version.by })
    .execute();
  await sql`insert into category_rule (version, category_code, tier, lead_role, assist_roles, priority, limits, evidence, plan_code, areas)
    select ${version.version}, "categoryCode", tier, "leadRole", array(select jsonb_array_elements_text("assistRoles")), priority, limits, evidence, "planCode", areas
    from jsonb_to_recordset(${JSON.stringify(rules)}::jsonb)
      as r("categoryCode" text, tier text, "leadRole" text, "assistRoles" jsonb, priority smallint, limits jsonb, evidence text, "planCode" text, areas jsonb)`.execute(
    tx.db,
  );
}

export async function saveCategory(tx: Tx, category: Category & { schemeVersion: string }): Promise<void> {
  await sql`insert into category (code, scheme_version, parent_code, name, name_en, public_report, icon, sort, retired_at)
    values (${category.code}, ${category.schemeVersion}, ${category.parentCode}, ${category.name}, ${category.nameEn}, ${category.publicReport}, ${category.icon}, ${category.sort},
      case when ${category.retired}::boolean then now() end)
    on conflict (code) do update set parent_code = excluded.parent_code, name = excluded.name, name_en = excluded.name_en, public_report = excluded.public_report,
      icon = excluded.icon, sort = excluded.sort, retired_at = case when excluded.retired_at is null then null else coalesce(category.retired_at, excluded.retired_at) end`.execute(
    tx.db,
  );
}

export async function listVersions(
  tx: Tx,
): Promise<{ version: number; note: string; publishedAt: Date; publishedBy: string | null }[]> {
  const rows = await tx.db
    .selectFrom('library_version')
    .leftJoin('account', 'account.id', 'library_version.published_by')
    .select(['version', 'note', 'published_at as publishedAt', 'account.display_name as publishedBy'])
    .orderBy('version', 'desc')
    .limit(50)
    .execute();
  return rows.map((row) => ({ ...row, publishedAt: new Date(row.publishedAt) }));
}

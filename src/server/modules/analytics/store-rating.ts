import { sql } from 'kysely';
import type { Tx } from '#server/db/pool.ts';

export interface RatingRow {
  id: string;
  district: string;
  path: string[];
  raterUnitId: string;
  ratedUnitId: string;
  eventId: string | null;
  number: string | null;
  quarter: string | null;
  marks: Record<string, number>;
  reason: string;
  ratedAt: Date;
  answer: string | null;
  answeredAt: Date | null;
  version: number;
}

/** Whose ratings are read: of these units, or where the lower one lies in one of these areas. */
export interface RatingSight {
  units: readonly string[];
  areas: readonly string[];
  all: boolean;
}

const columns =
  sql.raw(`r.id, r.district, r.path, r.rater_unit_id as "raterUnitId", r.rated_unit_id as "ratedUnitId", r.event_id as "eventId",
  e.number, r.quarter, r.marks, r.reason, r.rated_at as "ratedAt", r.answer, r.answered_at as "answeredAt", r.version`);

const seen = ({ units, areas, all }: RatingSight) =>
  all
    ? sql`true`
    : sql`(r.rater_unit_id = any (${[...units]}::uuid[]) or r.rated_unit_id = any (${[...units]}::uuid[]) or r.path && ${[...areas]}::text[])`;

export async function listRatings(
  tx: Tx,
  wish: {
    sight: RatingSight;
    side: 'given' | 'received' | 'all';
    before?: { at: string; id: string } | undefined;
    limit: number;
  },
): Promise<RatingRow[]> {
  const { sight, side, before, limit } = wish;
  const units = sql`any (${[...sight.units]}::uuid[])`;
  const { rows } = await sql<RatingRow>`
    select ${columns} from department_rating r left join event_fact e on e.event_id = r.event_id
    where ${seen(sight)} ${side === 'given' ? sql`and r.rater_unit_id = ${units}` : sql``}
      ${side === 'received' ? sql`and r.rated_unit_id = ${units}` : sql``}
      ${before === undefined ? sql`` : sql`and (r.rated_at, r.id) < (${before.at}::timestamptz, ${before.id}::uuid)`}
    order by r.rated_at desc, r.id desc limit ${limit}`.execute(tx.db);
  return rows;
}

export async function lockRating(tx: Tx, id: string): Promise<RatingRow | undefined> {
  const { rows } = await sql<RatingRow>`
    select ${columns} from department_rating r left join event_fact e on e.event_id = r.event_id
    where r.id = ${id}::uuid for update of r`.execute(tx.db);
  return rows[0];
}

export async function insertRating(
  tx: Tx,
  row: Omit<RatingRow, 'number' | 'answer' | 'answeredAt' | 'version'> & { lowest: number; ratedBy: string | null },
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx.db
    .insertInto('department_rating')
    .values({
      id: row.id,
      district: row.district,
      path: row.path,
      rater_unit_id: row.raterUnitId,
      rated_unit_id: row.ratedUnitId,
      event_id: row.eventId,
      quarter: row.quarter,
      marks: JSON.stringify(row.marks),
      lowest: row.lowest,
      reason: row.reason,
      rated_by: row.ratedBy,
      rated_at: row.ratedAt,
    })
    .onConflict((on) => on.doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

export async function saveAnswer(
  tx: Tx,
  { id, answer, by, at, version }: { id: string; answer: string; by: string | null; at: Date; version: number },
): Promise<void> {
  await tx.db
    .updateTable('department_rating')
    .set({ answer, answered_by: by, answered_at: at, version })
    .where('id', '=', id)
    .execute();
}

export interface MarkSum {
  unitId: string;
  code: string;
  sum: number;
  count: number;
}

/** Marks by rated unit and criterion, of ratings given within these days. */
export async function sumMarks(tx: Tx, sight: RatingSight, days: { from: string; to: string }): Promise<MarkSum[]> {
  const { rows } = await sql<MarkSum>`
    select r.rated_unit_id as "unitId", m.key as code, sum(m.value::int)::int as sum, count(*)::int as count
    from department_rating r cross join lateral jsonb_each_text(r.marks) as m
    where ${seen(sight)} and (r.rated_at at time zone 'Asia/Shanghai')::date between ${days.from}::date and ${days.to}::date
    group by 1, 2`.execute(tx.db);
  return rows;
}

export interface EndedCase {
  id: string;
  number: string;
  categoryCode: string;
  path: string[];
  district: string;
  street: string | null;
  ownerUnitId: string;
  leadUnitId: string;
  closedAt: Date;
}

const ended = sql.raw(`f.event_id as id, f.number, f.category_code as "categoryCode", f.path, f.district, f.street,
  f.owner_unit_id as "ownerUnitId", f.lead_unit_id as "leadUnitId", f.closed_at as "closedAt"`);

/** Closed cases led by departments in which one of these units had a part, latest first. */
export async function listEnded(
  tx: Tx,
  {
    units,
    streets,
    since,
    limit,
  }: { units: readonly string[]; streets: readonly string[]; since: Date; limit: number },
): Promise<EndedCase[]> {
  const { rows } = await sql<EndedCase>`
    select ${ended} from event_fact f join unit u on u.id = f.lead_unit_id
    where f.status = 'closed' and f.closed_at >= ${since} and u.kind in ('department', 'agency')
      and (f.owner_unit_id = any (${[...units]}::uuid[]) or f.lead_unit_id = any (${[...units]}::uuid[]) or f.street = any (${[...streets]}::text[]))
    order by f.closed_at desc, f.event_id limit ${limit}`.execute(tx.db);
  return rows;
}

/** One closed case, whoever had a part in it. */
export async function findEnded(tx: Tx, id: string): Promise<EndedCase | undefined> {
  const { rows } = await sql<EndedCase>`
    select ${ended} from event_fact f where f.event_id = ${id}::uuid and f.status = 'closed' and f.lead_unit_id is not null`.execute(
    tx.db,
  );
  return rows[0];
}

/** Which of these have been rated already, as `rater|rated|subject`. */
export async function listRated(tx: Tx, raters: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ key: string }>`
    select rater_unit_id || '|' || rated_unit_id || '|' || coalesce(event_id::text, quarter) as key
    from department_rating where rater_unit_id = any (${[...raters]}::uuid[])`.execute(tx.db);
  return new Set(rows.map(({ key }) => key));
}

import { sql, type RawBuilder } from 'kysely';
import type { ClassFrom, NeedSource, NeedState } from '#contract/needs-views.ts';
import type { Tx } from '#server/db/pool.ts';
import { withinAreas } from '#server/db/within-areas.ts';
import type { Candidate } from './rules-join.ts';
import type { Sums } from './rules-sum.ts';

export interface NeedRow {
  id: string;
  classCode: string | null;
  classFrom: ClassFrom;
  title: string;
  groupCode: string;
  areaCode: string;
  path: string[];
  district: string;
  lon: number | null;
  lat: number | null;
  voices: number;
  people: number;
  state: NeedState;
  mergedInto: string | null;
  reason: string;
  firstAt: Date;
  lastAt: Date;
  version: number;
}

const columns = sql`n.id, n.class_code as "classCode", n.class_from as "classFrom", n.title, n.group_code as "groupCode",
  n.area_code as "areaCode", n.path, n.district, n.lon, n.lat, n.voices, n.people, n.state, n.merged_into as "mergedInto",
  n.reason, n.first_at as "firstAt", n.last_at as "lastAt", n.version`;

/** As the transaction's scope shows it. */
export async function findNeed(tx: Tx, id: string, lock?: 'lock'): Promise<NeedRow | undefined> {
  const { rows } = await sql<NeedRow>`select ${columns} from service_need n where n.id = ${id}
    ${lock === undefined ? sql`` : sql`for update`}`.execute(tx.db);
  return rows[0];
}

export async function insertNeed(
  tx: Tx,
  row: { id: string; classCode: string | null; classFrom: ClassFrom; title: string; district: string } & Sums,
): Promise<void> {
  await sql`insert into service_need (id, class_code, class_from, title, group_code, area_code, path, district, lon, lat,
      voices, people, first_at, last_at)
    values (${row.id}, ${row.classCode}, ${row.classFrom}, ${row.title}, ${row.groupCode}, ${row.areaCode},
      ${row.path}, ${row.district}, ${row.lon}, ${row.lat}, ${row.voices}, ${row.people}, ${new Date(row.firstMs)},
      ${new Date(row.lastMs)})`.execute(tx.db);
}

/** What its voices add up to now. A need whose voices all went elsewhere keeps its place and times. */
export async function saveSums(tx: Tx, id: string, sums: Sums | null): Promise<void> {
  if (sums === null) {
    await sql`update service_need set voices = 0, people = 0, version = version + 1 where id = ${id}`.execute(tx.db);
    return;
  }
  await sql`update service_need set voices = ${sums.voices}, people = ${sums.people}, group_code = ${sums.groupCode},
      area_code = ${sums.areaCode}, path = ${sums.path}, lon = ${sums.lon}, lat = ${sums.lat},
      first_at = ${new Date(sums.firstMs)}, last_at = ${new Date(sums.lastMs)}, version = version + 1
    where id = ${id}`.execute(tx.db);
}

/** What people decide of a locked need; its version grows by one. */
export async function saveNeed(
  tx: Tx,
  row: Pick<NeedRow, 'id' | 'classCode' | 'classFrom' | 'title' | 'state' | 'mergedInto' | 'reason'>,
): Promise<void> {
  await sql`update service_need set class_code = ${row.classCode}, class_from = ${row.classFrom}, title = ${row.title},
      state = ${row.state}, merged_into = ${row.mergedInto}, reason = ${row.reason}, version = version + 1
    where id = ${row.id}`.execute(tx.db);
}

/** Whoever takes a voice of a district waits for the one before: two like voices must not make two needs. */
export async function lockDistrict(tx: Tx, district: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`service_need ${district}`}, 0))`.execute(tx.db);
}

/** Needs of a district and class (null: of none) that a voice said at `saidMs` may join. */
export async function listCandidates(
  tx: Tx,
  wanted: { district: string; classCode: string | null; saidMs: number; recentMs: number },
): Promise<Candidate[]> {
  const { district, classCode, saidMs, recentMs } = wanted;
  const { rows } = await sql<
    Omit<Candidate, 'point' | 'firstMs'> & { lon: number | null; lat: number | null; firstAt: Date }
  >`
    select n.id, n.class_code as "classCode", n.group_code as "groupCode", n.title, n.path, n.lon, n.lat,
      n.first_at as "firstAt"
    from service_need n
    where n.district = ${district} and n.class_code is not distinct from ${classCode}
      and n.state in ('open', 'listed', 'planned')
      and n.last_at >= ${new Date(saidMs - recentMs)} and n.first_at <= ${new Date(saidMs + recentMs)}`.execute(tx.db);
  return rows.map(({ lon, lat, firstAt, ...row }) => ({
    ...row,
    point: lon === null || lat === null ? null : [lon, lat],
    firstMs: firstAt.getTime(),
  }));
}

export interface NeedFilter {
  area?: string | undefined;
  /** 'unknown': those without one. */
  class?: string | undefined;
  /** Some voice speaks for this group. */
  group?: string | undefined;
  states?: readonly NeedState[] | undefined;
  source?: NeedSource | undefined;
  q?: string | undefined;
}

function matching({ area, class: classCode, group, states, source, q }: NeedFilter): RawBuilder<unknown> {
  const all: RawBuilder<unknown>[] = [sql`n.state = any (${[...(states ?? shownStates)]}::text[])`];
  if (area !== undefined) all.push(sql`n.path @> ${[area]}::text[]`);
  if (classCode === 'unknown') all.push(sql`n.class_code is null`);
  else if (classCode !== undefined) all.push(sql`n.class_code = ${classCode}`);
  const voice = (condition: RawBuilder<unknown>) =>
    sql`exists (select 1 from need_voice v where v.need_id = n.id and ${condition})`;
  if (group !== undefined) all.push(voice(sql`v.group_code = ${group}`));
  if (source !== undefined) all.push(voice(sql`v.source = ${source}`));
  if (q !== undefined && q !== '') {
    const like = `%${q.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
    all.push(sql`(n.title ilike ${like} or ${voice(sql`v.text ilike ${like}`)})`);
  }
  return sql.join(all, sql` and `);
}

/** What is shown where nobody asks for a state: everything that still wants an answer, and what was answered. */
const shownStates: readonly NeedState[] = ['open', 'listed', 'planned', 'met'];

/** What a page begins after. */
export interface After {
  people: number;
  lastMs: number;
  id: string;
}

/** Most people first, then the latest. */
export async function listNeeds(tx: Tx, filter: NeedFilter, after: After | null, limit: number): Promise<NeedRow[]> {
  const from =
    after === null
      ? sql``
      : sql`and (-n.people, -extract(epoch from n.last_at), n.id) > (${-after.people}, ${-after.lastMs / 1000}, ${after.id}::uuid)`;
  const { rows } = await sql<NeedRow>`select ${columns} from service_need n where ${matching(filter)} ${from}
    order by -n.people, -extract(epoch from n.last_at), n.id limit ${limit}`.execute(tx.db);
  return rows;
}

export async function sumNeeds(tx: Tx, filter: NeedFilter): Promise<{ needs: number; voices: number; people: number }> {
  const { rows } = await sql<{ needs: number; voices: number; people: number }>`select count(*)::int as needs,
      coalesce(sum(n.voices), 0)::int as voices, coalesce(sum(n.people), 0)::int as people
    from service_need n where ${matching(filter)}`.execute(tx.db);
  return rows[0] ?? { needs: 0, voices: 0, people: 0 };
}

export interface TallyRow {
  classCode: string | null;
  /** null: all groups together. */
  groupCode: string | null;
  needs: number;
  voices: number;
  people: number;
}

/** Voices that lie in an area, by class, and by class and group; a need that reaches over a border counts on both sides. */
export async function tallyVoices(
  tx: Tx,
  wanted: { areaCode?: string | undefined; states?: readonly NeedState[] | undefined },
): Promise<TallyRow[]> {
  const { areaCode, states } = wanted;
  const all = states === undefined || states.length === 0 ? shownStates : states;
  const within = areaCode === undefined ? sql`true` : withinAreas(voiceArea, [areaCode]);
  const { rows } = await sql<TallyRow>`select n.class_code as "classCode", v.group_code as "groupCode",
      count(distinct n.id)::int as needs, count(*)::int as voices, sum(v.people)::int as people
    from service_need n join need_voice v on v.need_id = n.id
    where n.state = any (${[...all]}::text[]) and ${within}
    group by grouping sets ((n.class_code), (n.class_code, v.group_code)) order by 1, 2`.execute(tx.db);
  return rows;
}
const voiceArea = { areaCode: sql<string>`v.area_code`, path: sql<string[]>`n.path` };

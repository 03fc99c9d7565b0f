/** The records behind the numbers; those that were corrected away do not count and are not listed. */
import { sql, type RawBuilder } from 'kysely';
import type { Tx } from '#server/db/pool.ts';

export interface RecordFilter {
  stations: readonly string[];
  fromMs: number;
  toMs: number;
  kind?: string | undefined;
  /** '' is: not told. */
  visitor?: string | undefined;
  /** '' is: no warning. */
  weather?: string | undefined;
  partner?: string | undefined;
  activity?: string | undefined;
  /** 0 Monday … 6 Sunday, and the hour of the day, in Shanghai. */
  weekday?: number | undefined;
  hour?: number | undefined;
}

export interface ServiceRow {
  id: string;
  stationId: string;
  activityId: string | null;
  partnerId: string | null;
  kind: string;
  persons: number;
  at: Date;
  weather: string | null;
  serious: boolean;
}

const here = sql`r.at at time zone 'Asia/Shanghai'`;

function matching(filter: RecordFilter): RawBuilder<unknown> {
  const { stations, fromMs, toMs, kind, visitor, weather, partner, activity, weekday, hour } = filter;
  const all = [
    sql`r.station_id = any (${[...stations]}::uuid[])`,
    sql`r.at >= ${new Date(fromMs)} and r.at < ${new Date(toMs)}`,
    sql`not exists (select from service_correction c where c.record_id = r.id)`,
  ];
  if (kind !== undefined) all.push(sql`r.kind = ${kind}`);
  if (visitor !== undefined) all.push(sql`coalesce(r.visitor, '') = ${visitor}`);
  if (weather !== undefined) all.push(sql`coalesce(r.weather, '') = ${weather}`);
  if (partner !== undefined) all.push(sql`r.partner_id = ${partner}`);
  if (activity !== undefined) all.push(sql`r.activity_id = ${activity}`);
  if (weekday !== undefined) all.push(sql`extract(isodow from ${here}) = ${weekday + 1}`);
  if (hour !== undefined) all.push(sql`extract(hour from ${here}) = ${hour}`);
  return sql.join(all, sql` and `);
}

/** The latest first, from a cursor on. */
export async function listRecords(
  tx: Tx,
  filter: RecordFilter,
  after: { atMs: number; id: string } | null,
  limit: number,
): Promise<ServiceRow[]> {
  const from = after === null ? sql`` : sql`and (r.at, r.id) < (${new Date(after.atMs)}, ${after.id}::uuid)`;
  const { rows } = await sql<ServiceRow>`select r.id, r.station_id as "stationId", r.activity_id as "activityId",
      r.partner_id as "partnerId", r.kind, r.persons, r.at, r.weather, r.serious
    from service_record r where ${matching(filter)} ${from} order by r.at desc, r.id desc limit ${limit}`.execute(
    tx.db,
  );
  return rows;
}

export async function countRecords(tx: Tx, filter: RecordFilter): Promise<{ records: number; persons: number }> {
  const { rows } = await sql<{ records: number; persons: number }>`select count(*)::int as records,
      coalesce(sum(r.persons), 0)::int as persons from service_record r where ${matching(filter)}`.execute(tx.db);
  return rows[0] ?? { records: 0, persons: 0 };
}

/** Persons of spans, by station and span (its place in the list). */
export async function countSpans(
  tx: Tx,
  stations: readonly string[],
  spans: readonly { fromMs: number; toMs: number }[],
): Promise<{ stationId: string; span: number; persons: number }[]> {
  const [from, to] = [spans.map(({ fromMs }) => new Date(fromMs)), spans.map(({ toMs }) => new Date(toMs))];
  const { rows } = await sql<{ stationId: string; span: number; persons: number }>`
    select r.station_id as "stationId", d.span::int - 1 as span, sum(r.persons)::int as persons
    from unnest(${from}::timestamptz[], ${to}::timestamptz[]) with ordinality as d ("from", "to", span)
    join service_record r on r.station_id = any (${[...stations]}::uuid[]) and r.at >= d."from" and r.at < d."to"
    where not exists (select from service_correction c where c.record_id = r.id)
    group by 1, 2`.execute(tx.db);
  return rows;
}

/** Sums of the records of activities. */
export async function countHeads(tx: Tx, activityIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (activityIds.length === 0) return new Map();
  const { rows } = await sql<{ id: string; persons: number }>`
    select r.activity_id as id, sum(r.persons)::int as persons from service_record r
    where r.activity_id = any (${[...activityIds]}::uuid[])
      and not exists (select from service_correction c where c.record_id = r.id)
    group by 1`.execute(tx.db);
  return new Map(rows.map(({ id, persons }) => [id, persons]));
}

import { sql, type RawBuilder } from 'kysely';
import type { Tx } from '#server/db/pool.ts';
import { questionOf } from './measures.ts';

/** Which facts; absent members do not narrow. Days are days of report, both included. */
export interface FactFilter {
  /** Facts for which one of these measures counts one. */
  measures?: readonly string[] | undefined;
  from?: string | undefined;
  to?: string | undefined;
  /** Code of an area of any tier. */
  area?: string | undefined;
  /** Category code of any level, with all below it. */
  class?: string | undefined;
  /** The unit that leads. */
  unit?: string | undefined;
  /** West, south, east, north. */
  box?: readonly [number, number, number, number] | undefined;
  ids?: readonly string[] | undefined;
  /** Days in Asia/Shanghai on which something became of them, whenever they were reported. */
  closedOn?: string | undefined;
  acceptedOn?: string | undefined;
}

export interface FactRow {
  id: string;
  number: string;
  path: string[];
  categoryCode: string;
  mainClass: string;
  priority: number;
  channel: string;
  status: string;
  ownerUnitId: string;
  leadUnitId: string | null;
  lon: number | null;
  lat: number | null;
  reportedAt: Date;
  verifiedAt: Date | null;
  filedAt: Date | null;
  dispatchedAt: Date | null;
  acceptedAt: Date | null;
  arrivedAt: Date | null;
  finishedAt: Date | null;
  closedAt: Date | null;
  endedAt: Date | null;
  late: boolean;
  lateSteps: string[];
  hops: number;
  returns: number;
  reworks: number;
  reopens: number;
  urges: number;
  extensions: number;
  rating: number | null;
  reviewAt: Date | null;
  excluded: string | null;
}

const columns =
  sql.raw(`f.event_id as id, f.number, f.path, f.category_code as "categoryCode", f.main_class as "mainClass",
  f.priority, f.channel, f.status, f.owner_unit_id as "ownerUnitId", f.lead_unit_id as "leadUnitId", f.lon, f.lat,
  f.reported_at as "reportedAt", f.verified_at as "verifiedAt", f.filed_at as "filedAt", f.dispatched_at as "dispatchedAt",
  f.accepted_at as "acceptedAt", f.arrived_at as "arrivedAt", f.finished_at as "finishedAt", f.closed_at as "closedAt",
  f.ended_at as "endedAt", f.late, f.late_steps as "lateSteps", f.hops, f.returns, f.reworks, f.reopens, f.urges,
  f.extensions, f.rating, to_timestamp((f.facts ->> 'reviewMs')::double precision / 1000) as "reviewAt", f.excluded`);

const and = (conditions: readonly RawBuilder<unknown>[]): RawBuilder<unknown> =>
  conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `);

/** The column that holds areas of this tier, by the length of their codes. */
function inArea(code: string): RawBuilder<unknown> {
  const column = { 6: 'district', 9: 'street', 12: 'community', 15: 'grid' }[code.length];
  // A whole city ends in zeros; a micro grid has no column.
  return column === undefined || /^\d\d0000$/.test(code)
    ? sql`f.path @> array[${code}]`
    : sql`${sql.raw(`f.${column}`)} = ${code}`;
}

/** Category codes at and below this one. */
const below = (code: string): RawBuilder<unknown> => sql`(
  select c.code from category c left join category up on up.code = c.parent_code
  where ${code} in (c.code, c.parent_code, up.parent_code))`;

/** What a filter asks of a fact f. */
export function conditionsOf(filter: FactFilter): RawBuilder<unknown> {
  const { measures, from, to, area, unit, box, ids, closedOn, acceptedOn } = filter;
  const questions = (measures ?? []).map((name) => `(${questionOf[name] ?? 'false'})`);
  return and([
    ...(questions.length === 0 ? [] : [sql.raw(`(${questions.join(' or ')})`)]),
    ...(from === undefined ? [] : [sql`f.reported_day >= ${from}::date`]),
    ...(to === undefined ? [] : [sql`f.reported_day <= ${to}::date`]),
    ...(area === undefined ? [] : [inArea(area)]),
    ...(filter.class === undefined ? [] : [sql`f.category_code in ${below(filter.class)}`]),
    ...(unit === undefined ? [] : [sql`f.lead_unit_id = ${unit}::uuid`]),
    ...(box === undefined
      ? []
      : [sql`f.lon between ${box[0]} and ${box[2]} and f.lat between ${box[1]} and ${box[3]}`]),
    ...(ids === undefined ? [] : [sql`f.event_id = any (${[...ids]}::uuid[])`]),
    ...(closedOn === undefined ? [] : [onDay(sql`f.closed_at`, closedOn)]),
    ...(acceptedOn === undefined ? [] : [onDay(sql`f.accepted_at`, acceptedOn)]),
  ]);
}

function onDay(moment: RawBuilder<unknown>, day: string): RawBuilder<unknown> {
  const from = sql`(${day}::date::timestamp at time zone 'Asia/Shanghai')`;
  return sql`${moment} >= ${from} and ${moment} < ${from} + interval '1 day'`;
}

/** Facts that fit and that the transaction's scope shows, newest first; `after`: the last one of the page before. */
export async function listFacts(
  tx: Tx,
  filter: FactFilter,
  { limit, after }: { limit: number; after?: { reportedMs: number; id: string } | undefined },
): Promise<FactRow[]> {
  const { rows } = await sql<FactRow>`
    select ${columns} from event_fact f where ${conditionsOf(filter)}
      ${after === undefined ? sql`` : sql`and (f.reported_at, f.event_id) < (${new Date(after.reportedMs)}, ${after.id}::uuid)`}
    order by f.reported_at desc, f.event_id desc limit ${limit}`.execute(tx.db);
  return rows;
}

export async function countFacts(tx: Tx, filter: FactFilter): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from event_fact f where ${conditionsOf(filter)}`.execute(tx.db);
  return rows[0]?.n ?? 0;
}

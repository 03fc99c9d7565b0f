/** Risk points by filter: the list, the map and the file ask for the same. */
import { sql, type RawBuilder } from 'kysely';
import type { Tx } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scope.ts';
import { riskColumns, seenBy, type StoredRisk } from './risk-store.ts';

export interface RiskFilter {
  area?: string | undefined;
  kinds?: readonly string[] | undefined;
  levels?: readonly number[] | undefined;
  states?: readonly string[] | undefined;
  units?: readonly string[] | undefined;
  /** Only those due before `nowMs`. */
  overdue?: boolean | undefined;
  /** ISO time: last looked at before it, or never. */
  lookedBefore?: string | undefined;
  q?: string | undefined;
}

interface Wish {
  scope: Scope;
  filter: RiskFilter;
  nowMs: number;
}

/** The last row of the page before. */
export interface RiskMarkOfPage {
  code: string;
  /** ISO time or null; counts when sorted by it. */
  dueAt: string | null;
}

/** One page, in the order of the codes or of the times at which somebody should look (unknown ones last). */
export async function listRisks(
  tx: Tx,
  wish: Wish & { sort: 'code' | 'due'; after: RiskMarkOfPage | null; limit: number },
): Promise<StoredRisk[]> {
  const { sort, after, limit } = wish;
  const order = sort === 'due' ? sql`look_due_at nulls last, code` : sql`code`;
  const where = after === null ? conditions(wish) : sql`${conditions(wish)} and ${isAfter(sort, after)}`;
  const found = await sql<StoredRisk>`select ${riskColumns} from risk_point where ${where}
    order by ${order} limit ${limit}`.execute(tx.db);
  return found.rows;
}

function isAfter(sort: 'code' | 'due', { code, dueAt }: RiskMarkOfPage): RawBuilder<boolean> {
  if (sort === 'code') return sql`code > ${code}`;
  return dueAt === null
    ? sql`(look_due_at is null and code > ${code})`
    : sql`(look_due_at is null or (look_due_at, code) > (${dueAt}::timestamptz, ${code}))`;
}

/** What the map draws of a point. */
export type MarkedRisk = Pick<
  StoredRisk,
  'id' | 'name' | 'kind' | 'level' | 'lon' | 'lat' | 'state' | 'lastLookAt' | 'lookDueAt'
>;

/** At most `limit` of them, gravest first: those are not left out when there are too many. */
export async function listRiskMarks(tx: Tx, wish: Wish & { limit: number }): Promise<MarkedRisk[]> {
  const found = await sql<MarkedRisk>`select id, name, kind, level, lon, lat, state, last_look_at as "lastLookAt",
      look_due_at as "lookDueAt"
    from risk_point where ${conditions(wish)} order by level, code limit ${wish.limit}`.execute(tx.db);
  return found.rows;
}

function conditions({ scope, filter, nowMs }: Wish): RawBuilder<boolean> {
  const words = filter.q === undefined || filter.q === '' ? null : `%${filter.q.replace(/[\\%_]/g, '\\$&')}%`;
  const all = [
    seenBy(scope),
    filter.area === undefined ? undefined : sql`path @> ${[filter.area]}::text[]`,
    among(sql`kind`, filter.kinds, 'text'),
    among(sql`level`, filter.levels, 'smallint'),
    among(sql`unit_id`, filter.units, 'uuid'),
    among(sql`state`, filter.states, 'text') ?? sql`retired_at is null`,
    filter.overdue === true ? sql`look_due_at < ${new Date(nowMs).toISOString()}::timestamptz` : undefined,
    filter.lookedBefore === undefined
      ? undefined
      : sql`(last_look_at is null or last_look_at < ${filter.lookedBefore}::timestamptz)`,
    words === null ? undefined : sql`(name ilike ${words} or code ilike ${words} or place_words ilike ${words})`,
  ].filter((one) => one !== undefined);
  return sql<boolean>`${sql.join(all, sql` and `)}`;
}

function among(
  column: RawBuilder<unknown>,
  values: readonly unknown[] | undefined,
  type: 'text' | 'smallint' | 'uuid',
): RawBuilder<unknown> | undefined {
  if (values === undefined || values.length === 0) return undefined;
  return sql`${column} = any(${[...values]}::${sql.raw(type)}[])`;
}

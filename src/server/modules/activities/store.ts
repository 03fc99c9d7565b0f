import { sql, type RawBuilder } from 'kysely';
import type { Tx } from '#server/db/pool.ts';
import type { ActivityState } from './rules.ts';

export interface ActivityRow {
  id: string;
  stationId: string;
  district: string;
  partnerId: string | null;
  pledgeId: string | null;
  kind: string;
  title: string;
  about: string;
  startsAt: Date;
  endsAt: Date;
  places: number | null;
  state: ActivityState;
  reason: string;
  createdAt: Date;
  settledAt: Date | null;
  version: number;
}

const columns = sql`a.id, a.station_id as "stationId", a.district, a.partner_id as "partnerId", a.pledge_id as "pledgeId",
  a.kind, a.title, a.about, a.starts_at as "startsAt", a.ends_at as "endsAt", a.places, a.state, a.reason,
  a.created_at as "createdAt", a.settled_at as "settledAt", a.version`;

export async function findActivity(tx: Tx, id: string, lock?: 'lock'): Promise<ActivityRow | undefined> {
  const { rows } = await sql<ActivityRow>`select ${columns} from activity a where a.id = ${id}
    ${lock === undefined ? sql`` : sql`for update`}`.execute(tx.db);
  return rows[0];
}

export async function insertActivity(
  tx: Tx,
  row: Omit<ActivityRow, 'state' | 'reason' | 'settledAt' | 'version'> & { createdBy: string | null },
): Promise<void> {
  await sql`insert into activity (id, station_id, district, partner_id, pledge_id, kind, title, about, starts_at, ends_at,
      places, state, created_by, created_at)
    values (${row.id}, ${row.stationId}, ${row.district}, ${row.partnerId}, ${row.pledgeId}, ${row.kind}, ${row.title},
      ${row.about}, ${row.startsAt}, ${row.endsAt}, ${row.places}, 'planned', ${row.createdBy}, ${row.createdAt})`.execute(
    tx.db,
  );
}

/** Saves a locked row as it now stands; its version grows by one. */
export async function saveActivity(tx: Tx, row: ActivityRow): Promise<void> {
  await sql`update activity set partner_id = ${row.partnerId}, pledge_id = ${row.pledgeId}, kind = ${row.kind},
      title = ${row.title}, about = ${row.about}, starts_at = ${row.startsAt}, ends_at = ${row.endsAt},
      places = ${row.places}, state = ${row.state}, reason = ${row.reason}, settled_at = ${row.settledAt},
      version = version + 1
    where id = ${row.id}`.execute(tx.db);
}

export interface ActivityFilter {
  stations: readonly string[];
  state?: ActivityState | undefined;
  partner?: string | undefined;
  /** Instants: that begins in [fromMs, toMs). */
  fromMs?: number | undefined;
  toMs?: number | undefined;
}

function matching({ stations, state, partner, fromMs, toMs }: ActivityFilter): RawBuilder<unknown> {
  const all = [sql`a.station_id = any (${[...stations]}::uuid[])`];
  if (state !== undefined) all.push(sql`a.state = ${state}`);
  if (partner !== undefined) all.push(sql`a.partner_id = ${partner}`);
  if (fromMs !== undefined) all.push(sql`a.starts_at >= ${new Date(fromMs)}`);
  if (toMs !== undefined) all.push(sql`a.starts_at < ${new Date(toMs)}`);
  return sql.join(all, sql` and `);
}

/** Where a page begins: what stands before (rank, seconds, id) was shown. */
export interface After {
  rank: number;
  order: number;
  id: string;
}

const rank = sql`(a.state <> 'planned')::int`;
// Planned: the nearest first; settled: the latest first.
const order = sql`case when a.state = 'planned' then extract(epoch from a.starts_at) else -extract(epoch from a.starts_at) end`;

export async function listActivities(
  tx: Tx,
  filter: ActivityFilter,
  after: After | null,
  limit: number,
): Promise<(ActivityRow & After)[]> {
  const from =
    after === null ? sql`` : sql`and (${rank}, ${order}, a.id) > (${after.rank}, ${after.order}, ${after.id}::uuid)`;
  const { rows } = await sql<ActivityRow & After>`select ${columns}, ${rank} as rank, ${order}::float8 as "order"
    from activity a where ${matching(filter)} ${from} order by ${rank}, ${order}, a.id limit ${limit}`.execute(tx.db);
  return rows;
}

export async function countActivities(tx: Tx, filter: ActivityFilter): Promise<number> {
  const { rows } = await sql<{
    n: number;
  }>`select count(*)::int as n from activity a where ${matching(filter)}`.execute(tx.db);
  return rows[0]?.n ?? 0;
}

/** Held activities that began within a span, by station and kind. */
export async function countHeld(
  tx: Tx,
  filter: { stations: readonly string[]; fromMs: number; toMs: number },
): Promise<{ stationId: string; kind: string; n: number }[]> {
  const { rows } = await sql<{ stationId: string; kind: string; n: number }>`
    select a.station_id as "stationId", a.kind, count(*)::int as n
    from activity a where ${matching({ ...filter, state: 'held' })} group by 1, 2 order by 1, 2`.execute(tx.db);
  return rows;
}

/** What a station announces: not over yet, or cancelled and not yet past. */
export async function listComing(tx: Tx, stationId: string, nowMs: number, untilMs: number): Promise<ActivityRow[]> {
  const { rows } = await sql<ActivityRow>`select ${columns} from activity a
    where a.station_id = ${stationId} and a.state in ('planned', 'cancelled') and a.ends_at > ${new Date(nowMs)}
      and a.starts_at < ${new Date(untilMs)} order by a.starts_at, a.id limit 50`.execute(tx.db);
  return rows;
}

/** What activities are called. */
export async function titlesOf(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ id: string; title: string }>`select a.id, a.title from activity a
    where a.id = any (${[...ids]}::uuid[])`.execute(tx.db);
  return new Map(rows.map(({ id, title }) => [id, title]));
}

/** What was held, or cancelled, of activities that began within a span; in order. */
export async function listSettled(
  tx: Tx,
  filter: { stations: readonly string[]; fromMs: number; toMs: number },
): Promise<Pick<ActivityRow, 'id' | 'stationId' | 'title' | 'startsAt' | 'state' | 'reason'>[]> {
  const { rows } = await sql<ActivityRow>`select ${columns} from activity a
    where ${matching(filter)} and a.state <> 'planned' order by a.starts_at, a.id`.execute(tx.db);
  return rows;
}

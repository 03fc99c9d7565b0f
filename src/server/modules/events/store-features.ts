import { sql } from 'kysely';
import type { Tx } from '#server/db/pool.ts';
import type { Window } from './cells.ts';
import type { EventFeature, EventSign } from './features.ts';
import { seen, type Sight } from './sight.ts';
import { newestQuery, type NewestWish } from './store-queue.ts';

const columns = sql.raw(
  'e.id, e.number, e.category_code as "categoryCode", e.priority, e.channel, e.status, e.tier, e.owner_unit_id as "ownerUnitId", e.district, e.street, e.community, e.grid, ' +
    'e.lon, e.lat, e.reported_at as "reportedAt", e.due_at as "dueAt", e.ended_at as "endedAt", e.late, e.supervised',
);
const counted = sql.raw('e.id, e.reported_at as "reportedAt"');

/** One row more than asked for when there is more. */
export async function listFeatures(tx: Tx, wish: NewestWish): Promise<EventFeature[]> {
  const query = newestQuery(wish, columns);
  return query === undefined ? [] : (await sql<EventFeature>`${query}`.execute(tx.db)).rows;
}

/** How many there are, counted no further than `limit` + 1. */
export async function countFeatures(tx: Tx, wish: NewestWish): Promise<number> {
  const query = newestQuery(wish, counted);
  if (query === undefined) return 0;
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from (${query}) found`.execute(tx.db);
  return rows[0]?.n ?? 0;
}

/** By id, as far as the viewer sees it. */
export async function findFeature(tx: Tx, id: string, sight: Sight): Promise<EventFeature | undefined> {
  const { rows } =
    await sql<EventFeature>`select ${columns} from event e where e.id = ${id} and ${seen(sight)}`.execute(tx.db);
  return rows[0];
}

/** So many of the newest are looked at; more open events in one window would be no sight for a map. */
const mostLookedAt = 100_000;
const signColumns = sql.raw('e.id, e.lon, e.lat, e.priority, e.late, e.status, e.reported_at as "reportedAt"');

/** Events of a window as signs: grouped by cells, or alone. West and north edge belong to the window, east and south do not. */
export async function listSigns(
  tx: Tx,
  wish: Omit<NewestWish, 'limit'>,
  cut: { window: Window; across: number | null; limit: number },
): Promise<EventSign[]> {
  const query = newestQuery({ ...wish, limit: mostLookedAt }, signColumns);
  if (query === undefined) return [];
  const { west, south, east, north } = cut.window;
  const inside = sql`from (${query}) found where lon < ${east} and lat > ${south}`;
  if (cut.across === null) {
    const alone = await sql<EventSign>`select 1 as n, id, lon, lat, priority, late, status ${inside}
      order by priority limit ${cut.limit}`.execute(tx.db);
    return alone.rows;
  }
  const [width, height] = [(east - west) / cut.across, (north - south) / cut.across];
  const { rows } = await sql<EventSign>`select count(*)::int as n, avg(lon) as lon, avg(lat) as lat,
      min(priority) as priority, bool_or(late) as late, min(id::text) as id, min(status) as status
    ${inside} group by floor((lon - ${west}) / ${width}), floor((${north} - lat) / ${height})
    order by min(priority) limit ${cut.limit}`.execute(tx.db);
  return rows;
}

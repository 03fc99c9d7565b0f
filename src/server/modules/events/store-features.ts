import { sql } from 'kysely';
import type { Tx } from '#server/db/pool.ts';
import type { EventFeature } from './features.ts';
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

import { sql } from 'kysely';
import type { EventStatus } from '#contract/events-words.ts';
import type { Tx } from '#server/db/pool.ts';

/** An event as a piece of text at a place and a time. It may hold what people wrote about persons. */
export interface EventText {
  id: string;
  title: string;
  text: string;
  categoryCode: string;
  priority: number;
  status: EventStatus;
  /** Codes from the city down to the smallest area known. */
  path: string[];
  district: string;
  ownerUnitId: string;
  lon: number | null;
  lat: number | null;
  reportedAt: Date;
  reports: number;
  urges: number;
  open: boolean;
}

/** What people decided about an event. */
export interface EventDecision {
  id: string;
  status: EventStatus;
  categoryCode: string;
  priority: number;
  /** Unit of the first lead task that was not withdrawn. */
  leadUnitId: string | null;
  filedAt: Date | null;
  dispatchedAt: Date | null;
  endedAt: Date | null;
}

const columns = sql.raw(
  `e.id, e.title, concat_ws('，', nullif(e.description, ''), nullif(e.place_words, '')) as text, e.category_code as "categoryCode", e.priority, e.status,
   array_remove(array[e.city, e.district, e.street, e.community, e.grid], null) as path, e.district, e.owner_unit_id as "ownerUnitId", e.lon, e.lat,
   e.reported_at as "reportedAt", e.report_count::int as reports, e.urges::int, e.ended_at is null as open`,
);
const lead = sql.raw(
  `(select t.unit_id from task t where t.event_id = e.id and t.part = 'lead' and t.status <> 'withdrawn' order by t.offered_at, t.id limit 1)`,
);

/** All events in the order of their ids (which is about that of time), after the one named. */
export async function listTexts(tx: Tx, { afterId, limit }: { afterId: string; limit: number }): Promise<EventText[]> {
  const { rows } = await sql<EventText>`select ${columns} from event e where e.id > ${afterId}::uuid
    order by e.id limit ${limit}`.execute(tx.db);
  return rows;
}

export async function textsOf(tx: Tx, ids: readonly string[]): Promise<EventText[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<EventText>`select ${columns} from event e where e.id = any(${[...ids]}::uuid[])
    order by e.id`.execute(tx.db);
  return rows;
}

/** Those of a district since a moment that were not declined, cancelled or merged into another, oldest first. */
export async function listRecentTexts(
  tx: Tx,
  { district, sinceMs, limit }: { district: string; sinceMs: number; limit: number },
): Promise<EventText[]> {
  const { rows } = await sql<EventText>`select ${columns} from event e
    where e.district = ${district} and e.reported_at >= ${new Date(sinceMs)} and e.status not in ('declined', 'cancelled', 'merged')
    order by e.reported_at desc, e.id limit ${limit}`.execute(tx.db);
  return rows.reverse();
}

/** Texts and what was decided, of events that were filed and neither declined nor cancelled; newest first. */
export async function listDecided(
  tx: Tx,
  { sinceMs, limit }: { sinceMs: number; limit: number },
): Promise<(EventText & { leadUnitId: string | null })[]> {
  const { rows } = await sql<
    EventText & { leadUnitId: string | null }
  >`select ${columns}, ${lead} as "leadUnitId" from event e
    where e.filed_at is not null and e.reported_at >= ${new Date(sinceMs)} and e.status not in ('declined', 'cancelled', 'merged')
    order by e.reported_at desc, e.id limit ${limit}`.execute(tx.db);
  return rows;
}

export async function decisionsOf(tx: Tx, ids: readonly string[]): Promise<EventDecision[]> {
  if (ids.length === 0) return [];
  const { rows } =
    await sql<EventDecision>`select e.id, e.status, e.category_code as "categoryCode", e.priority, ${lead} as "leadUnitId",
      e.filed_at as "filedAt", e.dispatched_at as "dispatchedAt", e.ended_at as "endedAt"
    from event e where e.id = any(${[...ids]}::uuid[])`.execute(tx.db);
  return rows;
}

/** Names of places that were entered for the search, with where they lie. */
export async function listPlaceNames(
  tx: Tx,
): Promise<{ name: string; areaCode: string | null; lon: number; lat: number }[]> {
  const { rows } = await sql<{ name: string; areaCode: string | null; lon: number; lat: number }>`
    select name, area_code as "areaCode", lon, lat from place where length(name) > 1 order by name, lon limit 200000`.execute(
    tx.db,
  );
  return rows;
}

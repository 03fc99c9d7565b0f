import { sql } from 'kysely';
import type { Tx } from '#server/db/pool.ts';
import type { UrgencyKind } from './dictionary.ts';

/** A hot issue; derived from events, told again by a job. */
export interface IssueRow {
  id: string;
  title: string;
  centralEventId: string;
  categoryCode: string;
  areaCode: string;
  path: string[];
  district: string;
  lon: number | null;
  lat: number | null;
  heat: number;
  heatBefore: number;
  events: number;
  openEvents: number;
  voices: number;
  urges: number;
  firstAt: Date;
  lastAt: Date;
  daily: number[];
  words: Partial<Record<UrgencyKind, number>>;
  goneAt: Date | null;
  asOf: Date;
}

const columns = sql.raw(
  `i.id, i.title, i.central_event_id as "centralEventId", i.category_code as "categoryCode", i.area_code as "areaCode", i.path, i.district, i.lon, i.lat,
   i.heat, i.heat_before as "heatBefore", i.events, i.open_events as "openEvents", i.voices, i.urges, i.first_at as "firstAt", i.last_at as "lastAt",
   i.daily, i.words, i.gone_at as "goneAt", i.as_of as "asOf"`,
);

export interface IssueWish {
  /** Code of the area that holds the issue. */
  area: string | undefined;
  /** Codes; undefined for every class. */
  categories: readonly string[] | undefined;
  /** Last told of at this moment or later. */
  since: Date | undefined;
  limit: number;
}

/** Standing issues, hottest first, and how many there are in all. */
export async function listIssues(tx: Tx, wish: IssueWish): Promise<{ rows: IssueRow[]; total: number }> {
  const where = sql`i.gone_at is null
    ${wish.area === undefined ? sql`` : sql`and i.path @> array[${wish.area}]::text[]`}
    ${wish.categories === undefined ? sql`` : sql`and i.category_code = any(${[...wish.categories]}::text[])`}
    ${wish.since === undefined ? sql`` : sql`and i.last_at >= ${wish.since}`}`;
  const { rows } = await sql<
    IssueRow & { total: number }
  >`select ${columns}, count(*) over ()::int as total from hot_issue i
    where ${where} order by i.heat desc, i.id limit ${wish.limit}`.execute(tx.db);
  return { rows, total: rows[0]?.total ?? 0 };
}

/** Whether any was ever found. */
export async function hasIssues(tx: Tx): Promise<boolean> {
  const { rows } = await sql`select 1 from hot_issue limit 1`.execute(tx.db);
  return rows.length > 0;
}

export async function findIssue(tx: Tx, id: string): Promise<IssueRow | undefined> {
  const { rows } = await sql<IssueRow>`select ${columns} from hot_issue i where i.id = ${id}`.execute(tx.db);
  return rows[0];
}

/** Ids of its events. */
export async function eventsOf(tx: Tx, issueId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select event_id as id from hot_issue_event where issue_id = ${issueId}
    order by event_id`.execute(tx.db);
  return rows.map((row) => row.id);
}

/** Standing issues of a district with their events. */
export async function lockIssues(tx: Tx, district: string): Promise<Map<string, Set<string>>> {
  await sql`select pg_advisory_xact_lock(hashtext(${`hot_issue ${district}`}))`.execute(tx.db);
  const { rows } = await sql<{ id: string; eventId: string }>`select i.id, m.event_id as "eventId" from hot_issue i
    join hot_issue_event m on m.issue_id = i.id where i.district = ${district} and i.gone_at is null order by i.id`.execute(
    tx.db,
  );
  const found = new Map<string, Set<string>>();
  for (const { id, eventId } of rows) found.set(id, (found.get(id) ?? new Set()).add(eventId));
  return found;
}

/** Writes the issues of a district as they are now; those not among them are gone. */
export async function saveIssues(
  tx: Tx,
  district: string,
  issues: readonly (IssueRow & { eventIds: readonly string[] })[],
  at: Date,
): Promise<void> {
  const ids = issues.map((one) => one.id);
  await sql`update hot_issue set gone_at = ${at}, as_of = ${at} where district = ${district} and gone_at is null and id <> all(${ids}::uuid[])`.execute(
    tx.db,
  );
  await sql`delete from hot_issue_event where event_id in (select m.event_id from hot_issue_event m join hot_issue i on i.id = m.issue_id
    where i.district = ${district})`.execute(tx.db);
  for (const one of issues) await upsert(tx, one);
  const pairs = issues.flatMap((one) => one.eventIds.map((eventId) => ({ issue: one.id, event: eventId })));
  await sql`insert into hot_issue_event (event_id, issue_id) select p.event, p.issue
    from jsonb_to_recordset(${JSON.stringify(pairs)}::jsonb) as p(issue uuid, event uuid)
    on conflict (event_id) do update set issue_id = excluded.issue_id`.execute(tx.db);
}

async function upsert(tx: Tx, one: IssueRow): Promise<void> {
  await sql`insert into hot_issue (id, title, central_event_id, category_code, area_code, path, district, lon, lat, heat, heat_before, events, open_events,
      voices, urges, first_at, last_at, daily, words, gone_at, as_of)
    values (${one.id}, ${one.title}, ${one.centralEventId}, ${one.categoryCode}, ${one.areaCode}, ${one.path}::text[], ${one.district}, ${one.lon}, ${one.lat},
      ${one.heat}, ${one.heatBefore}, ${one.events}, ${one.openEvents}, ${one.voices}, ${one.urges}, ${one.firstAt}, ${one.lastAt},
      ${JSON.stringify(one.daily)}::jsonb, ${JSON.stringify(one.words)}::jsonb, null, ${one.asOf})
    on conflict (id) do update set title = excluded.title, central_event_id = excluded.central_event_id, category_code = excluded.category_code,
      area_code = excluded.area_code, path = excluded.path, lon = excluded.lon, lat = excluded.lat, heat = excluded.heat, heat_before = excluded.heat_before,
      events = excluded.events, open_events = excluded.open_events, voices = excluded.voices, urges = excluded.urges, first_at = excluded.first_at,
      last_at = excluded.last_at, daily = excluded.daily, words = excluded.words, gone_at = null, as_of = excluded.as_of`.execute(
    tx.db,
  );
}

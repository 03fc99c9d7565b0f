/** What is counted for the counter and the desk's card of today. */
import { sql } from 'kysely';
import type { Tx } from '#server/db/pool.ts';

const iso = (ms: number): string => new Date(ms).toISOString();
const counts = sql`not exists (select from service_correction c where c.record_id = r.id)`;

/** How often each kind was given at these stations around an hour of the day (0 to 23, Shanghai time), most often first. */
export async function listUsual(
  tx: Tx,
  stationIds: readonly string[],
  hour: number,
  sinceMs: number,
): Promise<{ stationId: string; kind: string }[]> {
  const near = [(hour + 23) % 24, hour, (hour + 1) % 24];
  const { rows } = await sql<{ stationId: string; kind: string }>`
    select r.station_id as "stationId", r.kind from service_record r
    where r.station_id = any(${[...stationIds]}::uuid[]) and r.at >= ${iso(sinceMs)}::timestamptz
      and extract(hour from r.at at time zone 'Asia/Shanghai')::int = any(${near}::int[]) and ${counts}
    group by 1, 2 order by 1, count(*) desc, 2`.execute(tx.db);
  return rows;
}

export interface StationCount {
  stationId: string;
  services: number;
  persons: number;
  lastHour: number;
  aids: number;
  serious: number;
}

/** By station, of records given since `fromMs`; corrected ones do not count. */
export async function countSince(
  tx: Tx,
  stationIds: readonly string[],
  fromMs: number,
  nowMs: number,
): Promise<Map<string, StationCount>> {
  const { rows } = await sql<StationCount>`
    select r.station_id as "stationId", count(*)::int as services, sum(r.persons)::int as persons,
      coalesce(sum(r.persons) filter (where r.at > ${iso(nowMs - 3_600_000)}::timestamptz), 0)::int as "lastHour",
      count(r.aid_card)::int as aids, (count(*) filter (where r.serious))::int as serious
    from service_record r
    where r.station_id = any(${[...stationIds]}::uuid[]) and r.at >= ${iso(fromMs)}::timestamptz and ${counts}
    group by 1`.execute(tx.db);
  return new Map(rows.map((row) => [row.stationId, row]));
}

export interface WaitingAid {
  recordId: string;
  stationId: string;
  card: string;
  at: Date;
  askAt: Date;
}

/** Whom somebody has still to ask after: first aid that ended with a time, not yet asked, not older than `sinceMs`. */
export async function listWaiting(tx: Tx, stationIds: readonly string[], sinceMs: number): Promise<WaitingAid[]> {
  const { rows } = await sql<WaitingAid>`
    select a.record_id as "recordId", a.station_id as "stationId", coalesce(r.aid_card, '') as card, r.at, a.ask_at as "askAt"
    from service_aid a join service_record r on r.id = a.record_id
    where a.station_id = any(${[...stationIds]}::uuid[]) and a.ask_at > ${iso(sinceMs)}::timestamptz
      and not exists (select from service_aid later where later.record_id = a.record_id and later.recorded_at > a.recorded_at)
      and ${counts}
    order by a.ask_at, a.id`.execute(tx.db);
  return rows;
}

export interface AidRow {
  id: string;
  stationId: string;
  card: string;
  at: Date;
  serious: boolean;
  eventId: string | null;
}

/** First aid given since `fromMs`, newest first. */
export async function listAids(tx: Tx, stationIds: readonly string[], fromMs: number): Promise<AidRow[]> {
  const { rows } = await sql<AidRow>`
    select r.id, r.station_id as "stationId", r.aid_card as card, r.at, r.serious, r.event_id as "eventId"
    from service_record r
    where r.station_id = any(${[...stationIds]}::uuid[]) and r.at >= ${iso(fromMs)}::timestamptz
      and r.aid_card is not null and ${counts}
    order by r.serious desc, r.at desc, r.id limit 50`.execute(tx.db);
  return rows;
}

/** What was asked for and not to be had, since `fromMs`. */
export async function countWants(
  tx: Tx,
  stationIds: readonly string[],
  fromMs: number,
): Promise<{ stationId: string; want: string; times: number }[]> {
  const { rows } = await sql<{ stationId: string; want: string; times: number }>`
    select station_id as "stationId", want, count(*)::int as times from service_want
    where station_id = any(${[...stationIds]}::uuid[]) and at >= ${iso(fromMs)}::timestamptz
    group by 1, 2 order by 3 desc, 2`.execute(tx.db);
  return rows;
}

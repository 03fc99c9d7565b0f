import { sql } from 'kysely';
import type { Tx } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scope.ts';

export interface FigureRow {
  offerId: string;
  title: string;
  titleEn: string;
  stationId: string;
  stationCode: string;
  stationName: string;
  stationNameEn: string;
  booked: number;
  served: number;
  solved: number;
  noShow: number;
  cancelled: number;
  walkIn: number;
  waitDays: number | null;
  waitOf: number;
  ratingSum: number;
  ratings: number;
  fullLooks: number;
}

/** Of each offer within the scope, what came of the bookings whose time lies in [from, until] (days). */
export async function readFigures(
  tx: Tx,
  { seeAll, areas, units }: Scope,
  wanted: { stationId?: string | undefined; from: string; until: string; fromMs: number; untilMs: number },
): Promise<FigureRow[]> {
  const station = wanted.stationId === undefined ? sql`true` : sql`o.station_id = ${wanted.stationId}`;
  const { rows } = await sql<FigureRow>`
    select o.id as "offerId", o.title, o.title_en as "titleEn", s.id as "stationId", s.code as "stationCode",
      s.name as "stationName", s.name_en as "stationNameEn", coalesce(f.booked, 0) as booked, coalesce(f.served, 0) as served,
      coalesce(f.solved, 0) as solved, coalesce(f.no_show, 0) as "noShow", coalesce(f.cancelled, 0) as cancelled,
      coalesce(f.walk_in, 0) as "walkIn", f.wait_days as "waitDays", coalesce(f.wait_of, 0) as "waitOf",
      coalesce(f.rating_sum, 0) as "ratingSum", coalesce(f.ratings, 0) as ratings, coalesce(l.looks, 0) as "fullLooks"
    from service_offer o join station s on s.id = o.station_id
    left join lateral (
      select (count(*) filter (where channel <> 'walk_in'))::int as booked, (count(*) filter (where state = 'served'))::int as served,
        (count(*) filter (where outcome = 'solved'))::int as solved, (count(*) filter (where state = 'no_show'))::int as no_show,
        (count(*) filter (where state = 'cancelled'))::int as cancelled, (count(*) filter (where channel = 'walk_in'))::int as walk_in,
        (percentile_cont(0.5) within group (order by extract(epoch from starts_at - booked_at) / 86400)
          filter (where state = 'served' and channel <> 'walk_in'))::float8 as wait_days,
        (count(*) filter (where state = 'served' and channel <> 'walk_in'))::int as wait_of,
        coalesce(sum(rating), 0)::int as rating_sum, count(rating)::int as ratings
      from booking b where b.offer_id = o.id and b.starts_at >= ${new Date(wanted.fromMs)} and b.starts_at < ${new Date(wanted.untilMs)}
    ) f on true
    left join lateral (
      select sum(times)::int as looks from booking_full where offer_id = o.id and day between ${wanted.from}::date and ${wanted.until}::date
    ) l on true
    where (${seeAll} or o.path && ${[...areas]}::text[] or o.unit_id = any (${[...units]}::uuid[])) and ${station}
      and (o.ended_at is null or f.booked > 0 or f.walk_in > 0)
    order by s.name, o.title, o.id`.execute(tx.db);
  return rows;
}

export interface TodayRow {
  stationId: string;
  code: string;
  name: string;
  booked: number;
  waiting: number;
  arrived: number;
  late: number;
}

/** How today stands, by station with bookings. */
export async function readToday(
  tx: Tx,
  { seeAll, areas, units }: Scope,
  { fromMs, untilMs, lateMs }: { fromMs: number; untilMs: number; lateMs: number },
): Promise<TodayRow[]> {
  const { rows } = await sql<TodayRow>`
    select s.id as "stationId", s.code, s.name, count(*)::int as booked, (count(*) filter (where b.state = 'booked'))::int as waiting,
      (count(*) filter (where b.state = 'arrived'))::int as arrived,
      (count(*) filter (where b.state = 'booked' and b.starts_at <= ${new Date(lateMs)}))::int as late
    from booking b join station s on s.id = b.station_id
    where b.starts_at >= ${new Date(fromMs)} and b.starts_at < ${new Date(untilMs)} and b.state <> 'cancelled'
      and (${seeAll} or b.path && ${[...areas]}::text[] or b.unit_id = any (${[...units]}::uuid[]))
    group by 1, 2, 3 order by 3`.execute(tx.db);
  return rows;
}

export interface RemindRow {
  unitId: string;
  path: string[];
  district: string;
  n: number;
}

/** Units with bookings in the span: stations, or providers. */
export async function countByUnit(
  tx: Tx,
  whose: 'station' | 'provider',
  fromMs: number,
  untilMs: number,
): Promise<RemindRow[]> {
  const unit = whose === 'station' ? sql`b.unit_id` : sql`b.provider_unit_id`;
  const { rows } = await sql<RemindRow>`
    select ${unit} as "unitId", min(b.path) as path, min(b.district) as district, count(*)::int as n from booking b
    where b.state = 'booked' and ${unit} is not null and b.starts_at >= ${new Date(fromMs)} and b.starts_at < ${new Date(untilMs)}
    group by 1 order by 1`.execute(tx.db);
  return rows;
}

/** True when this reminder was not given before. */
export async function claimReminder(
  tx: Tx,
  one: { unitId: string; day: string; kind: 'tomorrow' | 'today'; nowMs: number },
): Promise<boolean> {
  const { rows } = await sql`insert into booking_told (unit_id, day, kind, at)
    values (${one.unitId}, ${one.day}::date, ${one.kind}, ${new Date(one.nowMs)}) on conflict do nothing returning 1`.execute(
    tx.db,
  );
  return rows.length > 0;
}

/** Takes number and name from bookings whose time ended before, and numbers from old wishes; how many of each. */
export async function forgetPhones(tx: Tx, bookedBeforeMs: number, wishedBeforeMs: number): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    with b as (
      update booking set phone = null, phone_index = null, name = null
      where ends_at < ${new Date(bookedBeforeMs)} and (phone is not null or name is not null) returning 1),
    w as (update booking_unmet set phone = null where at < ${new Date(wishedBeforeMs)} and phone is not null returning 1)
    select ((select count(*) from b) + (select count(*) from w))::int as n`.execute(tx.db);
  return rows[0]?.n ?? 0;
}

import { sql } from 'kysely';
import type { BookingChannel, BookingOutcome, BookingState } from '#contract/bookings-views.ts';
import type { Tx } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scope.ts';
import type { Held } from './rules-slots.ts';

export interface BookingRow {
  id: string;
  offerId: string;
  stationId: string;
  unitId: string;
  providerUnitId: string | null;
  path: string[];
  district: string;
  startsAt: Date;
  endsAt: Date;
  seat: number | null;
  channel: BookingChannel;
  code: string;
  phone: Buffer | null;
  phoneIndex: Buffer | null;
  name: Buffer | null;
  state: BookingState;
  cancelledBy: 'resident' | 'station' | null;
  outcome: BookingOutcome | null;
  outcomeNote: Buffer | null;
  eventId: string | null;
  rating: number | null;
  ratingWords: Buffer | null;
  bookedAt: Date;
  arrivedAt: Date | null;
  endedAt: Date | null;
  version: number;
}

/** With what the lists show of its offer and station. */
export interface ShownRow extends BookingRow {
  title: string;
  titleEn: string;
  area: string;
  stationCode: string;
  stationName: string;
  stationNameEn: string;
}

const columns = sql`b.id, b.offer_id as "offerId", b.station_id as "stationId", b.unit_id as "unitId",
  b.provider_unit_id as "providerUnitId", b.path, b.district, b.starts_at as "startsAt", b.ends_at as "endsAt", b.seat,
  b.channel, b.code, b.phone, b.phone_index as "phoneIndex", b.name, b.state, b.cancelled_by as "cancelledBy", b.outcome,
  b.outcome_note as "outcomeNote", b.event_id as "eventId", b.rating, b.rating_words as "ratingWords",
  b.booked_at as "bookedAt", b.arrived_at as "arrivedAt", b.ended_at as "endedAt", b.version`;
const shown = sql`${columns}, o.title, o.title_en as "titleEn", o.area, s.code as "stationCode", s.name as "stationName",
  s.name_en as "stationNameEn"`;
const joins = sql`booking b join service_offer o on o.id = b.offer_id join station s on s.id = b.station_id`;
const seen = ({ seeAll, areas, units }: Scope) =>
  sql`(${seeAll} or b.path && ${[...areas]}::text[] or b.unit_id = any (${[...units]}::uuid[]))`;

/** Seats taken of these offers at times that touch [fromMs, untilMs). */
export async function listHeld(
  tx: Tx,
  offerIds: readonly string[],
  fromMs: number,
  untilMs: number,
  except: string | null = null,
): Promise<ReadonlyMap<string, Held[]>> {
  const { rows } = await sql<{ offerId: string; startsAt: Date; endsAt: Date; seat: number }>`
    select offer_id as "offerId", starts_at as "startsAt", ends_at as "endsAt", seat from booking
    where offer_id = any (${[...offerIds]}::uuid[]) and state <> 'cancelled' and seat is not null
      and starts_at < ${new Date(untilMs)} and ends_at > ${new Date(fromMs)}
      and id is distinct from ${except}::uuid`.execute(tx.db);
  return Map.groupBy(
    rows.map(({ offerId, startsAt, endsAt, seat }) => ({
      offerId,
      startMs: startsAt.getTime(),
      endMs: endsAt.getTime(),
      seat,
    })),
    ({ offerId }) => offerId,
  );
}

export interface NewBooking {
  id: string;
  offer: {
    id: string;
    stationId: string;
    unitId: string;
    providerUnitId: string | null;
    path: readonly string[];
    district: string;
  };
  startMs: number;
  endMs: number;
  seat: number | null;
  channel: BookingChannel;
  code: string;
  secretHash: Buffer;
  phone: Buffer | null;
  phoneIndex: Buffer | null;
  name: Buffer | null;
  bookedBy: string | null;
  nowMs: number;
}

export async function insertBooking(tx: Tx, one: NewBooking): Promise<void> {
  const here = one.channel === 'walk_in';
  await tx.db
    .insertInto('booking')
    .values({
      id: one.id,
      offer_id: one.offer.id,
      station_id: one.offer.stationId,
      unit_id: one.offer.unitId,
      provider_unit_id: one.offer.providerUnitId,
      path: [...one.offer.path],
      district: one.offer.district,
      starts_at: new Date(one.startMs),
      ends_at: new Date(one.endMs),
      seat: one.seat,
      channel: one.channel,
      code: one.code,
      secret_hash: one.secretHash,
      phone: one.phone,
      phone_index: one.phoneIndex,
      name: one.name,
      state: here ? 'arrived' : 'booked',
      booked_at: new Date(one.nowMs),
      booked_by: one.bookedBy,
      arrived_at: here ? new Date(one.nowMs) : null,
    })
    .execute();
}

/** Whoever books for a number waits until the other booking for it has ended. Released with the transaction. */
export async function lockPhone(tx: Tx, phoneIndex: Buffer): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`booking ${phoneIndex.toString('hex')}`}, 0))`.execute(
    tx.db,
  );
}

/** Open bookings for a number, those of `offerId` apart. What is over and was never written down is open no more. */
export async function countOpen(
  tx: Tx,
  phoneIndex: Buffer,
  offerId: string,
  nowMs: number,
): Promise<{ all: number; same: number }> {
  const { rows } = await sql<{ all: number; same: number }>`
    select count(*)::int as "all", (count(*) filter (where offer_id = ${offerId}))::int as same from booking
    where phone_index = ${phoneIndex} and state = 'booked' and ends_at > ${new Date(nowMs)}`.execute(tx.db);
  return rows[0] ?? { all: 0, same: 0 };
}

/** Bookings whose time is over and of which nobody wrote down what came; `of` narrows it to one number and offer. */
export async function lapsePast(
  tx: Tx,
  beforeMs: number,
  of?: { phoneIndex: Buffer; offerId: string },
): Promise<{ unitId: string; path: string[]; district: string; lapsed: number }[]> {
  const narrow = of === undefined ? sql`true` : sql`phone_index = ${of.phoneIndex} and offer_id = ${of.offerId}`;
  const { rows } = await sql<{ unitId: string; path: string[]; district: string; lapsed: number }>`
    with gone as (
      update booking set state = 'lapsed', ended_at = ends_at, version = version + 1
      where state in ('booked', 'arrived') and ends_at <= ${new Date(beforeMs)} and ${narrow}
      returning unit_id, path, district)
    select unit_id as "unitId", path, district, count(*)::int as lapsed from gone group by 1, 2, 3`.execute(tx.db);
  return rows;
}

export async function isCodeTaken(tx: Tx, stationId: string, code: string): Promise<boolean> {
  const { rows } = await sql`select 1 from booking where station_id = ${stationId} and code = ${code}
    and state in ('booked', 'arrived')`.execute(tx.db);
  return rows.length > 0;
}

export async function findBooking(tx: Tx, id: string, lock = false): Promise<BookingRow | undefined> {
  const { rows } = await sql<BookingRow>`select ${columns} from booking b where b.id = ${id}
    ${lock ? sql`for update of b` : sql``}`.execute(tx.db);
  return rows[0];
}

export async function findBySecret(tx: Tx, secretHash: Buffer): Promise<ShownRow | undefined> {
  const { rows } = await sql<ShownRow>`select ${shown} from ${joins} where b.secret_hash = ${secretHash}`.execute(
    tx.db,
  );
  return rows[0];
}

export interface BookingChange {
  state?: BookingState;
  startsAt?: Date;
  endsAt?: Date;
  seat?: number | null;
  cancelledBy?: 'resident' | 'station' | null;
  outcome?: BookingOutcome | null;
  outcomeNote?: Buffer | null;
  eventId?: string | null;
  rating?: number;
  ratingWords?: Buffer | null;
  ratedAt?: Date;
  arrivedAt?: Date | null;
  endedAt?: Date | null;
}

const columnOf: Readonly<Record<keyof BookingChange, string>> = {
  state: 'state',
  startsAt: 'starts_at',
  endsAt: 'ends_at',
  seat: 'seat',
  cancelledBy: 'cancelled_by',
  outcome: 'outcome',
  outcomeNote: 'outcome_note',
  eventId: 'event_id',
  rating: 'rating',
  ratingWords: 'rating_words',
  ratedAt: 'rated_at',
  arrivedAt: 'arrived_at',
  endedAt: 'ended_at',
};

export async function saveBooking(tx: Tx, id: string, change: BookingChange): Promise<void> {
  const set = (Object.keys(change) as (keyof BookingChange)[]).map(
    (key) => sql`${sql.ref(columnOf[key])} = ${change[key] ?? null}`,
  );
  await sql`update booking set ${sql.join([...set, sql`version = version + 1`])} where id = ${id}`.execute(tx.db);
}

export interface ListWanted {
  offerId?: string | undefined;
  stationId?: string | undefined;
  state?: string | undefined;
  outcome?: string | undefined;
  /** True: those who came unasked; false: those who booked. */
  walkIn?: boolean | undefined;
  fromMs?: number | undefined;
  untilMs?: number | undefined;
  phoneIndex?: Buffer | undefined;
  code?: string | undefined;
  /** Newest first, after this one. */
  after?: { startsMs: number; id: string } | undefined;
  newestFirst?: boolean | undefined;
  limit: number;
}

/** Bookings within the scope, by the time they are for. */
export async function listBookings(tx: Tx, scope: Scope, wanted: ListWanted): Promise<ShownRow[]> {
  const { after } = wanted;
  const conditions = [
    seen(scope),
    wanted.offerId === undefined ? sql`true` : sql`b.offer_id = ${wanted.offerId}`,
    wanted.stationId === undefined ? sql`true` : sql`b.station_id = ${wanted.stationId}`,
    wanted.state === undefined ? sql`true` : sql`b.state = ${wanted.state}`,
    wanted.outcome === undefined ? sql`true` : sql`b.outcome = ${wanted.outcome}`,
    wanted.walkIn === undefined ? sql`true` : sql`(b.channel = 'walk_in') = ${wanted.walkIn}`,
    wanted.fromMs === undefined ? sql`true` : sql`b.starts_at >= ${new Date(wanted.fromMs)}`,
    wanted.untilMs === undefined ? sql`true` : sql`b.starts_at < ${new Date(wanted.untilMs)}`,
    wanted.phoneIndex === undefined ? sql`true` : sql`b.phone_index = ${wanted.phoneIndex}`,
    wanted.code === undefined ? sql`true` : sql`b.code = ${wanted.code}`,
    after === undefined ? sql`true` : sql`(b.starts_at, b.id) < (${new Date(after.startsMs)}, ${after.id}::uuid)`,
  ];
  const order = wanted.newestFirst === true ? sql`b.starts_at desc, b.id desc` : sql`b.starts_at, b.booked_at, b.id`;
  const { rows } = await sql<ShownRow>`select ${shown} from ${joins} where ${sql.join(conditions, sql` and `)}
    order by ${order} limit ${wanted.limit}`.execute(tx.db);
  return rows;
}

/** Bookings still to come that touch the span. */
export async function countTouching(tx: Tx, offerId: string, fromMs: number, untilMs: number): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from booking where offer_id = ${offerId}
    and state = 'booked' and starts_at < ${new Date(untilMs)} and ends_at > ${new Date(fromMs)}`.execute(tx.db);
  return rows[0]?.n ?? 0;
}

/** How many are booked from now on, by offer. */
export async function countUpcoming(
  tx: Tx,
  offerIds: readonly string[],
  nowMs: number,
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{
    offerId: string;
    n: number;
  }>`select offer_id as "offerId", count(*)::int as n from booking
    where offer_id = any (${[...offerIds]}::uuid[]) and state = 'booked' and starts_at > ${new Date(nowMs)}
    group by 1`.execute(tx.db);
  return new Map(rows.map(({ offerId, n }) => [offerId, n]));
}

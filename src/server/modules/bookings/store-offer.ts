import { sql } from 'kysely';
import type { OfferWay, OfferWish, WeeklyHours } from '#contract/bookings-views.ts';
import type { Tx } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scope.ts';
import type { Span } from './rules-slots.ts';

export interface OfferRow {
  id: string;
  stationId: string;
  stationCode: string;
  stationName: string;
  stationNameEn: string;
  unitId: string;
  path: string[];
  district: string;
  area: string;
  title: string;
  titleEn: string;
  providerUnitId: string | null;
  providerPartnerId: string | null;
  providerWords: string;
  /** As shown: the unit's or partner's name, else the words. */
  provider: string;
  providerEn: string;
  way: OfferWay;
  weekly: WeeklyHours[];
  slotMinutes: number;
  capacity: number;
  walkIn: boolean;
  bring: string[];
  bringEn: string[];
  forWhom: string;
  forWhomEn: string;
  languages: string[];
  firstDay: string;
  lastDay: string | null;
  version: number;
  endedAt: Date | null;
}

const columns = sql`o.id, o.station_id as "stationId", s.code as "stationCode", s.name as "stationName",
  s.name_en as "stationNameEn", o.unit_id as "unitId", o.path, o.district, o.area, o.title, o.title_en as "titleEn",
  o.provider_unit_id as "providerUnitId", o.provider_partner_id as "providerPartnerId", o.provider_words as "providerWords",
  coalesce(u.name, p.name, o.provider_words) as provider,
  coalesce(nullif(u.name_en, ''), nullif(p.name_en, ''), u.name, p.name, o.provider_words) as "providerEn",
  o.way, o.weekly, o.slot_minutes as "slotMinutes", o.capacity, o.walk_in as "walkIn", o.bring, o.bring_en as "bringEn",
  o.for_whom as "forWhom", o.for_whom_en as "forWhomEn", o.languages, o.first_day as "firstDay", o.last_day as "lastDay",
  o.version, o.ended_at as "endedAt"`;
const joins = sql`service_offer o join station s on s.id = o.station_id
  left join unit u on u.id = o.provider_unit_id left join partner p on p.id = o.provider_partner_id`;

export interface OffersWanted {
  stationId?: string | undefined;
  stationCode?: string | undefined;
  area?: string | undefined;
  ids?: readonly string[] | undefined;
  ended?: boolean | undefined;
}

/** Offers within the scope, by station and kind. */
export async function listOffers(tx: Tx, { seeAll, areas, units }: Scope, wanted: OffersWanted): Promise<OfferRow[]> {
  const conditions = [
    sql`(${seeAll} or o.path && ${[...areas]}::text[] or o.unit_id = any (${[...units]}::uuid[]))`,
    wanted.ended === true ? sql`true` : sql`o.ended_at is null`,
    wanted.stationId === undefined ? sql`true` : sql`o.station_id = ${wanted.stationId}`,
    wanted.stationCode === undefined ? sql`true` : sql`s.code = ${wanted.stationCode}`,
    wanted.area === undefined ? sql`true` : sql`o.area = ${wanted.area}`,
    wanted.ids === undefined ? sql`true` : sql`o.id = any (${[...wanted.ids]}::uuid[])`,
  ];
  const { rows } = await sql<OfferRow>`select ${columns} from ${joins} where ${sql.join(conditions, sql` and `)}
    order by s.name, o.area, o.title, o.id limit 1000`.execute(tx.db);
  return rows;
}

/** `lock`: whoever takes a place of this offer next waits until we are done. */
export async function findOffer(tx: Tx, id: string, lock = false): Promise<OfferRow | undefined> {
  const { rows } = await sql<OfferRow>`select ${columns} from ${joins} where o.id = ${id}
    ${lock ? sql`for update of o` : sql``}`.execute(tx.db);
  return rows[0];
}

export interface NewOffer {
  id: string;
  station: { id: string; unitId: string; path: readonly string[]; district: string };
  wish: OfferWish;
  createdBy: string | null;
  nowMs: number;
}

const valuesOf = (wish: OfferWish) => ({
  area: wish.area,
  title: wish.title,
  title_en: wish.titleEn,
  provider_unit_id: wish.providerUnitId,
  provider_partner_id: wish.providerPartnerId,
  provider_words: wish.providerWords,
  way: wish.way,
  weekly: JSON.stringify(wish.weekly),
  slot_minutes: wish.slotMinutes,
  capacity: wish.capacity,
  walk_in: wish.walkIn,
  bring: [...wish.bring],
  bring_en: [...wish.bringEn],
  for_whom: wish.forWhom,
  for_whom_en: wish.forWhomEn,
  languages: [...wish.languages],
  first_day: wish.firstDay,
  last_day: wish.lastDay,
});

export async function insertOffer(tx: Tx, { id, station, wish, createdBy, nowMs }: NewOffer): Promise<void> {
  await tx.db
    .insertInto('service_offer')
    .values({
      id,
      station_id: station.id,
      unit_id: station.unitId,
      path: [...station.path],
      district: station.district,
      ...valuesOf(wish),
      created_at: new Date(nowMs),
      created_by: createdBy,
    })
    .execute();
}

export async function saveOffer(tx: Tx, id: string, wish: OfferWish): Promise<void> {
  await tx.db
    .updateTable('service_offer')
    .set((eb) => ({ ...valuesOf(wish), version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute();
}

export async function endOfferRow(tx: Tx, id: string, nowMs: number): Promise<void> {
  await tx.db
    .updateTable('service_offer')
    .set((eb) => ({ ended_at: new Date(nowMs), version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute();
}

export interface AwayRow {
  id: string;
  offerId: string;
  startsAt: Date;
  endsAt: Date;
  reason: string;
}

/** Times, still to come or running at `fromMs`, at which providers do not come. */
export async function listAway(tx: Tx, offerIds: readonly string[], fromMs: number): Promise<AwayRow[]> {
  const { rows } =
    await sql<AwayRow>`select id, offer_id as "offerId", starts_at as "startsAt", ends_at as "endsAt", reason
    from service_away where offer_id = any (${[...offerIds]}::uuid[]) and withdrawn_at is null
      and ends_at > ${new Date(fromMs)} order by starts_at, id`.execute(tx.db);
  return rows;
}

export const spanOf = ({ startsAt, endsAt }: Pick<AwayRow, 'startsAt' | 'endsAt'>): Span => ({
  fromMs: startsAt.getTime(),
  untilMs: endsAt.getTime(),
});

export async function insertAway(
  tx: Tx,
  offer: Pick<OfferRow, 'id' | 'unitId' | 'path' | 'district'>,
  away: { id: string; startsAt: Date; endsAt: Date; reason: string; createdBy: string | null; nowMs: number },
): Promise<void> {
  await tx.db
    .insertInto('service_away')
    .values({
      id: away.id,
      offer_id: offer.id,
      unit_id: offer.unitId,
      path: [...offer.path],
      district: offer.district,
      starts_at: away.startsAt,
      ends_at: away.endsAt,
      reason: away.reason,
      created_at: new Date(away.nowMs),
      created_by: away.createdBy,
    })
    .execute();
}

/** The offer of a time that was noted and not withdrawn, its row locked. */
export async function lockAway(tx: Tx, id: string): Promise<{ offerId: string } | undefined> {
  const { rows } = await sql<{ offerId: string }>`select offer_id as "offerId" from service_away
    where id = ${id} and withdrawn_at is null for update`.execute(tx.db);
  return rows[0];
}

export async function withdrawAway(tx: Tx, id: string, nowMs: number): Promise<void> {
  await tx.db
    .updateTable('service_away')
    .set({ withdrawn_at: new Date(nowMs) })
    .where('id', '=', id)
    .execute();
}

/** One more look at a full day. */
export async function countFull(tx: Tx, offerId: string, day: string): Promise<void> {
  await sql`insert into booking_full (offer_id, day, times) values (${offerId}, ${day}::date, 1)
    on conflict (offer_id, day) do update set times = booking_full.times + 1`.execute(tx.db);
}

/** Writes what make-bookings.ts thought of; numbers and names go through the vault like everywhere. */
import { phoneIndexOf, sealedAt, bookingSecret } from '#server/modules/bookings/parts.ts';
import type { Tx } from '#server/db/pool.ts';
import { digestSecret, type Vault } from '#server/vault/vault.ts';
import { insertMany } from '../bulk.ts';
import type { DemoBooking, DemoBookings, DemoOffer } from './make-bookings.ts';
import { foundedMs } from './make-town.ts';

const placeOf = ({ station }: DemoOffer) => ({
  station_id: station.id,
  unit_id: station.unitId,
  path: station.path,
  district: station.areaCode.slice(0, 6),
});
const placeColumns = { station_id: 'uuid', unit_id: 'uuid', path: 'text[]', district: 'text' } as const;

export async function storeBookings(tx: Tx, vault: Vault, made: DemoBookings): Promise<void> {
  await storeOffers(tx, made.offers);
  await storeTaken(tx, vault, unique(made.bookings));
  await insertMany(
    tx,
    'booking_full',
    { offer_id: 'uuid', day: 'date', times: 'int4' },
    made.full.map(({ offer, day, times }) => ({ offer_id: offer.id, day, times })),
  );
  await insertMany(
    tx,
    'booking_unmet',
    {
      id: 'uuid',
      ...placeColumns,
      area_code: 'text',
      service_area: 'text',
      kind: 'text',
      what: 'text',
      wanted: 'text',
      at: 'timestamptz',
    },
    made.unmet.map(({ id, station, area, kind, what, wanted, atMs }) => ({
      id,
      station_id: station.id,
      unit_id: station.unitId,
      path: station.path,
      district: station.areaCode.slice(0, 6),
      area_code: station.areaCode,
      service_area: area,
      kind,
      what,
      wanted,
      at: new Date(atMs),
    })),
  );
}

async function storeOffers(tx: Tx, offers: readonly DemoOffer[]): Promise<void> {
  await insertMany(
    tx,
    'service_offer',
    {
      id: 'uuid',
      ...placeColumns,
      area: 'text',
      title: 'text',
      title_en: 'text',
      provider_unit_id: 'uuid',
      provider_partner_id: 'uuid',
      provider_words: 'text',
      way: 'text',
      weekly: 'jsonb',
      slot_minutes: 'int2',
      capacity: 'int2',
      walk_in: 'bool',
      bring: 'text[]',
      bring_en: 'text[]',
      for_whom: 'text',
      for_whom_en: 'text',
      first_day: 'date',
      created_at: 'timestamptz',
    },
    offers.map((offer) => ({
      id: offer.id,
      ...placeOf(offer),
      area: offer.example.area,
      title: offer.example.title,
      title_en: offer.example.titleEn,
      provider_unit_id: offer.providerUnitId,
      provider_partner_id: offer.providerPartnerId,
      provider_words: offer.providerWords,
      way: offer.example.way,
      weekly: JSON.stringify(offer.weekly),
      slot_minutes: offer.slotMinutes,
      capacity: offer.capacity,
      walk_in: offer.example.walkIn,
      bring: offer.example.bring,
      bring_en: offer.example.bringEn,
      for_whom: offer.example.forWhom,
      for_whom_en: offer.example.forWhomEn,
      first_day: offer.firstDay,
      created_at: new Date(foundedMs),
    })),
  );
}

/** Of two open bookings that one station or number could not hold at once, the first stays. */
function unique(bookings: readonly DemoBooking[]): DemoBooking[] {
  const taken = new Set<string>();
  return bookings.filter(({ offer, code, phone, state }) => {
    if (state !== 'booked') return true;
    const keys = [`${offer.station.id} ${code}`, `phone ${phone ?? ''}`];
    if (keys.some((key) => taken.has(key))) return false;
    for (const key of keys) taken.add(key);
    return true;
  });
}

async function storeTaken(tx: Tx, vault: Vault, bookings: readonly DemoBooking[]): Promise<void> {
  const seal = (text: string | null, context: string): Buffer | null =>
    text === null || text === '' ? null : vault.seal(text, context);
  await insertMany(
    tx,
    'booking',
    {
      id: 'uuid',
      offer_id: 'uuid',
      provider_unit_id: 'uuid',
      ...placeColumns,
      starts_at: 'timestamptz',
      ends_at: 'timestamptz',
      seat: 'int2',
      channel: 'text',
      code: 'text',
      secret_hash: 'bytea',
      phone: 'bytea',
      phone_index: 'bytea',
      name: 'bytea',
      state: 'text',
      cancelled_by: 'text',
      outcome: 'text',
      outcome_note: 'bytea',
      rating: 'int2',
      rating_words: 'bytea',
      rated_at: 'timestamptz',
      booked_at: 'timestamptz',
      arrived_at: 'timestamptz',
      ended_at: 'timestamptz',
    },
    bookings.map((one) => {
      const { offer, state, startMs, endMs } = one;
      const served = state === 'served';
      return {
        id: one.id,
        offer_id: offer.id,
        provider_unit_id: offer.providerUnitId,
        ...placeOf(offer),
        starts_at: new Date(startMs),
        ends_at: new Date(endMs),
        seat: one.seat,
        channel: one.channel,
        code: one.code,
        secret_hash: digestSecret(bookingSecret({ vault }, one.id)),
        phone: seal(one.phone, sealedAt.phone),
        phone_index: one.phone === null ? null : phoneIndexOf({ vault }, one.phone),
        name: seal(one.name, sealedAt.name),
        state,
        cancelled_by: state === 'cancelled' ? 'resident' : null,
        outcome: one.outcome,
        outcome_note: seal(one.note, sealedAt.note),
        rating: one.rating,
        rating_words: seal(one.ratingWords, sealedAt.rating),
        rated_at: one.rating === null ? null : new Date(endMs + 3_600_000),
        booked_at: new Date(one.bookedMs),
        arrived_at: served ? new Date(startMs - 300_000) : null,
        ended_at: state === 'booked' ? null : new Date(endMs),
      };
    }),
  );
}

import type * as z from 'zod';
import type { offerView, slotView } from '#contract/bookings-views.ts';
import { toIso } from '#kit/clock.ts';
import { AppError } from '#kit/errors.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { limitsOf, type BookingsParts, type Openings } from './parts.ts';
import { addDays, dayMs, dayOf, startOf } from '#kit/shanghai-days.ts';
import { daysFrom, isInTime, slotsOn, type Slot } from './rules-slots.ts';
import { listHeld } from './store-booking.ts';
import { findOffer, listAway, spanOf, type OfferRow } from './store-offer.ts';

export interface DaySlots {
  day: string;
  slots: Slot[];
}

export interface Wanted {
  /** First day; YYYY-MM-DD. */
  from: string;
  days: number;
  /** A booking whose own place counts as free: it is about to be moved. */
  except?: string | null;
}

/** The slots of these offers, day by day, as they stand in this transaction: offer's hours ∩ station's openings − absences. */
export async function slotsOf(
  tx: Tx,
  offers: readonly OfferRow[],
  { from, days, except = null }: Wanted,
  open: Openings,
): Promise<ReadonlyMap<string, DaySlots[]>> {
  if (offers.length === 0) return new Map();
  const ids = offers.map(({ id }) => id);
  const fromMs = startOf(from);
  // What begins late on the last day may run into the next.
  const untilMs = fromMs + (days + 1) * dayMs;
  const away = Map.groupBy(await listAway(tx, ids, fromMs), ({ offerId }) => offerId);
  const held = await listHeld(tx, ids, fromMs, untilMs, except);
  return new Map(
    offers.map((offer) => {
      const around = {
        open: open.get(offer.stationId) ?? [],
        away: (away.get(offer.id) ?? []).map(spanOf),
        held: held.get(offer.id) ?? [],
      };
      return [offer.id, daysFrom(from, days).map((day) => ({ day, slots: slotsOn(offer, day, around) }))];
    }),
  );
}

/** Openings for what `slotsOf` will be asked; before the transaction. */
export function openingsFor(
  parts: Pick<BookingsParts, 'openings'>,
  stationIds: readonly string[],
  { from, days }: Pick<Wanted, 'from' | 'days'>,
): Promise<Openings> {
  return parts.openings([...new Set(stationIds)], startOf(from), startOf(from) + (days + 1) * dayMs);
}

/** The same for one offer around one moment. @throws AppError not_found: no such offer */
export async function openingsAround(
  parts: Pick<BookingsParts, 'openings' | 'database'>,
  offerId: string,
  atMs: number,
): Promise<Openings> {
  const offer = await parts.database.read(systemScope, (tx) => findOffer(tx, offerId));
  if (offer === undefined) throw new AppError('not_found', 'There is no such service. Choose one from the list.');
  return openingsFor(parts, [offer.stationId], { from: addDays(dayOf(atMs), -1), days: 2 });
}

/** Days on which residents may take a place, from today to the farthest day. */
export function bookableDays(parts: Pick<BookingsParts, 'words'>, nowMs: number): Wanted {
  // A night that began yesterday may still have slots.
  return { from: addDays(dayOf(nowMs), -1), days: limitsOf(parts).aheadDays + 2 };
}

/** The first slot with a place that may be taken now. */
export function firstFree(
  parts: Pick<BookingsParts, 'words'>,
  days: readonly DaySlots[],
  nowMs: number,
): Slot | undefined {
  const limits = limitsOf(parts);
  return days.flatMap(({ slots }) => slots).find((slot) => slot.left > 0 && isInTime(slot, nowMs, limits));
}

export function toSlot({ startMs, endMs, capacity, left }: Slot): z.input<typeof slotView> {
  return { startsAt: toIso(startMs), endsAt: toIso(endMs), capacity, left };
}

export function toOffer({ words }: Pick<BookingsParts, 'words'>, row: OfferRow): z.input<typeof offerView> {
  const area = words.areas.get(row.area);
  const { id, title, titleEn, way, weekly, slotMinutes, capacity, walkIn, bring, bringEn, forWhom, forWhomEn } = row;
  return {
    id,
    station: { id: row.stationId, code: row.stationCode, name: row.stationName, nameEn: row.stationNameEn },
    area: row.area,
    areaName: area?.name ?? row.area,
    areaNameEn: area?.nameEn ?? row.area,
    provider: row.provider,
    providerEn: row.providerEn,
    title,
    titleEn,
    way,
    weekly,
    slotMinutes,
    capacity,
    walkIn,
    bring,
    bringEn,
    forWhom,
    forWhomEn,
    languages: row.languages,
    firstDay: row.firstDay,
    lastDay: row.lastDay,
  };
}

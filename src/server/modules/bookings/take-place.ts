import { randomInt } from 'node:crypto';
import type { BookingChannel } from '#contract/bookings-views.ts';
import { toIso } from '#kit/clock.ts';
import { AppError } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import type { Tx } from '#server/db/pool.ts';
import { digestSecret } from '#server/vault/vault.ts';
import { slotsOf } from './availability.ts';
import { ruleOf } from './dictionary.ts';
import {
  bookingSecret,
  limitsOf,
  note,
  phoneIndexOf,
  sealedAt,
  type BookingsParts,
  type Openings,
  type Recorded,
  type Work,
} from './parts.ts';
import { makeCode, plainPhone } from './rules.ts';
import { addDays, dayOf } from '#kit/shanghai-days.ts';
import { freeSeats, isInTime, minuteMs, type Slot } from './rules-slots.ts';
import { countOpen, insertBooking, isCodeTaken, lapsePast, listHeld, lockPhone } from './store-booking.ts';
import { findOffer, type OfferRow } from './store-offer.ts';

/** Taking a place: the offer's row is the gate, the exclusion constraint behind it the wall. */

/** @throws AppError not_found: ended or never there */
export async function lockOffer(tx: Tx, id: string): Promise<OfferRow> {
  const offer = await findOffer(tx, id, true);
  if (offer?.endedAt === null) return offer;
  throw new AppError('not_found', 'This service is not offered any more. Choose another of the list.');
}

export interface SeatWish {
  startMs: number;
  open: Openings;
  /** A booking that gives up its own place for this one. */
  except?: string | null;
  /** At the counter a place may be given up to its beginning. */
  early?: boolean;
}

/**
 * The slot that begins then, and the lowest free seat of it.
 * @throws AppError slot_taken: full meanwhile, or no such time any more; with the field `startsAt`
 */
export async function findSeat(
  parts: BookingsParts,
  work: Work,
  offer: OfferRow,
  { startMs, open, except = null, early = false }: SeatWish,
): Promise<{ slot: Slot; seat: number }> {
  const day = dayOf(startMs);
  const wanted = { from: addDays(day, -1), days: 2, except };
  const days = (await slotsOf(work.tx, [offer], wanted, open)).get(offer.id) ?? [];
  const slot = days.flatMap(({ slots }) => slots).find((one) => one.startMs === startMs);
  const limits = limitsOf(parts);
  if (slot === undefined || !isInTime(slot, work.nowMs, early ? { ...limits, leadMinutes: 0 } : limits))
    throw new AppError('slot_taken', 'This time cannot be booked, or not any more. Choose another.', {
      field: 'startsAt',
    });
  const held = (await listHeld(work.tx, [offer.id], slot.startMs, slot.endMs, except)).get(offer.id) ?? [];
  const [seat] = freeSeats(offer.capacity, slot, held);
  if (seat === undefined)
    throw new AppError('slot_taken', 'Somebody was faster: this time is full. Choose another.', { field: 'startsAt' });
  return { slot, seat };
}

export interface Person {
  phone: string | null;
  name: string;
}

/** Sealed, with the index it is found by. @throws AppError bad_input */
export function sealPerson(parts: BookingsParts, { phone, name }: Person) {
  const plain = phone === null ? '' : plainPhone(phone);
  if (phone !== null && (plain.length < 7 || plain.length > 15))
    throw new AppError('bad_input', 'phone: expected 7 to 15 digits. Check the number.', { field: 'phone' });
  const { vault } = parts;
  return {
    phone: plain === '' ? null : vault.seal(plain, sealedAt.phone),
    phoneIndex: plain === '' ? null : phoneIndexOf(parts, plain),
    name: name === '' ? null : vault.seal(name, sealedAt.name),
  };
}

/**
 * One open booking for a number and offer, few in all. The refusal says the same whatever the cause, and whoever asks.
 * @throws AppError booking_limit
 */
export async function assertWithinLimits(
  parts: BookingsParts,
  work: Work,
  offerId: string,
  phoneIndex: Buffer,
): Promise<void> {
  await lockPhone(work.tx, phoneIndex);
  const open = await countOpen(work.tx, phoneIndex, offerId, work.nowMs);
  if (open.same === 0 && open.all < ruleOf(parts.words, 'open_per_phone')) {
    await lapsePast(work.tx, work.nowMs, { phoneIndex, offerId });
    return;
  }
  throw new AppError(
    'booking_limit',
    `With this number no more can be booked just now: one open booking for each service, ${ruleOf(parts.words, 'open_per_phone')} in all. Change or cancel one by its link, or ask at the station.`,
  );
}

async function freshCode(tx: Tx, stationId: string): Promise<string> {
  for (let tries = 0; tries < 20; tries++) {
    const code = makeCode((below) => randomInt(below));
    if (!(await isCodeTaken(tx, stationId, code))) return code;
  }
  throw new Error('Twenty codes in a row were taken: is a station booked by tens of thousands?');
}

export interface Taking {
  offer: OfferRow;
  slot: Pick<Slot, 'startMs' | 'endMs'>;
  seat: number | null;
  channel: BookingChannel;
  person: ReturnType<typeof sealPerson>;
}

/** Writes the booking and its line. The secret of its page follows from the id, and is stored nowhere. */
export async function writeBooking(
  parts: BookingsParts,
  work: Work,
  { offer, slot, seat, channel, person }: Taking,
): Promise<Recorded & { id: string; code: string }> {
  const id = uuidV7(work.nowMs);
  const code = await freshCode(work.tx, offer.stationId);
  await insertBooking(work.tx, {
    id,
    offer,
    startMs: slot.startMs,
    endMs: slot.endMs,
    seat,
    channel,
    code,
    secretHash: digestSecret(bookingSecret(parts, id)),
    ...person,
    bookedBy: work.actor.accountId,
    nowMs: work.nowMs,
  });
  const line = await note(work, {
    action: channel === 'walk_in' ? 'booking.walk_in' : 'booking.book',
    subject: { type: 'booking', id },
    place: offer,
    data: {
      offerId: offer.id,
      stationId: offer.stationId,
      startsAt: toIso(slot.startMs),
      channel,
      seated: seat !== null,
    },
  });
  return { id, code, ...line };
}

/** The slot that somebody who comes unasked is counted to: the running one, else the nearest within `nearMs`. */
export function slotForNow(slots: readonly Slot[], nowMs: number, nearMs: number): Slot | undefined {
  const distance = ({ startMs, endMs }: Slot): number =>
    startMs <= nowMs && nowMs < endMs ? 0 : Math.min(Math.abs(startMs - nowMs), Math.abs(nowMs - endMs)) + minuteMs;
  return slots
    .filter((slot) => distance(slot) <= nearMs + minuteMs)
    .toSorted((a, b) => distance(a) - distance(b) || a.startMs - b.startMs)[0];
}

import type { BookingOutcome } from '#contract/bookings-views.ts';
import { toIso } from '#kit/clock.ts';
import { AppError } from '#kit/errors.ts';
import type { Permission } from '#contract/route.ts';
import { systemScope } from '#server/db/scope.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { stationOf } from '#server/modules/stations/index.ts';
import { openingsAround, slotsOf } from './availability.ts';
import { ruleOf } from './dictionary.ts';
import {
  assertHolds,
  bookingPath,
  note,
  run,
  sealedAt,
  type BookingsParts,
  type Recorded,
  type Work,
} from './parts.ts';
import { happenedMs, isPossible, noShowFrom, type CounterVerb } from './rules.ts';
import { dayOf } from '#kit/shanghai-days.ts';
import { freeSeats, minuteMs } from './rules-slots.ts';
import { findBooking, listHeld, saveBooking, type BookingChange, type BookingRow } from './store-booking.ts';
import { findOffer, type OfferRow } from './store-offer.ts';
import { assertWithinLimits, findSeat, lockOffer, sealPerson, slotForNow, writeBooking } from './take-place.ts';

/** What the counter, and whoever helps by telephone, does with bookings. */

type Made = Recorded & { id: string; code: string; path: string };

/** @throws AppError not_found, slot_taken, booking_limit, bad_input */
export async function bookFor(
  parts: BookingsParts,
  actor: Actor,
  body: { opId: string; offerId: string; startsAt: string; channel: 'counter' | 'phone'; phone: string; name: string },
): Promise<Made> {
  const { phone, name, ...rest } = body;
  const person = sealPerson(parts, { phone, name });
  // The number is in no request that is kept, not even as a digest that could be guessed.
  const request = { ...rest, phone: person.phoneIndex?.toString('hex') };
  const startMs = Date.parse(body.startsAt);
  const open = await openingsAround(parts, body.offerId, startMs);
  const made = await run(parts, actor, { route: 'booking.book', opId: body.opId, request }, async (work) => {
    const offer = await lockOffer(work.tx, body.offerId);
    assertHolds(actor, 'station.read', offer, 'service');
    const { slot, seat } = await findSeat(parts, work, offer, { startMs, open, early: true });
    if (person.phoneIndex !== null) await assertWithinLimits(parts, work, offer.id, person.phoneIndex);
    return writeBooking(parts, work, { offer, slot, seat, channel: body.channel, person });
  });
  return { ...made, path: bookingPath(parts, made.id) };
}

/** Somebody comes unasked: counted to the running slot, in a seat when there is one. */
export async function walkIn(
  parts: BookingsParts,
  actor: Actor,
  body: { opId: string; at?: string | undefined; offerId: string; phone: string | null; name: string },
): Promise<Made> {
  const { phone, name, ...rest } = body;
  const person = sealPerson(parts, { phone, name });
  const request = { ...rest, phone: person.phoneIndex?.toString('hex') };
  const atMs = happenedMs(body.at, parts.clock.now());
  const open = await openingsAround(parts, body.offerId, atMs);
  const made = await run(parts, actor, { route: 'booking.walk_in', opId: body.opId, request }, async (work) => {
    const offer = await lockOffer(work.tx, body.offerId);
    assertHolds(actor, 'station.work', offer, 'service');
    if (!offer.walkIn)
      throw new AppError('not_allowed', 'This service takes people by booking only. Book a time for them.');
    const today = dayOf(atMs);
    const days = (await slotsOf(work.tx, [offer], { from: today, days: 1 }, open)).get(offer.id) ?? [];
    const slot = slotForNow(
      days.flatMap(({ slots }) => slots),
      atMs,
      ruleOf(parts.words, 'walk_in_minutes') * minuteMs,
    );
    if (slot === undefined)
      throw new AppError('slot_taken', 'This service is not here now. Book a time for them.', {
        field: 'offerId',
      });
    const held = (await listHeld(work.tx, [offer.id], slot.startMs, slot.endMs)).get(offer.id) ?? [];
    const seat = freeSeats(offer.capacity, slot, held)[0] ?? null;
    return writeBooking(parts, work, { offer, slot, seat, channel: 'walk_in', person });
  });
  return { ...made, path: bookingPath(parts, made.id) };
}

interface Held {
  booking: BookingRow;
  offer: OfferRow;
}

interface OnBooking {
  verb: CounterVerb | 'link' | 'phone';
  word: Permission;
  id: string;
  body: { opId: string; at?: string | undefined; version?: number | undefined };
}

/** Offer first, booking second: everybody who locks both does so in this order. */
async function hold(work: Work, { verb, word, id, body }: OnBooking): Promise<Held> {
  const seen = await findBooking(work.tx, id);
  assertHolds(work.actor, word, seen, 'booking');
  const offer = seen === undefined ? undefined : await findOffer(work.tx, seen.offerId, verb === 'move');
  const booking = await findBooking(work.tx, id, true);
  if (booking === undefined || offer === undefined)
    throw new Error('A booking that is held exists, and so does its offer.');
  if (body.version !== undefined && body.version !== booking.version)
    throw new AppError('version_conflict', 'Somebody changed this booking meanwhile. Reload the list and look again.', {
      version: booking.version,
    });
  if (verb !== 'link' && verb !== 'phone' && !isPossible(verb, booking.state))
    throw new AppError(
      'transition_not_allowed',
      `This booking is ${booking.state}; that can no longer be done with it.`,
      {
        state: booking.state,
      },
    );
  return { booking, offer };
}

function onBooking<T>(
  parts: BookingsParts,
  actor: Actor,
  on: OnBooking,
  work: (work: Work, held: Held) => Promise<T>,
): Promise<T> {
  const command = { route: `booking.${on.verb}`, opId: on.body.opId, request: { id: on.id, ...on.body } };
  return run(parts, actor, command, async (one) => work(one, await hold(one, on)));
}

interface LineOf {
  action: string;
  change?: BookingChange;
  data?: Record<string, unknown>;
}

async function save(work: Work, { booking }: Held, { action, change, data = {} }: LineOf): Promise<Recorded> {
  if (change !== undefined) await saveBooking(work.tx, booking.id, change);
  return note(work, {
    action,
    subject: { type: 'booking', id: booking.id },
    place: booking,
    data: { offerId: booking.offerId, stationId: booking.stationId, startsAt: booking.startsAt.toISOString(), ...data },
  });
}

type Body = OnBooking['body'];

export function arrive(parts: BookingsParts, actor: Actor, id: string, body: Body): Promise<Recorded> {
  return onBooking(parts, actor, { verb: 'arrive', word: 'station.work', id, body }, (work, held) =>
    save(work, held, {
      action: 'booking.arrive',
      change: { state: 'arrived', arrivedAt: new Date(happenedMs(body.at, work.nowMs)), endedAt: null },
      data: { from: held.booking.state },
    }),
  );
}

/** Only after the time has come, so that nobody is written off early. */
export function noShow(parts: BookingsParts, actor: Actor, id: string, body: Body): Promise<Recorded> {
  return onBooking(parts, actor, { verb: 'no_show', word: 'station.work', id, body }, (work, held) => {
    const fromMs = noShowFrom(held.booking.startsAt.getTime(), ruleOf(parts.words, 'no_show_minutes'));
    const atMs = happenedMs(body.at, work.nowMs);
    if (atMs < fromMs)
      throw new AppError('transition_not_allowed', `They may still come: not before ${toIso(fromMs)}.`, {
        from: toIso(fromMs),
      });
    const change = { state: 'no_show' as const, arrivedAt: null, endedAt: new Date(atMs) };
    return save(work, held, { action: 'booking.no_show', change });
  });
}

export function cancelFor(parts: BookingsParts, actor: Actor, id: string, body: Body): Promise<Recorded> {
  return onBooking(parts, actor, { verb: 'cancel', word: 'station.read', id, body }, (work, held) => {
    const change = { state: 'cancelled' as const, cancelledBy: 'station' as const, endedAt: new Date(work.nowMs) };
    return save(work, held, { action: 'booking.cancel', change, data: { by: 'station' } });
  });
}

export async function moveFor(
  parts: BookingsParts,
  actor: Actor,
  id: string,
  body: Body & { startsAt: string },
): Promise<Recorded> {
  const startMs = Date.parse(body.startsAt);
  const booking = await parts.database.read(systemScope, (tx) => findBooking(tx, id));
  assertHolds(actor, 'station.read', booking, 'booking');
  const open = await openingsAround(parts, booking?.offerId ?? '', startMs);
  return onBooking(parts, actor, { verb: 'move', word: 'station.read', id, body }, async (work, held) => {
    const { slot, seat } = await findSeat(parts, work, held.offer, { startMs, open, except: id, early: true });
    const change = { startsAt: new Date(slot.startMs), endsAt: new Date(slot.endMs), seat };
    return save(work, held, { action: 'booking.move', change, data: { to: toIso(slot.startMs), by: 'station' } });
  });
}

export interface Serving extends Body {
  opId: string;
  outcome: BookingOutcome;
  note: string;
  event?: { categoryCode: string; description: string } | undefined;
}

type Served = Recorded & { eventId: string | null; eventNumber: string | null };

/**
 * What came of it. Handed on: the event is reported in the same transaction, with the number the resident left.
 * @throws AppError not_found, reason_needed (unsolved without words), bad_input (handed on without an event)
 */
export async function serve(parts: BookingsParts, actor: Actor, id: string, body: Serving): Promise<Served> {
  if (body.outcome === 'unsolved' && body.note === '')
    throw new AppError('reason_needed', 'note: expected why it could not be solved.', { field: 'note' });
  if ((body.outcome === 'transferred') !== (body.event !== undefined))
    throw new AppError('bad_input', 'event: expected with the outcome "transferred", and only with it.', {
      field: 'event',
    });
  const report = body.event === undefined ? undefined : await joinEvent(parts, actor, id, body.opId, body.event);
  return onBooking(parts, actor, { verb: 'serve', word: 'station.work', id, body }, async (work, held) => {
    if (held.booking.eventId !== null)
      throw new AppError('already_exists', 'This was handed on already; its event goes its own way.', {
        eventId: held.booking.eventId,
      });
    const event = report === undefined ? null : await report(work.tx);
    const at = new Date(happenedMs(body.at, work.nowMs));
    const line = await save(work, held, {
      action: 'booking.serve',
      change: {
        state: 'served',
        outcome: body.outcome,
        outcomeNote: body.note === '' ? null : parts.vault.seal(body.note, sealedAt.note),
        eventId: event?.id ?? null,
        arrivedAt: held.booking.arrivedAt ?? at,
        endedAt: at,
      },
      data: { outcome: body.outcome, eventId: event?.id ?? null, ...(event === null ? {} : { number: event.number }) },
    });
    return { ...line, eventId: event?.id ?? null, eventNumber: event?.number ?? null };
  });
}

async function joinEvent(
  parts: BookingsParts,
  actor: Actor,
  id: string,
  opId: string,
  event: NonNullable<Serving['event']>,
) {
  const { booking, station } = await parts.database.read(systemScope, async (tx) => {
    const found = await findBooking(tx, id);
    return {
      booking: found,
      station: found === undefined ? undefined : await stationOf(tx, found.stationId),
    };
  });
  assertHolds(actor, 'station.work', booking, 'booking');
  if (booking === undefined || station === undefined)
    throw new AppError('not_found', 'There is no such booking, or its station has been given up.');
  return parts.events.joinReport(actor, {
    opId,
    channel: 'station',
    sourceRef: `booking:${id}`,
    categoryCode: event.categoryCode,
    title: '',
    description: event.description,
    lon: station.lon,
    lat: station.lat,
    placeWords: `${station.name} ${station.address}`.trim(),
    areaCode: station.areaCode,
    attachments: [],
    ...(booking.phone === null ? {} : { phone: parts.vault.open(booking.phone, sealedAt.phone) }),
    ...(booking.name === null ? {} : { name: parts.vault.open(booking.name, sealedAt.name) }),
  });
}

/** The link once more, for whoever lost it and stands at the counter; that it was told is recorded. */
export async function tellLink(
  parts: BookingsParts,
  actor: Actor,
  id: string,
  body: Body,
): Promise<Recorded & { path: string }> {
  const line = await onBooking(parts, actor, { verb: 'link', word: 'station.work', id, body }, (work, held) =>
    save(work, held, { action: 'booking.link' }),
  );
  return { ...line, path: bookingPath(parts, id) };
}

/** Number and name in full; that they were shown is recorded, and the answer is kept nowhere. */
export async function revealPerson(
  parts: BookingsParts,
  actor: Actor,
  id: string,
  body: Body,
): Promise<{ phone: string | null; name: string | null; ledgerId: string }> {
  const { ledgerId } = await onBooking(parts, actor, { verb: 'phone', word: 'station.work', id, body }, (work, held) =>
    save(work, held, { action: 'booking.reveal' }),
  );
  const booking = await parts.database.read(systemScope, (tx) => findBooking(tx, id));
  const open = (sealed: Buffer | null | undefined, context: string): string | null =>
    sealed === null || sealed === undefined ? null : parts.vault.open(sealed, context);
  return { phone: open(booking?.phone, sealedAt.phone), name: open(booking?.name, sealedAt.name), ledgerId };
}

import type { bookingPublicRoutes } from '#contract/bookings-public.ts';
import type { Input, Output } from '#contract/route.ts';
import { toIso } from '#kit/clock.ts';
import { AppError } from '#kit/errors.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { stationOf } from '#server/modules/stations/index.ts';
import { anonymous } from '#server/modules/identity/index.ts';
import { digestSecret } from '#server/vault/vault.ts';
import { bookableDays, firstFree, openingsAround, openingsFor, slotsOf, toOffer } from './availability.ts';
import { ruleOf } from './dictionary.ts';
import { bookingPath, note, run, sealedAt, type BookingsParts, type Recorded, type Work } from './parts.ts';
import { addDays, dayMs, dayOf } from '#kit/shanghai-days.ts';
import { minuteMs } from './rules-slots.ts';
import {
  findBooking,
  findBySecret,
  saveBooking,
  type BookingChange,
  type BookingRow,
  type ShownRow,
} from './store-booking.ts';
import { findOffer, listAway, listOffers, type OfferRow } from './store-offer.ts';
import { assertWithinLimits, findSeat, lockOffer, sealPerson, writeBooking } from './take-place.ts';

/** What a resident does: book with a number, then everything else by the secret of their one booking. */

type Routes = typeof bookingPublicRoutes;

/** @throws AppError not_found, slot_taken, booking_limit, bad_input */
export async function bookOneself(
  parts: BookingsParts,
  body: Input<Routes['book']>['body'],
): Promise<Output<Routes['book']>> {
  const { phone, name, ...rest } = body;
  const person = sealPerson(parts, { phone, name });
  const request = { ...rest, phone: person.phoneIndex?.toString('hex') };
  const command = { route: 'booking.book', opId: body.opId, request };
  const startMs = Date.parse(body.startsAt);
  const open = await openingsAround(parts, body.offerId, startMs);
  const { id, code } = await run(parts, anonymous, command, async (work) => {
    const offer = await lockOffer(work.tx, body.offerId);
    const { slot, seat } = await findSeat(parts, work, offer, { startMs, open });
    if (person.phoneIndex === null) throw new Error('A resident books with a number.');
    await assertWithinLimits(parts, work, offer.id, person.phoneIndex);
    return writeBooking(parts, work, { offer, slot, seat, channel: 'web', person });
  });
  return { code, path: bookingPath(parts, id) };
}

const noLink = (): AppError =>
  new AppError('not_found', 'This link opens no booking. Check that the whole link was copied, or ask at the station.');

async function find(tx: Tx, secret: string): Promise<ShownRow> {
  const row = await findBySecret(tx, digestSecret(secret));
  if (row === undefined) throw noLink();
  return row;
}

interface Act {
  verb: 'cancel' | 'move' | 'rate';
  secret: string;
  body: { opId: string };
}

interface Held {
  booking: BookingRow;
  offer: OfferRow;
}

function act(
  parts: BookingsParts,
  { verb, secret, body }: Act,
  work: (work: Work, held: Held) => Promise<{ change: BookingChange; data?: Record<string, unknown> }>,
): Promise<Recorded> {
  const sender = digestSecret(secret).toString('hex').slice(0, 32);
  // The secret itself is in no request that is kept.
  return run(parts, anonymous, { route: `booking.${verb}`, opId: body.opId, request: body, sender }, async (one) => {
    const { id, offerId } = await find(one.tx, secret);
    const offer = await findOffer(one.tx, offerId, verb === 'move');
    const booking = await findBooking(one.tx, id, true);
    if (booking === undefined || offer === undefined) throw noLink();
    const { change, data = {} } = await work(one, { booking, offer });
    await saveBooking(one.tx, id, change);
    return note(one, {
      action: { cancel: 'booking.cancel', move: 'booking.move', rate: 'booking.rate' }[verb],
      subject: { type: 'booking', id },
      place: booking,
      data: {
        offerId,
        stationId: booking.stationId,
        startsAt: booking.startsAt.toISOString(),
        by: 'resident',
        ...data,
      },
    });
  });
}

const gone = (state: string): AppError =>
  new AppError(
    'transition_not_allowed',
    `This booking is ${state}; that can no longer be done with it. Reload the page.`,
    {
      state,
    },
  );

export function cancelOwn(parts: BookingsParts, secret: string, body: { opId: string }): Promise<Recorded> {
  return act(parts, { verb: 'cancel', secret, body }, async (work, { booking }) => {
    if (booking.state !== 'booked') throw gone(booking.state);
    return { change: { state: 'cancelled', cancelledBy: 'resident', endedAt: new Date(work.nowMs) } };
  });
}

export async function moveOwn(
  parts: BookingsParts,
  secret: string,
  body: { opId: string; startsAt: string },
): Promise<Recorded> {
  const startMs = Date.parse(body.startsAt);
  const { offerId } = await parts.database.read(systemScope, (tx) => find(tx, secret));
  const open = await openingsAround(parts, offerId, startMs);
  return act(parts, { verb: 'move', secret, body }, async (work, { booking, offer }) => {
    if (!mayChange(parts, booking, work.nowMs)) throw gone(booking.state);
    if (offer.endedAt !== null) throw new AppError('not_found', 'This service is not offered any more.');
    const { slot, seat } = await findSeat(parts, work, offer, { startMs, open, except: booking.id });
    return {
      change: { startsAt: new Date(slot.startMs), endsAt: new Date(slot.endMs), seat },
      data: { to: toIso(slot.startMs) },
    };
  });
}

export function rateOwn(
  parts: BookingsParts,
  secret: string,
  body: { opId: string; rating: number; words: string },
): Promise<Recorded> {
  return act(parts, { verb: 'rate', secret, body }, async (work, { booking }) => {
    if (!mayRate(parts, booking, work.nowMs)) throw gone(booking.state);
    const ratingWords = body.words === '' ? null : parts.vault.seal(body.words, sealedAt.rating);
    return {
      change: { rating: body.rating, ratingWords, ratedAt: new Date(work.nowMs) },
      data: { rating: body.rating },
    };
  });
}

function mayChange({ words }: BookingsParts, { state, startsAt }: BookingRow, nowMs: number): boolean {
  return state === 'booked' && nowMs <= startsAt.getTime() - ruleOf(words, 'change_minutes') * minuteMs;
}

function mayRate({ words }: BookingsParts, { state, endedAt }: BookingRow, nowMs: number): boolean {
  return state === 'served' && endedAt !== null && nowMs <= endedAt.getTime() + ruleOf(words, 'rate_days') * dayMs;
}

/** @throws AppError not_found */
export async function readOwn(parts: BookingsParts, secret: string): Promise<Output<Routes['view']>> {
  const nowMs = parts.clock.now();
  const { offer, ...own } = await parts.database.read(systemScope, async (tx) => {
    const row = await find(tx, secret);
    const offer = await findOffer(tx, row.offerId);
    const station = await stationOf(tx, row.stationId);
    if (offer === undefined || station === undefined) throw noLink();
    const away = await awayOf(tx, row);
    const { id, title, titleEn, area, areaName, areaNameEn, provider, providerEn, way, bring, bringEn, languages } =
      toOffer(parts, offer);
    const { startsAt, endsAt, code, state, cancelledBy, outcome, rating } = row;
    return {
      code,
      state,
      cancelledBy,
      offer: { id, title, titleEn, area, areaName, areaNameEn, provider, providerEn, way, bring, bringEn, languages },
      station,
      startsAt: startsAt.toISOString(),
      endsAt: endsAt.toISOString(),
      away,
      soon: state === 'booked' && dayOf(startsAt.getTime()) <= addDays(dayOf(nowMs), 1),
      mayChange: mayChange(parts, row, nowMs) && offer.endedAt === null,
      mayCancel: state === 'booked',
      mayRate: mayRate(parts, row, nowMs),
      outcome,
      eventNumber: row.eventId === null ? null : await eventNumber(tx, row.eventId),
      rating,
      row: offer,
    };
  });
  const { row, ...page } = own;
  return { ...page, offer, others: page.away === null ? [] : await otherPlaces(parts, row, nowMs) };
}

async function awayOf(tx: Tx, { offerId, startsAt, endsAt, state }: ShownRow): Promise<string | null> {
  if (state !== 'booked') return null;
  const away = await listAway(tx, [offerId], startsAt.getTime());
  return away.find((one) => one.startsAt < endsAt && startsAt < one.endsAt)?.reason ?? null;
}

async function eventNumber(tx: Tx, id: string): Promise<string | null> {
  const row = await tx.db.selectFrom('event').select('number').where('id', '=', id).executeTakeFirst();
  return row?.number ?? null;
}

/** How many other places are named to whoever's provider does not come. */
const shownOthers = 4;

/** The same kind of service elsewhere in the district that still has a place, soonest first. */
async function otherPlaces(parts: BookingsParts, offer: OfferRow, nowMs: number) {
  const near = (
    await parts.database.read(systemScope, (tx) => listOffers(tx, systemScope, { area: offer.area }))
  ).filter((one) => one.id !== offer.id && one.district === offer.district);
  const wanted = bookableDays(parts, nowMs);
  const open = await openingsFor(
    parts,
    near.map(({ stationId }) => stationId),
    wanted,
  );
  const days = await parts.database.read(systemScope, (tx) => slotsOf(tx, near, wanted, open));
  return near
    .flatMap((one) => {
      const slot = firstFree(parts, days.get(one.id) ?? [], nowMs);
      if (slot === undefined) return [];
      const { station } = toOffer(parts, one);
      return [{ id: one.id, title: one.title, titleEn: one.titleEn, station, nextAt: toIso(slot.startMs) }];
    })
    .toSorted(
      (a, b) => Number(b.title === offer.title) - Number(a.title === offer.title) || a.nextAt.localeCompare(b.nextAt),
    )
    .slice(0, shownOthers);
}

import type { OfferWish } from '#contract/bookings-views.ts';
import { toIso } from '#kit/clock.ts';
import { AppError } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import type { Tx } from '#server/db/pool.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { stationInUse } from '#server/modules/stations/index.ts';
import { assertHolds, note, run, type BookingsParts, type Recorded } from './parts.ts';
import { dayMs } from '#kit/shanghai-days.ts';
import { findWeeklyFault, liesInHours } from './rules-slots.ts';
import { countTouching, listBookings } from './store-booking.ts';
import {
  endOfferRow,
  findOffer,
  insertAway,
  insertOffer,
  lockAway,
  saveOffer,
  withdrawAway,
  type OfferRow,
} from './store-offer.ts';
import { listPartners, listProviderUnits } from './store-place.ts';
import { systemScope } from '#server/db/scope.ts';

/** The catalogue of 七务一全: what is offered, by whom, when. */

const subjectOf = (id: string) => ({ type: 'service_catalogue' as const, id });

/** @throws AppError bad_input naming what cannot be so */
async function assertWish(
  { words }: BookingsParts,
  tx: Tx,
  station: { path: readonly string[]; district: string },
  wish: OfferWish,
): Promise<void> {
  const refuse = (field: string, words_: string): never => {
    throw new AppError('bad_input', `${field}: ${words_}`, { field });
  };
  if (!words.areas.has(wish.area))
    refuse('area', `expected one of ${[...words.areas.keys()].join(', ')}, found ${wish.area}.`);
  const fault = findWeeklyFault(wish.weekly, wish.slotMinutes);
  if (fault !== undefined) refuse('weekly', `${fault}. Change the hours or the length of a slot.`);
  if (wish.lastDay !== null && wish.lastDay < wish.firstDay) refuse('lastDay', 'expected no earlier than firstDay.');
  if (wish.providerUnitId !== null && wish.providerPartnerId !== null)
    refuse('providerPartnerId', 'expected one provider: a unit, a partner, or words.');
  const { providerUnitId: unit, providerPartnerId: partner } = wish;
  if (unit !== null && !(await listProviderUnits(tx, station.path)).some(({ id }) => id === unit))
    refuse('providerUnitId', 'expected a unit of the areas around the station. Choose one from the list.');
  if (partner !== null && !(await listPartners(tx, station.district)).some(({ id }) => id === partner))
    refuse('providerPartnerId', 'expected a partner of the district the station lies in. Choose one from the list.');
  if (unit === null && partner === null && wish.providerWords === '')
    refuse('providerWords', 'expected who provides it: a unit, a partner, or words.');
}

/** What the ledger keeps of an offer: facts, not wordings. */
const factsOf = ({
  area,
  weekly,
  slotMinutes,
  capacity,
  walkIn,
  way,
  firstDay,
  lastDay,
  providerUnitId,
  providerPartnerId,
}: OfferWish) => ({
  area,
  weekly,
  slotMinutes,
  capacity,
  walkIn,
  way,
  firstDay,
  lastDay,
  providerUnitId,
  providerPartnerId,
});

/** @throws AppError not_found, bad_input */
export function addOffer(
  parts: BookingsParts,
  actor: Actor,
  body: { opId: string; stationId: string; offer: OfferWish },
): Promise<Recorded & { id: string }> {
  return run(parts, actor, { route: 'service_catalogue.add', opId: body.opId, request: body }, async (work) => {
    const station = await stationInUse(work.tx, body.stationId, work.nowMs);
    assertHolds(actor, 'station.manage', station, 'station');
    if (station === undefined) throw new Error('A station that is held exists.');
    await assertWish(parts, work.tx, station, body.offer);
    const id = uuidV7(work.nowMs);
    const { nowMs } = work;
    await insertOffer(work.tx, { id, station, wish: body.offer, createdBy: actor.accountId, nowMs });
    const line = await note(work, {
      action: 'service_catalogue.add',
      subject: subjectOf(id),
      place: station,
      data: { stationId: station.id, ...factsOf(body.offer) },
      words: { title: body.offer.title },
    });
    return { id, ...line };
  });
}

/** The offer, its row locked: nobody takes a place of it meanwhile. @throws AppError not_found */
async function hold(tx: Tx, actor: Actor, id: string, word: 'station.manage' | 'station.work'): Promise<OfferRow> {
  const offer = await findOffer(tx, id, true);
  const live = offer?.endedAt === null ? offer : undefined;
  assertHolds(actor, word, live, 'service');
  if (live === undefined) throw new Error('An offer that is held exists.');
  return live;
}

/** Changes what is offered from now on; what is booked stays, and how much of it the new hours no longer hold is told. */
export function editOffer(
  parts: BookingsParts,
  actor: Actor,
  id: string,
  body: { opId: string; version: number; offer: OfferWish },
): Promise<Recorded & { outside: number }> {
  const command = { route: 'service_catalogue.edit', opId: body.opId, request: { id, ...body } };
  return run(parts, actor, command, async (work) => {
    const offer = await hold(work.tx, actor, id, 'station.manage');
    if (offer.version !== body.version)
      throw new AppError(
        'version_conflict',
        `Expected version ${offer.version}, found ${body.version}. Reload the service.`,
      );
    await assertWish(parts, work.tx, offer, body.offer);
    await saveOffer(work.tx, id, body.offer);
    const coming = await listBookings(work.tx, systemScope, {
      offerId: id,
      state: 'booked',
      fromMs: work.nowMs,
      limit: 5_000,
    });
    const outside = coming.filter(
      ({ startsAt, endsAt }) => !liesInHours(body.offer, { startMs: startsAt.getTime(), endMs: endsAt.getTime() }),
    ).length;
    const line = await note(work, {
      action: 'service_catalogue.edit',
      subject: subjectOf(id),
      place: offer,
      data: { stationId: offer.stationId, version: offer.version + 1, outside, ...factsOf(body.offer) },
      words: { title: body.offer.title },
    });
    return { outside, ...line };
  });
}

export function endOffer(parts: BookingsParts, actor: Actor, id: string, body: { opId: string }): Promise<Recorded> {
  const command = { route: 'service_catalogue.end', opId: body.opId, request: { id, ...body } };
  return run(parts, actor, command, async (work) => {
    const offer = await hold(work.tx, actor, id, 'station.manage');
    await endOfferRow(work.tx, id, work.nowMs);
    const data = { stationId: offer.stationId };
    return note(work, { action: 'service_catalogue.end', subject: subjectOf(id), place: offer, data });
  });
}

/** Longest absence in one piece, days. */
const longestAway = 92;

/** The provider does not come: no place of that time is given any more, and whoever has one is told on their page. */
export function noteAway(
  parts: BookingsParts,
  actor: Actor,
  id: string,
  body: { opId: string; startsAt: string; endsAt: string; reason: string },
): Promise<Recorded & { id: string; told: number }> {
  const command = { route: 'service_catalogue.away', opId: body.opId, request: { id, ...body } };
  return run(parts, actor, command, async (work) => {
    const offer = await hold(work.tx, actor, id, 'station.work');
    const [fromMs, untilMs] = [Date.parse(body.startsAt), Date.parse(body.endsAt)];
    if (untilMs <= fromMs || untilMs <= work.nowMs || untilMs - fromMs > longestAway * dayMs)
      throw new AppError(
        'bad_input',
        `endsAt: expected later than startsAt and than now, at most ${longestAway} days on.`,
        { field: 'endsAt' },
      );
    const awayId = uuidV7(work.nowMs);
    const [startsAt, endsAt] = [new Date(fromMs), new Date(untilMs)];
    await insertAway(work.tx, offer, {
      id: awayId,
      startsAt,
      endsAt,
      reason: body.reason,
      createdBy: actor.accountId,
      nowMs: work.nowMs,
    });
    const told = await countTouching(work.tx, id, fromMs, untilMs);
    const line = await note(work, {
      action: 'service_catalogue.away',
      subject: subjectOf(id),
      place: offer,
      data: { awayId, startsAt: toIso(fromMs), endsAt: toIso(untilMs), told },
      words: { reason: body.reason },
      units: [offer.providerUnitId],
    });
    return { id: awayId, told, ...line };
  });
}

export function withdrawAbsence(
  parts: BookingsParts,
  actor: Actor,
  awayId: string,
  body: { opId: string },
): Promise<Recorded> {
  const command = { route: 'service_catalogue.back', opId: body.opId, request: { awayId, ...body } };
  return run(parts, actor, command, async (work) => {
    const away = await lockAway(work.tx, awayId);
    if (away === undefined) throw new AppError('not_found', 'There is no such absence any more. Reload the page.');
    const offer = await hold(work.tx, actor, away.offerId, 'station.work');
    await withdrawAway(work.tx, awayId, work.nowMs);
    return note(work, {
      action: 'service_catalogue.back',
      subject: subjectOf(offer.id),
      place: offer,
      data: { awayId },
      units: [offer.providerUnitId],
    });
  });
}

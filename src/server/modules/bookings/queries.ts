import type * as z from 'zod';
import type { bookingPublicRoutes } from '#contract/bookings-public.ts';
import type { bookingRoutes } from '#contract/bookings.ts';
import type { bookingView, OfferWish } from '#contract/bookings-views.ts';
import type { Input, Output } from '#contract/route.ts';
import { toIso } from '#kit/clock.ts';
import { AppError } from '#kit/errors.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { scopeFor, type Actor } from '#server/modules/identity/index.ts';
import { stationOf, stationsInUse } from '#server/modules/stations/index.ts';
import { bookableDays, firstFree, openingsFor, slotsOf, toOffer, toSlot } from './availability.ts';
import { ruleOf } from './dictionary.ts';
import { assertHolds, holdsPlace, limitsOf, phoneIndexOf, sealedAt, type BookingsParts } from './parts.ts';
import { maskName, maskPhone, meanOf, noShowFrom, plainPhone } from './rules.ts';
import { addDays, dayMs, dayOf, startOf } from '#kit/shanghai-days.ts';
import { daysFrom, findWeeklyFault, isInTime, slotsOn } from './rules-slots.ts';
import { countUpcoming, listBookings, type ShownRow } from './store-booking.ts';
import { readFigures, readToday } from './store-figures.ts';
import { findOffer, listAway, listOffers, type AwayRow, type OfferRow } from './store-offer.ts';
import { listPartners, listProviderUnits } from './store-place.ts';

type Routes = typeof bookingRoutes;
type PublicRoutes = typeof bookingPublicRoutes;

const toAway = ({ id, startsAt, endsAt, reason }: AwayRow) => ({
  id,
  startsAt: startsAt.toISOString(),
  endsAt: endsAt.toISOString(),
  reason,
});

/** The catalogue as far as the actor sees it. */
export async function readOffers(
  parts: BookingsParts,
  actor: Actor,
  query: Input<Routes['offers']>['query'],
): Promise<Output<Routes['offers']>> {
  const scope = scopeFor(actor, 'station.read');
  const nowMs = parts.clock.now();
  return parts.database.read(scope, async (tx) => {
    const rows = await listOffers(tx, scope, { stationId: query.station, ended: query.ended });
    const ids = rows.map(({ id }) => id);
    const away = Map.groupBy(await listAway(tx, ids, nowMs), ({ offerId }) => offerId);
    const upcoming = await countUpcoming(tx, ids, nowMs);
    const stations = await stationsInUse(tx, scope, nowMs);
    return {
      items: rows.map((row) => ({
        ...toOffer(parts, row),
        providerUnitId: row.providerUnitId,
        providerPartnerId: row.providerPartnerId,
        providerWords: row.providerWords,
        endedAt: row.endedAt?.toISOString() ?? null,
        mayManage: holdsPlace(actor, 'station.manage', row),
        away: (away.get(row.id) ?? []).map(toAway),
        upcoming: upcoming.get(row.id) ?? 0,
        version: row.version,
      })),
      stations: stations.map((one) => ({
        id: one.id,
        code: one.code,
        name: one.name,
        mayManage: holdsPlace(actor, 'station.manage', one),
      })),
    };
  });
}

export async function readProviders(parts: BookingsParts, actor: Actor, stationId: string) {
  return parts.database.read(systemScope, async (tx) => {
    const station = await stationOf(tx, stationId);
    assertHolds(actor, 'station.manage', station, 'station');
    return {
      units: await listProviderUnits(tx, station?.path ?? []),
      partners: await listPartners(tx, station?.district ?? ''),
    };
  });
}

/** A week of slots as they would be; nothing is stored. */
export async function previewOffer(
  parts: BookingsParts,
  actor: Actor,
  { stationId, offer, from }: { stationId: string; offer: OfferWish; from: string },
): Promise<Output<Routes['preview']>> {
  const fault = findWeeklyFault(offer.weekly, offer.slotMinutes);
  if (fault !== undefined) throw new AppError('bad_input', `weekly: ${fault}.`, { field: 'weekly' });
  const station = await parts.database.read(systemScope, (tx) => stationOf(tx, stationId));
  assertHolds(actor, 'station.manage', station, 'station');
  const open = (await openingsFor(parts, [stationId], { from, days: 7 })).get(stationId) ?? [];
  return {
    days: daysFrom(from, 7).map((day) => ({
      day,
      open: open.some((one) => one.fromMs < startOf(day) + dayMs && one.untilMs > startOf(day)),
      slots: slotsOn(offer, day, { open, away: [], held: [] }).map(toSlot),
    })),
  };
}

export async function readSlots(
  parts: BookingsParts,
  actor: Actor,
  id: string,
  query: Input<Routes['slots']>['query'],
): Promise<Output<Routes['slots']>> {
  const scope = scopeFor(actor, 'station.read');
  const { from = dayOf(parts.clock.now()), days } = query;
  const offer = await parts.database.read(scope, (tx) => findOffer(tx, id));
  assertHolds(actor, 'station.read', offer, 'service');
  const offers = offer === undefined ? [] : [offer];
  const open = await openingsFor(
    parts,
    offers.map(({ stationId }) => stationId),
    { from, days },
  );
  const found = await parts.database.read(scope, (tx) => slotsOf(tx, offers, { from, days }, open));
  return { days: (found.get(id) ?? []).map(({ day, slots }) => ({ day, slots: slots.map(toSlot) })) };
}

/** Bookings as staff see them: numbers and names masked. */
export async function toBookings(
  parts: BookingsParts,
  tx: Tx,
  rows: readonly ShownRow[],
): Promise<z.input<typeof bookingView>[]> {
  const { vault, words } = parts;
  const earliest = Math.min(...rows.map(({ startsAt }) => startsAt.getTime()));
  const away = rows.length === 0 ? [] : await listAway(tx, [...new Set(rows.map(({ offerId }) => offerId))], earliest);
  const open = (sealed: Buffer | null, context: string): string | null =>
    sealed === null ? null : vault.open(sealed, context);
  return rows.map((row) => {
    const phone = open(row.phone, sealedAt.phone);
    const name = open(row.name, sealedAt.name);
    const absence = away.find(
      (one) => one.offerId === row.offerId && one.startsAt < row.endsAt && row.startsAt < one.endsAt,
    );
    return {
      id: row.id,
      code: row.code,
      offerId: row.offerId,
      title: row.title,
      titleEn: row.titleEn,
      area: row.area,
      station: { id: row.stationId, code: row.stationCode, name: row.stationName, nameEn: row.stationNameEn },
      startsAt: row.startsAt.toISOString(),
      endsAt: row.endsAt.toISOString(),
      state: row.state,
      cancelledBy: row.cancelledBy,
      channel: row.channel,
      phone: phone === null ? null : maskPhone(phone),
      name: name === null ? null : maskName(name),
      outcome: row.outcome,
      note: open(row.outcomeNote, sealedAt.note) ?? '',
      eventId: row.eventId,
      rating: row.rating,
      ratingWords: open(row.ratingWords, sealedAt.rating) ?? '',
      bookedAt: row.bookedAt.toISOString(),
      seated: row.seat !== null,
      away: absence?.reason ?? null,
      noShowFrom: toIso(noShowFrom(row.startsAt.getTime(), ruleOf(words, 'no_show_minutes'))),
      version: row.version,
    };
  });
}

/** One day of one station: who is booked, and what may be taken unasked. */
export async function readDay(
  parts: BookingsParts,
  actor: Actor,
  query: Input<Routes['day']>['query'],
): Promise<Output<Routes['day']>> {
  const nowMs = parts.clock.now();
  const { day = dayOf(nowMs), station: stationId } = query;
  const scope = scopeFor(actor, 'station.read');
  const station = await parts.database.read(scope, (tx) => stationOf(tx, stationId));
  assertHolds(actor, 'station.read', station, 'station');
  const open = await openingsFor(parts, [stationId], { from: day, days: 1 });
  return parts.database.read(scope, async (tx) => {
    const [fromMs, untilMs] = [startOf(day), startOf(day) + dayMs];
    const rows = await listBookings(tx, scope, { stationId, fromMs, untilMs, limit: 1_000 });
    const offers = await listOffers(tx, scope, { stationId });
    const slots = await slotsOf(tx, offers, { from: day, days: 1 }, open);
    const away = Map.groupBy(
      await listAway(
        tx,
        offers.map(({ id }) => id),
        fromMs,
      ),
      ({ offerId }) => offerId,
    );
    return {
      day,
      items: await toBookings(parts, tx, rows),
      offers: offers.map((offer) => ({
        ...dayOffer(parts, offer),
        today: (slots.get(offer.id) ?? []).flatMap((one) => one.slots.map(toSlot)),
        away: (away.get(offer.id) ?? []).filter(({ startsAt }) => startsAt.getTime() < untilMs).map(toAway),
      })),
      walkInMinutes: ruleOf(parts.words, 'walk_in_minutes'),
      at: toIso(nowMs),
    };
  });
}

function dayOffer(parts: BookingsParts, row: OfferRow) {
  const { id, title, titleEn, area, walkIn, provider, way } = toOffer(parts, row);
  return { id, title, titleEn, area, walkIn, provider, way };
}

export async function readTodayOfAll(parts: BookingsParts, actor: Actor): Promise<Output<Routes['today']>> {
  const scope = scopeFor(actor, 'station.read');
  const nowMs = parts.clock.now();
  const fromMs = startOf(dayOf(nowMs));
  const lateMs = nowMs - ruleOf(parts.words, 'no_show_minutes') * 60_000;
  const items = await parts.database.read(scope, (tx) =>
    readToday(tx, scope, { fromMs, untilMs: fromMs + dayMs, lateMs }),
  );
  return { items };
}

export async function readList(
  parts: BookingsParts,
  actor: Actor,
  query: Input<Routes['list']>['query'],
): Promise<Output<Routes['list']>> {
  const scope = scopeFor(actor, 'station.read');
  const { offer, station, state, outcome, walkIn, from, until, cursor, limit } = query;
  const [startsMs, id] = (cursor ?? '').split(' ');
  return parts.database.read(scope, async (tx) => {
    const rows = await listBookings(tx, scope, {
      offerId: offer,
      stationId: station,
      state,
      outcome,
      walkIn,
      fromMs: from === undefined ? undefined : startOf(from),
      untilMs: until === undefined ? undefined : startOf(addDays(until, 1)),
      after: id === undefined || !/^[0-9a-f-]{36}$/.test(id) ? undefined : { startsMs: Number(startsMs) || 0, id },
      newestFirst: true,
      limit: limit + 1,
    });
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    const next = rows.length > limit && last !== undefined ? `${last.startsAt.getTime()} ${last.id}` : null;
    return { items: await toBookings(parts, tx, shown), next };
  });
}

/** Days around today within which a lost booking is looked for at the counter. */
const [lostBefore, lostAfter] = [2, 31];

/** By the code or the number somebody says; only of this station, and nothing at all for half a number. */
export async function findLost(
  parts: BookingsParts,
  actor: Actor,
  body: Input<Routes['find']>['body'],
): Promise<{ items: z.input<typeof bookingView>[] }> {
  const scope = scopeFor(actor, 'station.work');
  const today = dayOf(parts.clock.now());
  const plain = body.phone === undefined ? '' : plainPhone(body.phone);
  return parts.database.read(scope, async (tx) => {
    const station = await stationOf(tx, body.stationId);
    assertHolds(actor, 'station.work', station, 'station');
    if (body.code === undefined && plain.length < 7) return { items: [] };
    const rows = await listBookings(tx, scope, {
      stationId: body.stationId,
      code: body.code,
      phoneIndex: body.code === undefined ? phoneIndexOf(parts, plain) : undefined,
      fromMs: startOf(addDays(today, -lostBefore)),
      untilMs: startOf(addDays(today, lostAfter)),
      limit: 20,
    });
    return { items: await toBookings(parts, tx, rows) };
  });
}

const figureDays = 90;

export async function readOfferFigures(
  parts: BookingsParts,
  actor: Actor,
  query: Input<Routes['figures']>['query'],
): Promise<Output<Routes['figures']>> {
  const scope = scopeFor(actor, 'station.read');
  const today = dayOf(parts.clock.now());
  const { from = addDays(today, -figureDays), until = today, station: stationId } = query;
  const leastRatings = ruleOf(parts.words, 'least_ratings');
  const rows = await parts.database.read(scope, (tx) =>
    readFigures(tx, scope, { stationId, from, until, fromMs: startOf(from), untilMs: startOf(addDays(until, 1)) }),
  );
  return {
    from,
    until,
    leastRatings,
    items: rows.map(({ stationId: id, stationCode, stationName, stationNameEn, ratingSum, waitDays, ...row }) => ({
      ...row,
      station: { id, code: stationCode, name: stationName, nameEn: stationNameEn },
      waitDays: waitDays === null ? null : Math.round(waitDays * 10) / 10,
      rating: meanOf(ratingSum, row.ratings, leastRatings),
    })),
  };
}

/** What residents may book, with the next free time of each. */
export async function readPublicOffers(
  parts: BookingsParts,
  query: Input<PublicRoutes['offers']>['query'],
): Promise<Output<PublicRoutes['offers']>> {
  const nowMs = parts.clock.now();
  const today = dayOf(nowMs);
  const farthest = addDays(today, limitsOf(parts).aheadDays);
  const inForce = (
    await parts.database.read(systemScope, (tx) => listOffers(tx, systemScope, { stationCode: query.station }))
  ).filter(({ firstDay, lastDay }) => firstDay <= farthest && (lastDay === null || lastDay >= today));
  const shown = query.area === undefined ? inForce : inForce.filter(({ area }) => area === query.area);
  const wanted = bookableDays(parts, nowMs);
  const open = await openingsFor(
    parts,
    shown.map(({ stationId }) => stationId),
    wanted,
  );
  const days = await parts.database.read(systemScope, (tx) => slotsOf(tx, shown, wanted, open));
  return {
    areas: [...parts.words.areas.values()].map(({ code, name, nameEn, hint, hintEn }) => ({
      code,
      name,
      nameEn,
      hint,
      hintEn,
      offers: inForce.filter(({ area }) => area === code).length,
    })),
    items: shown.map((row) => {
      const slot = firstFree(parts, days.get(row.id) ?? [], nowMs);
      return { ...toOffer(parts, row), nextAt: slot === undefined ? null : toIso(slot.startMs) };
    }),
  };
}

/** The slots that may still be taken, full ones too: they are shown as full. @throws AppError not_found */
export async function readPublicSlots(parts: BookingsParts, id: string): Promise<Output<PublicRoutes['slots']>> {
  const nowMs = parts.clock.now();
  const limits = limitsOf(parts);
  const offer = await parts.database.read(systemScope, (tx) => findOffer(tx, id));
  if (offer === undefined || offer.endedAt !== null)
    throw new AppError('not_found', 'This service is not offered any more. Choose another of the list.');
  const wanted = bookableDays(parts, nowMs);
  const open = await openingsFor(parts, [offer.stationId], wanted);
  const found = await parts.database.read(systemScope, (tx) => slotsOf(tx, [offer], wanted, open));
  return {
    days: (found.get(id) ?? [])
      .map(({ day, slots }) => ({ day, slots: slots.filter((slot) => isInTime(slot, nowMs, limits)).map(toSlot) }))
      .filter(({ slots }) => slots.length > 0),
  };
}

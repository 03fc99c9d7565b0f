import type * as z from 'zod';
import type { UnmetKind, UnmetTime, unmetView } from '#contract/bookings-views.ts';
import { AppError } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import { tellsOfSomebody } from '#kit/personal-words.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope, type Scope } from '#server/db/scope.ts';
import { anonymous, scopeFor, type Actor } from '#server/modules/identity/index.ts';
import { stationInUse } from '#server/modules/stations/index.ts';
import { ruleOf } from './dictionary.ts';
import {
  assertHolds,
  note,
  phoneIndexOf,
  run,
  sealedAt,
  type BookingsParts,
  type Place,
  type Recorded,
} from './parts.ts';
import { plainPhone } from './rules.ts';
import { groupAlike, type AlikeGroup } from './rules-alike.ts';
import { addDays, dayOf, startOf } from '#kit/shanghai-days.ts';
import { findOffer } from './store-offer.ts';
import { answerRows, findUnmet, insertUnmet, listUnmetRows, type UnmetRow } from './store-unmet.ts';

/** 没有我要的: what people look for and nobody offers. Without a name; a number only for whoever wants an answer. */

export interface UnmetWish {
  opId: string;
  kind: UnmetKind;
  area: string | null;
  offerId?: string | undefined;
  what: string;
  wanted: UnmetTime;
  phone: string | null;
}

/** @throws AppError not_found, bad_input */
export async function noteUnmet(
  parts: BookingsParts,
  actor: Actor,
  station: { id: string } | { code: string },
  wish: UnmetWish,
): Promise<Recorded & { id: string }> {
  if (wish.area !== null && !parts.words.areas.has(wish.area))
    throw new AppError('bad_input', `area: expected one of ${[...parts.words.areas.keys()].join(', ')}.`, {
      field: 'area',
    });
  if (tellsOfSomebody(wish.what))
    throw new AppError(
      'bad_input',
      'what: expected what is wanted, without numbers of people; there is a field of its own for a telephone number.',
      { field: 'what' },
    );
  const plain = wish.phone === null ? '' : plainPhone(wish.phone);
  if (wish.phone !== null && plain.length < 7)
    throw new AppError('bad_input', 'phone: expected 7 to 15 digits, or nothing.', { field: 'phone' });
  const { phone: _phone, ...rest } = wish;
  const request = { ...station, ...rest, phone: plain === '' ? null : phoneIndexOf(parts, plain).toString('hex') };
  return run(parts, actor, { route: 'booking.unmet', opId: wish.opId, request }, async (work) => {
    const place = await stationInUse(work.tx, 'id' in station ? station.id : station.code, work.nowMs);
    if (place === undefined) throw new AppError('not_found', 'There is no such station. Choose one from the list.');
    if (actor !== anonymous) assertHolds(actor, 'station.work', place, 'station');
    const offer = wish.offerId === undefined ? undefined : await findOffer(work.tx, wish.offerId);
    const id = uuidV7(work.nowMs);
    await insertUnmet(work.tx, {
      id,
      station: place,
      serviceArea: wish.area ?? offer?.area ?? null,
      offerId: offer?.stationId === place.id ? offer.id : null,
      kind: wish.kind,
      what: wish.what,
      wanted: wish.wanted,
      phone: plain === '' ? null : parts.vault.seal(plain, sealedAt.unmetPhone),
      byId: actor.accountId,
      nowMs: work.nowMs,
    });
    const line = await note(work, {
      action: 'booking.unmet',
      subject: { type: 'booking_unmet', id },
      place,
      data: { stationId: place.id, kind: wish.kind, area: wish.area, wanted: wish.wanted, waits: plain !== '' },
    });
    return { id, ...line };
  });
}

type Group = AlikeGroup<UnmetRow & { key: string }>;

/** Wishes of one station and kind of service that say the same. */
function group(parts: BookingsParts, rows: readonly UnmetRow[]): Group[] {
  const keyed = rows.map((row) => ({ ...row, key: `${row.stationId ?? ''} ${row.serviceArea ?? ''}` }));
  return groupAlike(keyed, ruleOf(parts.words, 'alike_percent') / 100);
}

function countsOf<K extends string>(values: readonly K[]): { value: K; count: number }[] {
  return [...Map.groupBy(values, (one) => one)]
    .map(([value, all]) => ({ value, count: all.length }))
    .toSorted((a, b) => b.count - a.count);
}

function toView({ territory }: BookingsParts, { first, all }: Group): z.input<typeof unmetView> {
  const { stationId, stationCode, stationName, stationNameEn, areaCode } = first;
  const others = [...new Set(all.map(({ what }) => what))].filter((one) => one !== first.what);
  const last = all.at(-1) ?? first;
  return {
    id: first.id,
    what: first.what,
    area: first.serviceArea,
    station:
      stationId === null || stationCode === null
        ? null
        : { id: stationId, code: stationCode, name: stationName ?? '', nameEn: stationNameEn ?? '' },
    areaCode,
    areaName: territory.area(areaCode)?.name ?? areaCode,
    count: all.length,
    kinds: countsOf(all.map(({ kind }) => kind)).map(({ value, count }) => ({ kind: value, count })),
    times: countsOf(all.map(({ wanted }) => wanted)).map(({ value, count }) => ({ time: value, count })),
    others: others.slice(0, 20),
    waiting: all.filter(({ phone }) => phone !== null).length,
    firstAt: first.at.toISOString(),
    lastAt: last.at.toISOString(),
    answeredAt: last.answeredAt?.toISOString() ?? null,
    answer: last.answer,
  };
}

/** How far back the list goes when nothing is said, days. */
const shownDays = 180;

export interface UnmetQuery {
  station?: string | undefined;
  area?: string | undefined;
  answered: boolean;
  from?: string | undefined;
}

/** What is asked for most comes first. */
export async function readUnmet(parts: BookingsParts, actor: Actor, query: UnmetQuery) {
  const scope = scopeFor(actor, 'station.read');
  const from = query.from ?? addDays(dayOf(parts.clock.now()), -shownDays);
  const rows = await parts.database.read(scope, (tx) =>
    listUnmetRows(tx, scope, {
      stationId: query.station,
      serviceArea: query.area,
      answered: query.answered,
      sinceMs: startOf(from),
    }),
  );
  const items = group(parts, rows)
    .map((one) => toView(parts, one))
    .toSorted((a, b) => b.count - a.count || b.lastAt.localeCompare(a.lastAt))
    .slice(0, 200);
  return { items, from };
}

/** The group that a wish stands for, as this actor would see it. @throws AppError not_found */
async function groupOf(
  parts: BookingsParts,
  tx: Tx,
  actor: Actor,
  id: string,
): Promise<{ group: Group; place: Place }> {
  const row = await findUnmet(tx, id);
  const place = row === undefined || row.unitId === null ? undefined : { ...row, unitId: row.unitId };
  assertHolds(actor, 'station.manage', place, 'wish');
  if (row === undefined || place === undefined) throw new Error('A wish that is held exists.');
  const scope: Scope = systemScope;
  const wanted = { stationId: row.stationId ?? undefined, answered: false, sinceMs: 0 };
  const found = group(parts, await listUnmetRows(tx, scope, wanted)).find(({ all }) =>
    all.some((one) => one.id === id),
  );
  if (found === undefined) throw new AppError('not_found', 'This was answered already. Reload the list.');
  return { group: found, place };
}

/** Numbers of those who want to be told; that they were shown is recorded. */
export async function revealWaiting(parts: BookingsParts, actor: Actor, id: string, body: { opId: string }) {
  const command = { route: 'booking.unmet_phones', opId: body.opId, request: { id, ...body } };
  const { ids, ...line } = await run(parts, actor, command, async (work) => {
    const { group: found, place } = await groupOf(parts, work.tx, actor, id);
    const waiting = found.all.filter(({ phone }) => phone !== null);
    const recorded = await note(work, {
      action: 'booking.reveal',
      subject: { type: 'booking_unmet', id },
      place,
      data: { waiting: waiting.length },
    });
    return { ids: waiting.map((one) => one.id), ...recorded };
  });
  const phones = await parts.database.read(systemScope, async (tx) => {
    const rows = await Promise.all(ids.map((one) => findUnmet(tx, one)));
    return rows.flatMap((row) => {
      const phone = row?.phone ?? null;
      return phone === null ? [] : [parts.vault.open(phone, sealedAt.unmetPhone)];
    });
  });
  return { ...line, phones: [...new Set(phones)] };
}

export function answerUnmet(
  parts: BookingsParts,
  actor: Actor,
  id: string,
  body: { opId: string; answer: string },
): Promise<Recorded & { answered: number }> {
  const command = { route: 'booking.answer', opId: body.opId, request: { id, ...body } };
  return run(parts, actor, command, async (work) => {
    const { group: found, place } = await groupOf(parts, work.tx, actor, id);
    const answered = await answerRows(
      work.tx,
      found.all.map((one) => one.id),
      { answer: body.answer, byId: actor.accountId, nowMs: work.nowMs },
    );
    const line = await note(work, {
      action: 'booking.answer',
      subject: { type: 'booking_unmet', id },
      place,
      data: { answered },
      words: { answer: body.answer },
    });
    return { answered, ...line };
  });
}

/** For the need list of the life circle: every wish since then, answered or not, without numbers. */
export async function listUnmet(tx: Tx, { sinceMs }: { sinceMs: number }) {
  const rows = await listUnmetRows(tx, systemScope, { sinceMs });
  return rows.map(({ id, stationId, areaCode, path, serviceArea, kind, what, wanted, at, answeredAt }) => ({
    id,
    stationId,
    areaCode,
    path,
    serviceArea,
    kind,
    what,
    wanted,
    atMs: at.getTime(),
    answered: answeredAt !== null,
  }));
}

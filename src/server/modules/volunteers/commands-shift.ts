import { AppError } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import type { Tx } from '#server/db/pool.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import {
  assertPost,
  assertVersion,
  note,
  personOf,
  reaches,
  reachInUse,
  run,
  type Recorded,
  type VolunteersParts,
} from './parts.ts';
import { addDays, dayOf, startOf } from '#kit/shanghai-days.ts';
import { assertPlaces, daysBetween, isWithinHours, openAround, planDay } from './rules.ts';
import type { Pattern, Planned, Span } from './rules.ts';
import { cancelSignUps, listSigned } from './store-sign-up.ts';
import {
  cancelShiftRow,
  findShift,
  insertShift,
  listPatterns,
  replacePatterns,
  savePlaces,
  type ShiftRow,
} from './store-shift.ts';
import { listPartners } from './store-partner.ts';

type Places = Pick<Pattern, 'needed' | 'most' | 'partnerId' | 'partnerPlaces'>;

/** @throws AppError bad_input for a partner of some other area */
async function assertPartner(tx: Tx, partnerId: string | null, path: readonly string[]): Promise<void> {
  if (partnerId === null || (await listPartners(tx, path)).some(({ id }) => id === partnerId)) return;
  throw new AppError('bad_input', 'partnerId: expected a partner of this area. Choose one of the list.', {
    field: 'partnerId',
  });
}

/** The week of a station; shifts that were made already stay as they are. */
export function setPatterns(
  parts: VolunteersParts,
  actor: Actor,
  stationId: string,
  body: { opId: string; items: readonly Pattern[] },
): Promise<Recorded> {
  personOf(actor);
  return run(parts, actor, { route: 'shift.patterns', body, params: { stationId } }, async (work) => {
    const station = await reachInUse(work, actor, stationId, 'station.manage');
    for (const one of body.items) {
      assertPost(parts, one.post);
      assertPlaces(one);
      await assertPartner(work.tx, one.partnerId, station.path);
    }
    const items = body.items.map((one) => ({ ...one, id: uuidV7(work.nowMs) }));
    await replacePatterns(work.tx, stationId, items);
    return note(work, {
      action: 'shift.patterns',
      subject: { type: 'station', id: stationId },
      held: station,
      data: { patterns: body.items },
    });
  });
}

/** @throws AppError bad_input */
function assertSpan({ clock, words }: VolunteersParts, { from, until }: { from: string; until: string }): void {
  const most = words.rules.make_days;
  if (from < dayOf(clock.now()) || until < from || until > addDays(from, most - 1))
    throw new AppError('bad_input', `from, until: expected today or later, and at most ${most} days. Choose others.`, {
      field: 'until',
    });
}

/** When the station is open around each of these days, which follow one another: a night belongs to both its days. */
async function openOn(parts: VolunteersParts, stationId: string, days: readonly string[]): Promise<Span[][]> {
  const [first = '', last = first] = [days[0], days.at(-1)];
  const hours = await parts.hoursOn(stationId, [addDays(first, -1), ...days, addDays(last, 1)]);
  return days.map((_, k) => openAround(hours[k] ?? [], hours[k + 1] ?? [], hours[k + 2] ?? []));
}

/**
 * Makes the shifts of these days from the week's patterns, within the opening hours of each day; what is there already
 * stays, so that making twice makes nothing twice.
 * @throws AppError bad_input for days that are past, in the wrong order, or too many
 */
export function makeShifts(
  parts: VolunteersParts,
  actor: Actor,
  stationId: string,
  body: { opId: string; from: string; until: string },
): Promise<Recorded & { made: number; kept: number; outside: number }> {
  personOf(actor);
  assertSpan(parts, body);
  const days = daysBetween(body.from, body.until);
  return run(parts, actor, { route: 'shift.make', body, params: { stationId } }, async (work) => {
    const station = await reachInUse(work, actor, stationId, 'station.manage');
    const open = await openOn(parts, stationId, days);
    const patterns = await listPatterns(work.tx, stationId);
    const count = { made: 0, kept: 0, outside: 0 };
    for (const [k, day] of days.entries()) {
      const { planned, outside } = planDay(day, patterns, open[k] ?? []);
      count.outside += outside;
      for (const one of planned.filter(({ endMs }) => endMs > work.nowMs)) {
        const made = await insertShift(work.tx, uuidV7(work.nowMs), { station, planned: one, nowMs: work.nowMs });
        if (made) count.made++;
        else count.kept++;
      }
    }
    const line = await note(work, {
      action: 'shift.make',
      subject: { type: 'station', id: stationId },
      held: station,
      data: { from: body.from, until: body.until, ...count },
    });
    return { ...line, ...count };
  });
}

/** One shift beside the pattern. @throws AppError bad_input (outside the opening hours, past), already_exists */
export function addShift(
  parts: VolunteersParts,
  actor: Actor,
  stationId: string,
  body: { opId: string; post: string; day: string; startMinute: number; minutes: number } & Places,
): Promise<Recorded & { id: string }> {
  personOf(actor);
  return run(parts, actor, { route: 'shift.add', body, params: { stationId } }, async (work) => {
    const station = await reachInUse(work, actor, stationId, 'station.manage');
    assertPost(parts, body.post);
    assertPlaces(body);
    await assertPartner(work.tx, body.partnerId, station.path);
    const span = { fromMinute: body.startMinute, untilMinute: body.startMinute + body.minutes };
    const [open = []] = await openOn(parts, stationId, [body.day]);
    if (!isWithinHours(span, open))
      throw new AppError(
        'bad_input',
        `startMinute: the station is not open at that time on ${body.day}. Choose a time within its opening hours.`,
        { field: 'startMinute' },
      );
    const startMs = startOf(body.day) + body.startMinute * 60_000;
    const planned: Planned = { ...body, startMs, endMs: startMs + body.minutes * 60_000 };
    if (planned.endMs <= work.nowMs)
      throw new AppError('bad_input', 'day: expected a shift that is not over. Choose a later time.', { field: 'day' });
    const id = uuidV7(work.nowMs);
    if (!(await insertShift(work.tx, id, { station, planned, nowMs: work.nowMs })))
      throw new AppError('already_exists', 'There is a shift of this post at that time already. Change that one.');
    const { post, day, startMinute, minutes, needed, most } = body;
    const line = await note(work, {
      action: 'shift.add',
      subject: { type: 'shift', id },
      held: station,
      data: { stationId, post, day, startMinute, minutes, needed, most },
    });
    return { ...line, id };
  });
}

/** @throws AppError not_found for a shift that is absent or out of the actor's reach */
async function own(tx: Tx, actor: Actor, id: string): Promise<ShiftRow> {
  const shift = await findShift(tx, id, true);
  if (shift === undefined || !reaches(actor, 'station.manage', shift))
    throw new AppError('not_found', 'There is no such shift, or it is not yours to see. Reload the roster.');
  return shift;
}

/** @throws AppError transition_not_allowed when it was cancelled or is over */
function assertAhead(shift: ShiftRow, nowMs: number): void {
  if (shift.state !== 'open' || shift.endsAt.getTime() <= nowMs)
    throw new AppError('transition_not_allowed', 'This shift is cancelled or over. Reload the roster.');
}

/** More or fewer people, places for a partner or none. @throws AppError in_use when more have a place than would remain */
export function editShift(
  parts: VolunteersParts,
  actor: Actor,
  id: string,
  body: { opId: string; version: number } & Places,
): Promise<Recorded> {
  personOf(actor);
  return run(parts, actor, { route: 'shift.edit', body, params: { id } }, async (work) => {
    const shift = await own(work.tx, actor, id);
    assertVersion(shift, body.version);
    assertAhead(shift, work.nowMs);
    assertPlaces(body);
    await assertPartner(work.tx, body.partnerId, shift.path);
    const open = body.most - body.partnerPlaces;
    if (shift.openTaken > open || shift.partnerTaken > body.partnerPlaces)
      throw new AppError(
        'in_use',
        `Expected room for the ${shift.openTaken} and ${shift.partnerTaken} (partner) who have a place, found ${open} and ${body.partnerPlaces}. Take somebody off first.`,
      );
    if (shift.partnerTaken > 0 && body.partnerId !== shift.partnerId)
      throw new AppError('in_use', 'People of the partner have places here. Take them off before another partner.');
    await savePlaces(work.tx, id, { ...body, nowMs: work.nowMs });
    const { needed, most, partnerId, partnerPlaces } = body;
    return note(work, {
      action: 'shift.edit',
      subject: { type: 'shift', id },
      held: shift,
      data: { needed, most, partnerId, partnerPlaces },
    });
  });
}

/** Ends a shift and every place on it. @throws AppError in_use when somebody was there already */
export function cancelShift(
  parts: VolunteersParts,
  actor: Actor,
  id: string,
  body: { opId: string; version: number; reason: string },
): Promise<Recorded> {
  personOf(actor);
  return run(parts, actor, { route: 'shift.cancel', body, params: { id } }, async (work) => {
    const shift = await own(work.tx, actor, id);
    assertVersion(shift, body.version);
    assertAhead(shift, work.nowMs);
    if ((await listSigned(work.tx, [id])).some(({ arrivedAt, presence }) => arrivedAt !== null || presence !== null))
      throw new AppError('in_use', 'Somebody is there already: what was done counts. Take off the others one by one.');
    const signed = await cancelSignUps(work.tx, id, work.nowMs);
    await cancelShiftRow(work.tx, id, work.nowMs);
    return note(work, {
      action: 'shift.cancel',
      subject: { type: 'shift', id },
      held: shift,
      data: { day: shift.day, post: shift.post, signed },
      words: { reason: body.reason },
    });
  });
}

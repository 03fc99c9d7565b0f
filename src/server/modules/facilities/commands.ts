/** Changes of facilities: once per opId, the row locked, each with its line. */
import { isDeepStrictEqual } from 'node:util';
import type { facilityRoutes } from '#contract/facilities.ts';
import type { Input, Output } from '#contract/route.ts';
import { toIso } from '#kit/clock.ts';
import { AppError } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import { dayOf } from '#kit/shanghai-days.ts';
import { systemScope } from '#server/db/scope.ts';
import { senderOf, type Actor } from '#server/modules/identity/index.ts';
import { once } from '#server/modules/ledger/index.ts';
import { changeRow } from './change.ts';
import { classOf } from './dictionary.ts';
import type { FacilitiesParts } from './parts.ts';
import { assertMayKeep, noFacility, placeOf } from './place.ts';
import { facilityFacts, facilityWords, tell } from './record.ts';
import { assertHours } from './rules-hours.ts';
import { findFacility, nextFacilityCode, saveFacilities, type FacilityRow } from './store.ts';
import { detailView } from './views.ts';

type Routes = typeof facilityRoutes;
type Saved = Output<Routes['edit']>;
type Facts = Omit<Input<Routes['create']>['body'], 'opId'>;

function bad(field: string, message: string): AppError {
  return new AppError('bad_input', `${field}: ${message}.`, { field });
}

/** @throws AppError bad_input for an unknown class, wrong hours, a day of checking that has not come */
function assertFacts(facts: Facts, nowMs: number): void {
  classOf(facts.classCode);
  assertHours(facts.hours);
  const today = dayOf(nowMs);
  if (facts.checkedOn !== null && facts.checkedOn > today)
    throw bad('checkedOn', `expected a day up to today (${today}), found ${facts.checkedOn}`);
}

function view({ territory }: FacilitiesParts, actor: Actor, { row, nowMs }: { row: FacilityRow; nowMs: number }) {
  return { facility: detailView(row, { territory, nowMs }, actor) };
}

const kind = { name: 'facility', find: findFacility, none: noFacility, view } as const;

/** Adds a facility. Its code is given by the program. @throws AppError not_allowed outside the actor's areas, bad_input */
export async function createFacility(
  parts: FacilitiesParts,
  actor: Actor,
  { opId, ...facts }: Input<Routes['create']>['body'],
): Promise<Saved> {
  assertFacts(facts, parts.clock.now());
  const place = placeOf(parts, facts);
  assertMayKeep(actor, place);
  const op = { opId, actor: senderOf(actor), route: 'facility.create', request: facts };
  return once(parts.database, systemScope, op, async (tx) => {
    const nowMs = parts.clock.now();
    const row: FacilityRow = {
      id: uuidV7(nowMs),
      code: await nextFacilityCode(tx, place.district),
      ...facts,
      ...place,
      closedOn: null,
      source: 'desk',
      sourceRef: '',
      version: 1,
    };
    await saveFacilities(tx, [row], nowMs);
    const line = { actor, atMs: nowMs, opId, data: facilityFacts(row), words: facilityWords(row) };
    const ledgerId = await tell(tx, 'facility.create', row, line);
    return { ...view(parts, actor, { row, nowMs }), at: toIso(nowMs), ledgerId };
  });
}

/** What a station tells itself; written at the station, not here. */
const fromStation = ['classCode', 'name', 'lon', 'lat', 'address', 'hours', 'openedOn', 'capacity'] as const;

/** @throws AppError in_use for facts that follow the station */
function assertOwnFacts(row: FacilityRow, facts: Facts): void {
  if (row.source !== 'station') return;
  const field = fromStation.find((key) => !isDeepStrictEqual(row[key], facts[key]));
  if (field !== undefined)
    throw new AppError(
      'in_use',
      `${field}: this follows the station. Change it at the station, and it comes here by itself.`,
      {
        field,
      },
    );
}

/** Changes what is written of a facility, and where it stands. @throws AppError not_found, version_conflict, bad_input, in_use, not_allowed */
export async function editFacility(
  parts: FacilitiesParts,
  actor: Actor,
  id: string,
  body: Input<Routes['edit']>['body'],
): Promise<Saved> {
  const { opId, version: _seen, ...facts } = body;
  assertFacts(facts, parts.clock.now());
  return changeRow(kind, { parts, actor }, { id, verb: 'edit', body }, async ({ tx, row: before, nowMs }) => {
    assertOwnFacts(before, facts);
    const moved = facts.lon !== before.lon || facts.lat !== before.lat;
    const place = moved ? placeOf(parts, facts) : {};
    if (moved) assertMayKeep(actor, { path: before.path, ...place });
    if (before.closedOn !== null && facts.openedOn !== null && facts.openedOn > before.closedOn)
      throw bad('openedOn', `expected a day up to the closing on ${before.closedOn}, found ${facts.openedOn}`);
    const row = { ...before, ...facts, ...place, version: before.version + 1 };
    await saveFacilities(tx, [row], nowMs);
    const data = { from: facilityFacts(before), to: facilityFacts(row) };
    const line = { actor, atMs: nowMs, opId, data, words: facilityWords(row) };
    return { row, ledgerId: await tell(tx, 'facility.edit', row, line) };
  });
}

/**
 * Says from which day on a facility is no longer there, or takes that back. Nothing is deleted: runs of the past still count it.
 * @throws AppError not_found, version_conflict, bad_input, in_use for a station
 */
export async function closeFacility(
  parts: FacilitiesParts,
  actor: Actor,
  id: string,
  body: Input<Routes['close']>['body'],
): Promise<Saved> {
  const { opId, closedOn, reason } = body;
  return changeRow(kind, { parts, actor }, { id, verb: 'close', body }, async ({ tx, row: before, nowMs }) => {
    if (before.source === 'station')
      throw new AppError('in_use', 'This follows the station. Close the station, and it goes by itself.', {
        field: 'closedOn',
      });
    if (closedOn !== null && before.openedOn !== null && closedOn < before.openedOn)
      throw bad('closedOn', `expected a day from ${before.openedOn} on, found ${closedOn}`);
    const row = { ...before, closedOn, version: before.version + 1 };
    await saveFacilities(tx, [row], nowMs);
    const action = closedOn === null ? 'facility.reopen' : 'facility.close';
    const data = { from: before.closedOn, to: closedOn };
    return { row, ledgerId: await tell(tx, action, row, { actor, atMs: nowMs, opId, data, words: { reason } }) };
  });
}

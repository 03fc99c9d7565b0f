import type { Input } from '#contract/route.ts';
import type { stationRoutes } from '#contract/stations.ts';
import { toIso } from '#kit/clock.ts';
import { AppError } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import { systemScope } from '#server/db/scope.ts';
import { districtOf } from '#server/modules/grids/index.ts';
import { grantsFor, senderOf, type Actor } from '#server/modules/identity/index.ts';
import { once } from '#server/modules/ledger/index.ts';
import { assertSeen, changeAndShow, type Saved } from './change.ts';
import { languageWords } from './dictionary.ts';
import type { StationsParts } from './parts.ts';
import { readDetail } from './queries.ts';
import { tell } from './record.ts';
import { findSpanFault, type Span } from './rules-hours.ts';
import { findTaken, insertStation, saveStation, type StationRow } from './store.ts';
import { readSeason } from './timetables.ts';

type Routes = typeof stationRoutes;

const noHours: Span[][] = Array.from({ length: 8 }, () => []);

/**
 * Opens a station for a unit of kind station that has none; without hours it is shown closed until somebody enters them.
 * @throws AppError not_allowed outside the actor's areas, already_exists, bad_input
 */
export async function createStation(
  parts: StationsParts,
  actor: Actor,
  body: Input<Routes['create']>['body'],
): Promise<Saved> {
  const { opId, code, unitId, openedOn, ...facts } = body;
  const unit = parts.territory.unit(unitId);
  if (unit?.kind !== 'station')
    throw bad(
      'unitId',
      'expected a unit of kind station. The system administrator adds it under Administration, Units',
    );
  assertLanguages(facts.languages);
  const place = placeOf(parts, facts);
  if (grantsFor(actor, 'station.manage', { path: place.path, units: [] }).length === 0)
    throw new AppError(
      'not_allowed',
      'This place lies outside the areas you manage stations of. Choose a place inside.',
    );
  const season = await readSeason(parts);
  const op = { opId, actor: senderOf(actor), route: 'station.create', request: { code, unitId, openedOn, ...facts } };
  return once(parts.database, systemScope, op, async (tx) => {
    const taken = await findTaken(tx, { code, unitId });
    if (taken !== undefined)
      throw new AppError('already_exists', `${taken}: another station has it. Choose another.`, { field: taken });
    const nowMs = parts.clock.now();
    const row: StationRow = {
      id: uuidV7(nowMs),
      code,
      unitId,
      openedOn,
      ...facts,
      ...place,
      hours: noHours,
      holidayHours: false,
      closedOn: null,
      version: 1,
    };
    await insertStation(tx, row, nowMs);
    const ledgerId = await tell(tx, 'station.create', row, {
      actor,
      atMs: nowMs,
      opId,
      data: factsOf(row),
      words: wordsOf(row),
    });
    return { station: await readDetail(parts, tx, { row, actor, season }), at: toIso(nowMs), ledgerId };
  });
}

/** Changes what is written of a station, and where it stands. @throws AppError not_found, version_conflict, bad_input */
export async function editStation(
  parts: StationsParts,
  actor: Actor,
  id: string,
  body: Input<Routes['edit']>['body'],
): Promise<Saved> {
  const { opId, version, ...facts } = body;
  assertLanguages(facts.languages);
  return changeAndShow(
    parts,
    actor,
    { id, word: 'station.manage', verb: 'edit', body },
    async ({ tx, station, nowMs }) => {
      assertSeen(station, version);
      if (facts.closedOn !== null && facts.closedOn < station.openedOn)
        throw bad('closedOn', `expected a day from ${station.openedOn} on, found ${facts.closedOn}`);
      const moved = facts.lon !== station.lon || facts.lat !== station.lat;
      const row = await saveStation(tx, { ...station, ...facts, ...(moved ? placeOf(parts, facts) : {}) });
      const data = { from: factsOf(station), to: factsOf(row) };
      const ledgerId = await tell(tx, 'station.edit', row, { actor, atMs: nowMs, opId, data, words: wordsOf(row) });
      return { row, ledgerId };
    },
  );
}

/** Changes the hours of the week and of holidays. @throws AppError not_found, version_conflict, bad_input naming the day */
export async function setHours(
  parts: StationsParts,
  actor: Actor,
  id: string,
  body: Input<Routes['setHours']>['body'],
): Promise<Saved> {
  const { opId, version, holidayHours } = body;
  for (const [k, spans] of body.hours.entries()) assertSpans(`hours[${k}]`, spans);
  const hours = body.hours.map((spans) => spans.toSorted((a, b) => a[0] - b[0]));
  return changeAndShow(
    parts,
    actor,
    { id, word: 'station.manage', verb: 'hours', body },
    async ({ tx, station, nowMs }) => {
      assertSeen(station, version);
      const row = await saveStation(tx, { ...station, hours, holidayHours });
      const from = { hours: station.hours, holidayHours: station.holidayHours };
      const data = { from, to: { hours, holidayHours } };
      const ledgerId = await tell(tx, 'station.hours', row, { actor, atMs: nowMs, opId, data });
      return { row, ledgerId };
    },
  );
}

/** @throws AppError bad_input when spans are out of range or overlap */
export function assertSpans(field: string, spans: readonly Span[]): void {
  const fault = findSpanFault(spans);
  if (fault !== undefined) throw bad(field, `a span ${fault}`);
}

export function bad(field: string, what: string): AppError {
  return new AppError('bad_input', `${field}: ${what}.`, { field });
}

function assertLanguages(codes: readonly string[]): void {
  const unknown = codes.find((code) => !languageWords().has(code));
  if (unknown !== undefined)
    throw bad('languages', `expected codes of ${[...languageWords().keys()].join(', ')}, found ${unknown}`);
}

function placeOf({ territory }: Pick<StationsParts, 'territory'>, { lon, lat }: { lon: number; lat: number }) {
  const area = territory.locate(lon, lat);
  if (area === undefined) throw bad('lon', `expected a position inside a known area, found ${lon}, ${lat}`);
  return { areaCode: area.code, path: [...area.path], district: districtOf(area.path) };
}

/** Facts for auditors; what people wrote stands beside the line. */
function factsOf({ areaCode, lon, lat, languages, openedOn, closedOn }: StationRow) {
  return { areaCode, lon, lat, languages, openedOn, closedOn };
}

function wordsOf({ name, nameEn, address, addressEn, directions, directionsEn, phone }: StationRow) {
  return { name, nameEn, address, addressEn, directions, directionsEn, phone };
}

/** Puts together a question: who lives where, what there is, what could be, and how long everybody walks. */
import { AppError } from '#kit/errors.ts';
import { degreesFor } from '#kit/geo.ts';
import { dayOf } from '#kit/shanghai-days.ts';
import { systemScope } from '#server/db/scope.ts';
import { weightingOf } from './dictionary.ts';
import type { KnownFacility, PeopleCell, PlanningParts, SparseTimes } from './parts.ts';
import type { SitingData } from './siting-data.ts';
import type { ScenarioRow } from './store-scenario.ts';

/**
 * How far walks are looked for: three times the limit, but at least half an hour, so that "the least walking" and "the
 * farthest" see those beyond the limit too; the engine counts to 6,553 seconds.
 */
const cutoffOf = (limitS: number): number => Math.min(6_500, Math.max(1_800, 3 * limitS));
/** Faster than anybody walks in the plane: no facility beyond can be within the cutoff. */
const fastestMs = 1.6;

/**
 * @throws AppError bad_input when nobody lives there by the population that was imported
 * @throws the reason of `signal`
 */
export async function gather(parts: PlanningParts, scenario: ScenarioRow, signal: AbortSignal): Promise<SitingData> {
  const { facilities, circle, codeVersion } = parts;
  const on = dayOf(parts.clock.now());
  const limitS = scenario.limitMin * 60;
  const cutoffS = cutoffOf(limitS);
  const found = await parts.database.read(systemScope, async (tx) => {
    const cells = await facilities.listCells(tx, { areaCode: scenario.areaCode });
    return { cells, known: await facilities.listFacilities(tx, { classCode: scenario.classCode, on }) };
  });
  const cells = found.cells.toSorted((a, b) => (a.code < b.code ? -1 : 1));
  if (!cells.some(({ people }) => people > 0))
    throw new AppError('bad_input', 'No population is known for this area. Import it under Facilities, Population.');
  const existing = nearby(found.known, cells, cutoffS)
    .filter((one) => counts(parts, one, scenario))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const places = [...existing, ...scenario.candidates];
  const { areaCode, profile } = scenario;
  const times = await circle.timesTo({ areaCode, profile, cutoffS, cells, places }, { signal });
  return {
    goal: scenario.goal,
    choose: scenario.choose,
    budgetYuan: scenario.budgetYuan,
    weighting: weightingOf(scenario.weighting),
    limitS,
    cutoffS,
    cells: columnsOf(cells, nearestOf(times, existing.length, cells.length)),
    candidates: scenario.candidates,
    walks: walksFrom(times, existing.length, scenario.candidates.length),
    existing: existing.map(({ id, name, lon, lat }) => ({ id, name, lon, lat })),
    basis: {
      areaCode,
      classCode: scenario.classCode,
      profile,
      moment: scenario.moment,
      on,
      networkVersion: times.networkVersion,
      offNetwork: scenario.candidates.flatMap(({ key }, j) =>
        times.joined[existing.length + j] === false ? [key] : [],
      ),
      codeVersion,
    },
  };
}

/** Open at the moment asked for; whose hours nobody knows counts, as in the runs of the life circle. */
function counts({ facilities }: PlanningParts, { hours }: KnownFacility, { moment }: ScenarioRow): boolean {
  return moment === null || hours === null || facilities.openAt(hours, moment);
}

function nearby(known: readonly KnownFacility[], cells: readonly PeopleCell[], cutoffS: number): KnownFacility[] {
  const [lons, lats] = [cells.map(({ lon }) => lon), cells.map(({ lat }) => lat)];
  const [west, east, south, north] = [min(lons), max(lons), min(lats), max(lats)];
  const margin = degreesFor(cutoffS * fastestMs, (south + north) / 2);
  return known.filter(
    ({ lon, lat }) =>
      lon >= west - margin.lon && lon <= east + margin.lon && lat >= south - margin.lat && lat <= north + margin.lat,
  );
}

const min = (values: readonly number[]): number => values.reduce((a, b) => Math.min(a, b), Infinity);
const max = (values: readonly number[]): number => values.reduce((a, b) => Math.max(a, b), -Infinity);

/** By cell: deciseconds to the nearest of the first `places` places, −1 where none is within the cutoff. */
export function nearestOf({ first, cell, ds }: SparseTimes, places: number, cells: number): number[] {
  const nearest = Array.from({ length: cells }, () => -1);
  for (let k = 0; k < (first[places] ?? 0); k++) {
    const at = cell[k] as number;
    const now = nearest[at] as number;
    if (now < 0 || (ds[k] as number) < now) nearest[at] = ds[k] as number;
  }
  return nearest;
}

/** The walks to the places from `from` on, numbered from 0. */
function walksFrom({ first, cell, ds }: SparseTimes, from: number, places: number): SitingData['walks'] {
  const start = first[from] ?? 0;
  const end = first[from + places] ?? start;
  return {
    first: Array.from({ length: places + 1 }, (_, j) => (first[from + j] ?? end) - start),
    cell: Array.from({ length: end - start }, (_, k) => cell[start + k] as number),
    ds: Array.from({ length: end - start }, (_, k) => ds[start + k] as number),
  };
}

function columnsOf(cells: readonly PeopleCell[], nearestDs: number[]): SitingData['cells'] {
  return {
    code: cells.map(({ code }) => code),
    areaCode: cells.map(({ areaCode }) => areaCode),
    lon: cells.map(({ lon }) => lon),
    lat: cells.map(({ lat }) => lat),
    people: cells.map(({ people }) => people),
    elders: cells.map(({ elders }) => elders),
    children: cells.map(({ children }) => children),
    nearestDs,
  };
}

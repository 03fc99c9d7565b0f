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
  const { nearestDs, walks } = splitWalks(times, existing.length);
  const aside = new Set(times.asidePlaces);
  return {
    goal: scenario.goal,
    choose: scenario.choose,
    budgetYuan: scenario.budgetYuan,
    weighting: weightingOf(scenario.weighting),
    limitS,
    cutoffS,
    cells: columnsOf(cells, nearestDs),
    candidates: scenario.candidates,
    walks,
    existing: existing.map(({ id, name, lon, lat }) => ({ id, name, lon, lat })),
    basis: {
      areaCode,
      classCode: scenario.classCode,
      profile,
      moment: scenario.moment,
      on,
      networkVersion: times.networkVersion,
      offNetwork: scenario.candidates.flatMap(({ key }, j) => (aside.has(existing.length + j) ? [key] : [])),
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

/** Splits walks to places into the nearest of the first `existing` (−1: none within the cutoff) and those to the others. */
export function splitWalks(
  { first, target, ds }: Pick<SparseTimes, 'first' | 'target' | 'ds'>,
  existing: number,
): { nearestDs: number[]; walks: SitingData['walks'] } {
  const nearestDs: number[] = [];
  const walks: SitingData['walks'] = { first: [0], candidate: [], ds: [] };
  for (let cell = 0; cell + 1 < first.length; cell++) {
    let nearest = -1;
    for (let k = first[cell] as number; k < (first[cell + 1] as number); k++) {
      const [place, at] = [target[k] as number, ds[k] as number];
      if (place >= existing) {
        walks.candidate.push(place - existing);
        walks.ds.push(at);
      } else if (nearest < 0 || at < nearest) nearest = at;
    }
    nearestDs.push(nearest);
    walks.first.push(walks.candidate.length);
  }
  return { nearestDs, walks };
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

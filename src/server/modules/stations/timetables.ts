/** Timetables of stations as they are now: hours, exceptions, holidays, and what running warnings add. */
import { colours } from '#contract/warnings-words.ts';
import type { Tx } from '#server/db/pool.ts';
import type { RunningEffect } from '#server/modules/warnings/index.ts';
import { extensionRules, type ExtensionRule } from './dictionary.ts';
import type { StationsParts } from './parts.ts';
import { dayAfter, dayAt, type Extension, type Timetable } from './rules-hours.ts';
import type { StationRow } from './store.ts';
import { listExceptions, listFacilities, type ExceptionRow, type FacilityRow } from './store-facts.ts';

/** A station with what its hours follow from. */
export interface Timed {
  station: StationRow;
  table: Timetable;
  exceptions: ExceptionRow[];
  facilities: FacilityRow[];
}

/** What holds for every station alike at this moment. */
export interface Season {
  running: readonly RunningEffect[];
  holidays: ReadonlySet<string>;
  offsetMinutes: number;
}

/** Read before the transaction opens: calendar and warnings are others' to tell. */
export async function readSeason({ events, listLongerHours }: StationsParts): Promise<Season> {
  const [{ calendar }, running] = await Promise.all([events.dictionary.get(), listLongerHours()]);
  const holidays = [...calendar.days].flatMap(([day, { kind }]) => (kind === 'rest' ? [day] : []));
  return { running, holidays: new Set(holidays), offsetMinutes: calendar.offsetMinutes };
}

/** Timetables of these stations, in their order; good for moments from yesterday on. */
export async function timeStations(
  tx: Tx,
  stations: readonly StationRow[],
  season: Season,
  nowMs: number,
): Promise<Timed[]> {
  const ids = stations.map(({ id }) => id);
  const exceptions = Map.groupBy(
    await listExceptions(tx, ids, dayAfter(dayAt(nowMs, season), -1)),
    ({ stationId }) => stationId,
  );
  const facilities = Map.groupBy(await listFacilities(tx, ids), ({ stationId }) => stationId);
  return stations.map((station) => {
    const own = { exceptions: exceptions.get(station.id) ?? [], facilities: facilities.get(station.id) ?? [] };
    return { station, ...own, table: tableOf(station, own, season) };
  });
}

function tableOf(
  station: StationRow,
  { exceptions, facilities }: Pick<Timed, 'exceptions' | 'facilities'>,
  { running, holidays, offsetMinutes }: Season,
): Timetable {
  const has = new Set(facilities.flatMap(({ code, state }) => (state === 'there' ? [code] : [])));
  return {
    hours: station.hours,
    holidayHours: station.holidayHours,
    exceptions: exceptions.map(({ createdAt, ...row }) => ({ ...row, createdMs: createdAt.getTime() })),
    extensions: extensionsFor(station.path, has, running),
    isHoliday: (day) => holidays.has(day),
    openedOn: station.openedOn,
    closedOn: station.closedOn,
    offsetMinutes,
  };
}

/** What the warnings running over a station add to its hours, by the rows of db/data/station-extensions.csv. */
export function extensionsFor(
  path: readonly string[],
  has: ReadonlySet<string>,
  running: readonly RunningEffect[],
  rules: readonly ExtensionRule[] = extensionRules(),
): Extension[] {
  return running.flatMap(({ kind, colour, target, areas, onAt, endsAt, headline }) => {
    const reaches = areas.some((code) => path.includes(code)) && (target === '*' || has.has(target));
    if (!reaches || kind === null || colour === null) return [];
    const rule = rules
      .filter((row) => row.kind === kind && gravity(row.leastColour) <= gravity(colour))
      .reduce<ExtensionRule | undefined>(
        (most, row) => (most === undefined || gravity(row.leastColour) > gravity(most.leastColour) ? row : most),
        undefined,
      );
    if (rule === undefined || (rule.needs.length > 0 && !rule.needs.some((code) => has.has(code)))) return [];
    const { openUntil } = rule;
    return [{ warningKind: kind, colour, headline, onMs: onAt.getTime(), endsMs: endsAt.getTime(), openUntil }];
  });
}

/** Higher is graver; `colours` begins with the gravest. */
const gravity = (colour: (typeof colours)[number]): number => -colours.indexOf(colour);

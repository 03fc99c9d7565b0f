/** How a station stands, for the modules above. */
import { systemScope } from '#server/db/scope.ts';
import type { StationsParts } from './parts.ts';
import { absent } from './queries.ts';
import { hoursOn, standingAt, type DayHours, type Opening, type Why } from './rules-hours.ts';
import { findStation } from './store.ts';
import { readSeason, timeStations, type Timed } from './timetables.ts';

export interface OpenAt {
  open: boolean;
  /** Open: when it closes; closed: when it opens next; epoch ms. Null: nothing changes within two weeks. */
  until: number | null;
  why: Why;
  /** Set while a warning keeps it open longer. */
  extended: Opening['extended'];
}

async function readTimed(parts: StationsParts, stationId: string, atMs: number): Promise<Timed> {
  const season = await readSeason(parts);
  return parts.database.read(systemScope, async (tx) => {
    const row = await findStation(tx, systemScope, stationId);
    const [timed] = row === undefined ? [] : await timeStations(tx, [row], season, atMs);
    if (timed === undefined) throw absent();
    return timed;
  });
}

/** @throws AppError not_found */
export async function openAt(parts: StationsParts, stationId: string, atMs: number): Promise<OpenAt> {
  const { table } = await readTimed(parts, stationId, atMs);
  const { open, untilMs, opening, closedFor } = standingAt(table, atMs);
  return {
    open,
    until: untilMs,
    why: closedFor === null ? (opening?.why ?? 'usual') : 'exception',
    extended: open ? (opening?.extended ?? null) : null,
  };
}

/** Hours of several days, in their order. @throws AppError not_found */
export async function hoursOfDay(
  parts: StationsParts,
  stationId: string,
  days: readonly string[],
): Promise<DayHours[]> {
  const first = days.toSorted()[0];
  if (first === undefined) return [];
  const { table } = await readTimed(parts, stationId, Date.parse(`${first}T00:00:00Z`));
  return days.map((day) => hoursOn(table, day));
}

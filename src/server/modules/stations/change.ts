import { toIso } from '#kit/clock.ts';
import { AppError } from '#kit/errors.ts';
import type { Permission } from '#contract/route.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { scopeFor, senderOf, type Actor } from '#server/modules/identity/index.ts';
import { once } from '#server/modules/ledger/index.ts';
import type { Output } from '#contract/route.ts';
import type { stationRoutes } from '#contract/stations.ts';
import type { StationsParts } from './parts.ts';
import { absent, readDetail } from './queries.ts';
import { findStation, type StationRow } from './store.ts';
import { readSeason, type Season } from './timetables.ts';

export type Saved = Output<(typeof stationRoutes)['edit']>;

/** What a change works with: the station, locked, and the moment. */
export interface Change {
  tx: Tx;
  station: StationRow;
  nowMs: number;
  season: Season;
}

/** Who wants to change which station, under which word, by which operation. */
export interface Wish {
  id: string;
  word: Permission;
  verb: string;
  /** The parsed body with its opId. */
  body: { opId: string };
}

/** Runs a change of one station once per opId, with the row locked. @throws AppError not_found when it is not the actor's */
export async function changeStation<T>(
  parts: StationsParts,
  actor: Actor,
  { id, word, verb, body }: Wish,
  work: (change: Change) => Promise<T>,
): Promise<T> {
  const season = await readSeason(parts);
  const { opId, ...request } = body;
  const op = { opId, actor: senderOf(actor), route: `station.${verb}`, request: { id, ...request } };
  return once(parts.database, systemScope, op, async (tx) => {
    const station = await findStation(tx, scopeFor(actor, word), id, true);
    if (station === undefined) throw absent();
    return work({ tx, station, season, nowMs: parts.clock.now() });
  });
}

/** The same, answered with the station as it is afterwards. `work` answers the row and the id of its line. */
export function changeAndShow(
  parts: StationsParts,
  actor: Actor,
  wish: Wish,
  work: (change: Change) => Promise<{ row: StationRow; ledgerId: string }>,
): Promise<Saved> {
  return changeStation(parts, actor, wish, async (change) => {
    const { row, ledgerId } = await work(change);
    const station = await readDetail(parts, change.tx, { row, actor, season: change.season });
    return { station, at: toIso(change.nowMs), ledgerId };
  });
}

/** @throws AppError version_conflict when somebody changed it since it was read */
export function assertSeen(found: { version: number }, seen: number): void {
  if (found.version === seen) return;
  throw new AppError('version_conflict', 'Somebody changed this in the meantime. Load it again and repeat.', {
    expected: seen,
    found: found.version,
  });
}

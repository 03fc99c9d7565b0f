/** What modules that hang on stations ask inside their own transaction; row-level security leaves what its scope shows. */
import { SHANGHAI_OFFSET_MINUTES } from '#engine/worktime/calendar.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope, type Scope } from '#server/db/scope.ts';
import { dayAt } from './rules-hours.ts';
import { findStation, listStationRows, type StationRow } from './store.ts';

const today = (nowMs: number): string => dayAt(nowMs, { offsetMinutes: SHANGHAI_OFFSET_MINUTES });

/** By id or code, given up or not; undefined when there is none. */
export const stationOf = (tx: Tx, idOrCode: string): Promise<StationRow | undefined> =>
  findStation(tx, systemScope, idOrCode);

/** By id or code, unless it has been given up before today; undefined when there is none. `nowMs` is epoch ms. */
export async function stationInUse(tx: Tx, idOrCode: string, nowMs: number): Promise<StationRow | undefined> {
  const row = await stationOf(tx, idOrCode);
  return row === undefined || (row.closedOn !== null && row.closedOn < today(nowMs)) ? undefined : row;
}

/** Every station, given up or not, by code. */
export const allStations = (tx: Tx): Promise<StationRow[]> => listStationRows(tx, systemScope);

/** Those within the scope that have not been given up before today, by code. `nowMs` is epoch ms. */
export const stationsInUse = (tx: Tx, scope: Scope, nowMs: number): Promise<StationRow[]> =>
  listStationRows(tx, scope, { openOn: today(nowMs) });

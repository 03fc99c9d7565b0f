/** Stations as features for maps of others: what anybody may know of them, and no more. */
import { SHANGHAI_OFFSET_MINUTES } from '#engine/worktime/calendar.ts';
import { toIso } from '#kit/clock.ts';
import type { Tx } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scope.ts';
import { scopeFor, type Actor } from '#server/modules/identity/index.ts';
import type { StationsParts } from './parts.ts';
import { absent } from './queries.ts';
import { dayAt, standingAt } from './rules-hours.ts';
import { findStation, listStationRows, type StationRow } from './store.ts';
import { readSeason, timeStations } from './timetables.ts';

export interface StationFeature {
  code: string;
  name: string;
  nameEn: string;
  areaCode: string;
  address: string;
  addressEn: string;
  phone: string;
  /** WGS-84, degrees. */
  lon: number;
  lat: number;
  openNow: boolean;
  /** Open: when it closes; closed: when it opens next; ISO time. Null: nothing changes within two weeks. */
  changesAt: string | null;
  /** Codes of what is there and works, sorted. */
  facilities: string[];
}

export interface StationFeatures {
  /** Stations in use that the actor reaches, by code; `area`: within this area. */
  list(actor: Actor, wish: { area?: string | undefined }): Promise<StationFeature[]>;
  /** @throws AppError not_found, also for a foreign one and one that was given up */
  one(actor: Actor, code: string): Promise<StationFeature>;
}

export function stationFeatures(parts: StationsParts): StationFeatures {
  const { database, clock } = parts;
  const today = (): string => dayAt(clock.now(), { offsetMinutes: SHANGHAI_OFFSET_MINUTES });

  async function read(actor: Actor, find: (tx: Tx, scope: Scope) => Promise<StationRow[]>): Promise<StationFeature[]> {
    const nowMs = clock.now();
    const season = await readSeason(parts);
    const scope = scopeFor(actor, 'station.read');
    return database.read(scope, async (tx) => {
      const timed = await timeStations(tx, await find(tx, scope), season, nowMs);
      return timed.map(({ station, table, facilities }) => {
        const { code, name, nameEn, areaCode, address, addressEn, phone, lon, lat } = station;
        const { open, untilMs } = standingAt(table, nowMs);
        const changesAt = untilMs === null ? null : toIso(untilMs);
        const there = facilities.flatMap((one) => (one.state === 'there' ? [one.code] : [])).toSorted();
        const facts = { code, name, nameEn, areaCode, address, addressEn, phone, lon, lat };
        return { ...facts, openNow: open, changesAt, facilities: there };
      });
    });
  }

  return {
    list: (actor, { area }) => read(actor, (tx, scope) => listStationRows(tx, scope, { area, openOn: today() })),
    async one(actor, code) {
      const [found] = await read(actor, async (tx, scope) => {
        const row = await findStation(tx, scope, code);
        return row === undefined || row.code !== code || (row.closedOn !== null && row.closedOn < today()) ? [] : [row];
      });
      if (found === undefined) throw absent();
      return found;
    },
  };
}

import { sql } from 'kysely';
import type { Database } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { findVersion, listAreas, type MarkedArea } from './store.ts';
import { listUnits } from './store-units.ts';
import { buildMaps, cityOf, reachableUnits, receiverOf, unitsByRole, type TerritoryMaps } from './territory-maps.ts';
import type { Territory } from './territory.ts';

/** The territory of this process, and what the grids module itself needs of it. */
export interface LiveTerritory extends Territory {
  /** The maps as of the last reload; they never change, a reload puts new ones in their place. */
  maps(): TerritoryMaps;
  /**
   * Looks every `intervalMs` whether another process (an import, a second server) changed the territory, and reads it
   * again if so. `onTrouble` is told when the database did not answer; the next round tries again. Returns the stop.
   */
  startRefresh(intervalMs: number, onTrouble?: (error: unknown) => void): () => void;
}

/** Reads the territory into memory. `area` and `unit` also answer retired ones: old events still name them. */
export async function createTerritory(database: Database): Promise<LiveTerritory> {
  let marked: ReadonlyMap<string, MarkedArea> = new Map();
  let maps = await readMaps(undefined);
  let reading: Promise<void> | undefined;
  let again: Promise<void> | undefined;

  /** One snapshot for version, areas and units, so that they belong together. */
  function readMaps(before: TerritoryMaps | undefined): Promise<TerritoryMaps> {
    return database.read(systemScope, async (tx) => {
      await sql`set transaction isolation level repeatable read`.execute(tx.db);
      const version = await findVersion(tx);
      marked = await listAreas(tx, marked);
      const areas = Array.from(marked.values(), ({ area }) => area);
      return buildMaps(version, areas, await listUnits(tx), before);
    });
  }

  async function read(): Promise<void> {
    maps = await readMaps(maps);
  }

  /** Whoever asks while a read is under way gets one that began after the asking. */
  function reload(): Promise<void> {
    if (reading === undefined) {
      reading = read().finally(() => {
        reading = undefined;
      });
      return reading;
    }
    again ??= reading
      .catch(() => undefined)
      .then(() => {
        again = undefined;
        return reload();
      });
    return again;
  }

  async function refresh(): Promise<void> {
    const version = await database.read(systemScope, findVersion);
    if (version !== maps.version) await reload();
  }

  return {
    locate(lon, lat) {
      return maps.shaped[maps.index.locate(lon, lat)];
    },
    area: (code) => maps.areas.get(code),
    city: () => cityOf(maps),
    children: (code) => maps.childrenOf.get(code) ?? [],
    unit: (id) => maps.units.get(id),
    receiverOf: (code) => receiverOf(maps, code),
    unitsByRole: (role, path) => unitsByRole(maps, role, path),
    reachableUnits: (from, path) => reachableUnits(maps, from, path),
    reload,
    maps: () => maps,
    startRefresh(intervalMs, onTrouble = () => undefined) {
      let stopped = false;
      let timer: NodeJS.Timeout;
      async function round(): Promise<void> {
        await refresh().catch(onTrouble);
        if (!stopped) timer = setTimeout(() => void round(), intervalMs).unref();
      }
      timer = setTimeout(() => void round(), intervalMs).unref();
      return () => {
        stopped = true;
        clearTimeout(timer);
      };
    },
  };
}

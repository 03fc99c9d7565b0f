import type { Database, Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { ledgerActor, type Actor } from '#server/modules/identity/index.ts';
import { append } from '#server/modules/ledger/index.ts';
import { allStations, stationOf, type StationRow } from '#server/modules/stations/index.ts';

/** What is needed of a station to write about it. */
export interface Place {
  stationId: string;
  unitId: string;
  path: readonly string[];
  district: string;
  name: string;
}

/** A station by id, whoever asks: for what the program does itself. */
export async function placeOf(tx: Tx, stationId: string): Promise<Place | undefined> {
  const station = await stationOf(tx, stationId);
  return station && toPlace(station);
}

export const toPlace = ({ id, unitId, path, district, name }: StationRow): Place => ({
  stationId: id,
  unitId,
  path,
  district,
  name,
});

/** Names of all stations by id: they stand on their doors, whoever may see what they hold. */
export async function stationNames(database: Database): Promise<ReadonlyMap<string, string>> {
  const rows = await database.read(systemScope, allStations);
  return new Map(rows.map(({ id, name }) => [id, name]));
}

export interface SupplyLine {
  actor: Actor;
  action: string;
  place: Place;
  nowMs: number;
  /** Null: the stock of the station. */
  subject?: { type: string; id: string };
  data?: Record<string, unknown>;
  opId?: string | null;
}

/** A line told to the station and to its street: codes and numbers, never whom anything was given to. */
export function note(tx: Tx, line: SupplyLine): Promise<string> {
  const { place } = line;
  const street = place.path.find((code) => code.length === 9);
  return append(tx, {
    actor: ledgerActor(line.actor),
    action: line.action,
    subject: line.subject ?? { type: 'supply', id: place.stationId },
    district: place.district,
    atMs: line.nowMs,
    data: { stationId: place.stationId, ...line.data },
    audience: [`u:${place.unitId}`, ...(street === undefined ? [] : [`a:${street}`])],
    opId: line.opId ?? null,
  });
}

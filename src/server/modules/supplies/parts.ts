import type { Permission } from '#contract/route.ts';
import type { Clock } from '#kit/clock.ts';
import { toIso } from '#kit/clock.ts';
import { AppError } from '#kit/errors.ts';
import type { Database, Tx } from '#server/db/pool.ts';
import { systemScope, type Scope } from '#server/db/scope.ts';
import { grantsFor, scopeFor, senderOf, type Actor } from '#server/modules/identity/index.ts';
import { once } from '#server/modules/ledger/index.ts';
import { stationOf, stationsInUse } from '#server/modules/stations/index.ts';
import type { Vault } from '#server/vault/vault.ts';
import { note, toPlace, type Place, type SupplyLine } from './note.ts';

export interface SuppliesParts {
  database: Database;
  vault: Vault;
  clock: Clock;
}

/** Table and column: a sealed value opens only where it was put. */
export const sealedAt = { phone: 'loan.phone', donor: 'supply_receipt.donor' } as const;

/** One command inside its transaction, at the station it is about. */
export interface Work {
  tx: Tx;
  actor: Actor;
  place: Place;
  nowMs: number;
  opId: string;
}

export interface Recorded {
  at: string;
  ledgerId: string;
}

const noStation = (): AppError => new AppError('not_found', 'There is no such station, or it is not yours to see.');

/** A station by id or code, as far as the actor holds the word there. @throws AppError not_found */
export async function stationFor(tx: Tx, actor: Actor, idOrCode: string, word: Permission): Promise<Place> {
  const station = await stationOf(tx, idOrCode);
  if (station === undefined || !reaches(actor, word, station)) throw noStation();
  return toPlace(station);
}

export function reaches(actor: Actor, word: Permission, { path, unitId }: Pick<Place, 'path' | 'unitId'>): boolean {
  return actor.kind === 'system' || grantsFor(actor, word, { path, units: [unitId] }).length > 0;
}

/** A station as lists show it. */
export type Site = Place & { code: string; nameEn: string };

/** Stations in use that the actor holds the word at, by code. */
export async function stationsFor(tx: Tx, actor: Actor, word: Permission, nowMs: number): Promise<Site[]> {
  const rows = await stationsInUse(tx, scopeFor(actor, word), nowMs);
  return rows.map((row) => ({ ...toPlace(row), code: row.code, nameEn: row.nameEn }));
}

export interface Command {
  route: string;
  word: Permission;
  stationId: string;
  body: { opId: string };
  params?: object;
  /** 'district': it also touches another station than the actor's own; its handler names which. */
  touches?: 'own' | 'district';
}

/** The road of every command at a station: once per opId, in one transaction. @throws AppError not_found */
export function run<T>(
  parts: SuppliesParts,
  actor: Actor,
  command: Command,
  work: (work: Work) => Promise<T>,
): Promise<T> {
  const { route, word, stationId, body, params, touches = 'own' } = command;
  const op = { opId: body.opId, actor: senderOf(actor), route, request: { stationId, ...params, ...body } };
  const scope: Scope = touches === 'own' ? scopeFor(actor, word) : systemScope;
  return once(parts.database, scope, op, async (tx) => {
    const place = await stationFor(tx, actor, stationId, word);
    return work({ tx, actor, place, nowMs: parts.clock.now(), opId: body.opId });
  });
}

/** The line of a command. */
export async function record(
  work: Work,
  line: Omit<SupplyLine, 'actor' | 'place' | 'nowMs' | 'opId'>,
): Promise<Recorded> {
  const { tx, actor, place, nowMs, opId } = work;
  const ledgerId = await note(tx, { ...line, actor, place, nowMs, opId });
  return { at: toIso(nowMs), ledgerId };
}

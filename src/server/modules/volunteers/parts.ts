import type { Permission } from '#contract/route.ts';
import type { Clock } from '#kit/clock.ts';
import { AppError } from '#kit/errors.ts';
import type { Database, Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { districtOf, type LiveTerritory } from '#server/modules/grids/index.ts';
import { grantsFor, ledgerActor, senderOf, type Actor } from '#server/modules/identity/index.ts';
import { append, once, type LedgerActor } from '#server/modules/ledger/index.ts';
import { stationInUse, stationOf, type StationRow } from '#server/modules/stations/index.ts';
import { digestSecret, type Vault } from '#server/vault/vault.ts';
import type { VolunteerWords } from './dictionary.ts';
import type { Span } from './rules.ts';

export interface VolunteersParts {
  database: Database;
  territory: LiveTerritory;
  vault: Vault;
  clock: Clock;
  words: VolunteerWords;
  /** Given by wire from stations: when it is open on each of these days, in their order; minutes after midnight. */
  hoursOn: (stationId: string, days: readonly string[]) => Promise<readonly (readonly Span[])[]>;
  /** Given by wire from the settings of notices: the telephone of an account, null when not told. */
  phoneOf: (accountId: string) => Promise<string | null>;
  /** Origin of this installation, for the code on a certificate; without a slash at its end. */
  publicUrl: string;
}

export interface Recorded {
  at: string;
  ledgerId: string;
}

/** One command inside its transaction. */
export interface Work {
  tx: Tx;
  by: LedgerActor;
  nowMs: number;
  opId: string;
}

/** Table and column: a sealed value opens only where it was put. */
export const sealedAt = {
  name: 'volunteer.name',
  phone: 'volunteer.phone',
  body: 'volunteer_certificate.body',
  said: 'hours_request.said',
  answer: 'hours_request.answer',
  purpose: 'volunteer_export.purpose',
} as const;

/**
 * The road of every command of staff: once per opId. What the actor may touch is asked of each station before anything is
 * done (`reachStation`); the transaction itself sees all, because one person's places may lie at several stations.
 */
export function run<T>(
  parts: VolunteersParts,
  actor: Actor,
  command: { route: string; body: { opId: string }; params?: object },
  work: (work: Work) => Promise<T>,
): Promise<T> {
  const { route, body, params } = command;
  const op = { opId: body.opId, actor: senderOf(actor), route, request: { ...params, ...body } };
  return once(parts.database, systemScope, op, (tx) =>
    work({ tx, by: ledgerActor(actor), nowMs: parts.clock.now(), opId: body.opId }),
  );
}

/** The same behind a link: `key` is the secret, or what a stranger sends from; only its digest is kept. */
export function runLinked<T>(
  parts: VolunteersParts,
  key: string,
  command: { route: string; body: { opId: string }; params?: object },
  work: (work: Work) => Promise<T>,
): Promise<T> {
  const actor = digestSecret(key).toString('hex').slice(0, 32);
  const { route, body, params } = command;
  const op = { opId: body.opId, actor, route, request: { ...params, ...body } };
  const by = { kind: 'link', accountId: null } as const;
  return once(parts.database, systemScope, op, (tx) => work({ tx, by, nowMs: parts.clock.now(), opId: body.opId }));
}

/** Where a row lies: whose unit holds it, and in which areas. */
export interface Held {
  unitId: string;
  path: readonly string[];
}

export interface LineWish {
  action: string;
  subject: { type: string; id: string };
  held: Held;
  data?: Record<string, unknown>;
  words?: Record<string, unknown>;
}

/** A line told to the unit of the station. */
export async function note(work: Work, { action, subject, held, data = {}, words = {} }: LineWish): Promise<Recorded> {
  const ledgerId = await append(work.tx, {
    actor: work.by.kind === 'link' ? { ...work.by, unitId: held.unitId } : work.by,
    action,
    subject,
    district: districtOf(held.path),
    atMs: work.nowMs,
    data,
    words,
    audience: [`u:${held.unitId}`],
    opId: work.opId,
  });
  return { at: new Date(work.nowMs).toISOString(), ledgerId };
}

/** May the actor do this at what the unit holds or what lies there? */
export function reaches(actor: Actor, word: Permission, held: Held): boolean {
  return actor.kind === 'system' || grantsFor(actor, word, { path: held.path, units: [held.unitId] }).length > 0;
}

const noStation = (): AppError =>
  new AppError('not_found', 'There is no such station, or it is not yours to see. Choose one from the list.');

/** Given up or not. @throws AppError not_found for a station that is absent or out of the actor's reach */
export async function reachStation(tx: Tx, actor: Actor, id: string, word: Permission): Promise<StationRow> {
  const station = await stationOf(tx, id);
  if (station === undefined || !reaches(actor, word, station)) throw noStation();
  return station;
}

/** The same, for what is to come: only one in use. @throws AppError not_found */
export async function reachInUse(
  { tx, nowMs }: Pick<Work, 'tx' | 'nowMs'>,
  actor: Actor,
  id: string,
  word: Permission,
): Promise<StationRow> {
  const station = await stationInUse(tx, id, nowMs);
  if (station === undefined || !reaches(actor, word, station)) throw noStation();
  return station;
}

/** One in use, for everybody. @throws AppError not_found */
export async function publicStation(tx: Tx, code: string, nowMs: number): Promise<StationRow> {
  const station = await stationInUse(tx, code, nowMs);
  if (station === undefined) throw noStation();
  return station;
}

/** The account of whoever acts: only a person confirms, enters and certifies. @throws AppError not_allowed */
export function personOf(actor: Actor): string {
  if (actor.accountId !== null && actor.kind === 'account') return actor.accountId;
  throw new AppError('not_allowed', 'Only a person signed in may do this: whoever records it answers for it.');
}

/** @throws AppError version_conflict */
export function assertVersion(row: { version: number }, expected: number): void {
  if (row.version !== expected)
    throw new AppError(
      'version_conflict',
      `Expected version ${expected}, found ${row.version}: somebody changed this. Reload and look again.`,
    );
}

/** @throws AppError bad_input */
export function assertPost({ words }: VolunteersParts, post: string): void {
  if (!words.posts.has(post))
    throw new AppError('bad_input', `post: expected a post of the list, found "${post}". GET /api/volunteers/words.`, {
      field: 'post',
    });
}

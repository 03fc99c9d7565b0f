import type { Permission } from '#contract/route.ts';
import { toIso, type Clock } from '#kit/clock.ts';
import { AppError } from '#kit/errors.ts';
import type { Database, Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import type { LiveTerritory } from '#server/modules/grids/index.ts';
import { grantsFor, ledgerActor, senderOf, type Actor } from '#server/modules/identity/index.ts';
import { append, maskOpId, once } from '#server/modules/ledger/index.ts';
import type { NeedWords } from './dictionary.ts';
import { findNeed, type NeedRow } from './store.ts';

export interface NeedsParts {
  database: Database;
  territory: LiveTerritory;
  clock: Clock;
  words: NeedWords;
  names: (tx: Tx, ids: readonly string[]) => Promise<ReadonlyMap<string, string>>;
}

/** One command inside its transaction. */
export interface Work {
  tx: Tx;
  actor: Actor;
  nowMs: number;
  opId: string | null;
}

export interface Recorded {
  at: string;
  ledgerId: string;
}

/** The road of every command: once per opId. What the actor may touch is asked of the row that was locked. */
export function run<T>(
  { database, clock }: Pick<NeedsParts, 'database' | 'clock'>,
  actor: Actor,
  command: { route: string; opId: string; request: unknown },
  work: (work: Work & { opId: string }) => Promise<T>,
): Promise<T> {
  const { route, opId, request } = command;
  return once(database, systemScope, { opId, actor: senderOf(actor), route, request }, (tx) =>
    work({ tx, actor, nowMs: clock.now(), opId }),
  );
}

/** A line about a need, told to every area its voices lie in. What people wrote stands beside it, never in it. */
export async function note(
  { tx, actor, nowMs, opId }: Work,
  need: Pick<NeedRow, 'id' | 'path' | 'district'>,
  line: { action: string; data: Record<string, unknown>; words?: Record<string, unknown> },
): Promise<Recorded> {
  const ledgerId = await append(tx, {
    actor: ledgerActor(actor),
    subject: { type: 'need', id: need.id },
    district: need.district,
    atMs: nowMs,
    audience: need.path.map((code) => `a:${code}`),
    opId: opId === null || actor.kind !== 'anonymous' ? opId : maskOpId(opId),
    ...line,
  });
  return { at: toIso(nowMs), ledgerId };
}

export const absent = (): AppError =>
  new AppError('not_found', 'There is no such need, or it is not yours to see. Look it up in the list of needs.');

/** The need, locked, when the actor may do this there. @throws AppError not_found */
export async function lockOwn(tx: Tx, actor: Actor, id: string, word: Permission): Promise<NeedRow> {
  const need = await findNeed(tx, id, 'lock');
  if (need === undefined || !holdsNeed(actor, word, need)) throw absent();
  return need;
}

export function holdsNeed(actor: Actor, word: Permission, { path }: Pick<NeedRow, 'path'>): boolean {
  return grantsFor(actor, word, { path, units: [] }).length > 0;
}

/** @throws AppError version_conflict when somebody changed it since it was read */
export function assertSeen({ version }: Pick<NeedRow, 'version'>, seen: number): void {
  if (version === seen) return;
  throw new AppError('version_conflict', 'Somebody changed this need in the meantime. Load it again and repeat.', {
    expected: seen,
    found: version,
  });
}

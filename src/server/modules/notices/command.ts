import { AppError } from '#kit/errors.ts';
import { toIso } from '#kit/clock.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope, type Scope } from '#server/db/scope.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { once, type LedgerActor } from '#server/modules/ledger/index.ts';
import type { Kit } from './kit.ts';

/** What every command of this module works with. */
export interface Work {
  kit: Kit;
  tx: Tx;
  actor: LedgerActor;
  accountId: string;
  opId: string;
}

/** Runs a command once per opId and adds when it was done. The route's permission word was checked at the door. */
export async function command<T extends object>(
  kit: Kit,
  actor: Actor,
  op: { route: string; opId: string; request: unknown; scope?: Scope },
  work: (work: Work) => Promise<T>,
): Promise<T & { at: string }> {
  const accountId = ownAccount(actor);
  const scope = op.scope ?? systemScope;
  const request = { opId: op.opId, actor: accountId, route: op.route, request: op.request };
  return once(kit.database, scope, request, async (tx) => {
    const ledgerActor: LedgerActor = { kind: actor.kind === 'token' ? 'token' : 'account', accountId };
    const done = await work({ kit, tx, actor: ledgerActor, accountId, opId: op.opId });
    return { ...done, at: toIso(kit.clock.now()) };
  });
}

/** @throws AppError not_signed_in */
export function ownAccount(actor: Actor): string {
  if (actor.accountId === null) throw new AppError('not_signed_in', 'Sign in first.');
  return actor.accountId;
}

/** What a person may see and change of their own. */
export function ownScope(actor: Actor): Scope {
  return { seeAll: false, areas: [], units: [], accountId: ownAccount(actor) };
}

/** @throws AppError version_conflict */
export function changed(done: boolean): void {
  if (!done) throw new AppError('version_conflict', 'Somebody changed this in the meantime. Reload it and try again.');
}

/** @throws AppError bad_input when there is no such area */
export function assertArea(kit: Pick<Kit, 'territory'>, code: string | null): void {
  if (code !== null && kit.territory.area(code) === undefined)
    throw new AppError('bad_input', `areaCode: there is no area ${code}. Choose one from the tree.`, {
      field: 'areaCode',
    });
}

/** The guarded way out said no: its own sentence helps the administrator. */
export function asAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const why = error instanceof Error ? error.message : 'It was refused.';
  return new AppError('bad_input', `url: ${why}`, { field: 'url' });
}

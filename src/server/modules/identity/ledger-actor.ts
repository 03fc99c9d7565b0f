import type { LedgerActor } from '#server/modules/ledger/index.ts';
import type { Actor } from './rules.ts';

/** How the ledger names whoever acts, for the unit it is done for. Anonymous callers are residents, and act for none. */
export function ledgerActorOf(actor: Actor, unitId: string | null = null): LedgerActor {
  if (actor.kind === 'anonymous') return { kind: 'resident', accountId: null, unitId: null };
  return { kind: actor.kind, accountId: actor.accountId, unitId };
}

/** The same where no appointment was asked for: by the first one. */
export function ledgerActor(actor: Actor): LedgerActor {
  return ledgerActorOf(actor, actor.grants[0]?.unitId ?? null);
}

import type { Tx } from '#server/db/pool.ts';
import { grantsFor, type Actor } from '#server/modules/identity/index.ts';
import type { FacilitiesParts } from './parts.ts';

/** Names of accounts, for an actor who may see people on this path; nothing for others. */
export async function namesFor(
  names: FacilitiesParts['names'],
  tx: Tx,
  actor: Actor,
  { path, accountIds }: { path: readonly string[]; accountIds: readonly string[] },
): Promise<ReadonlyMap<string, string>> {
  const sees = actor.kind === 'system' || grantsFor(actor, 'people.read', { path, units: [] }).length > 0;
  return sees ? names(tx, [...new Set(accountIds)]) : new Map();
}

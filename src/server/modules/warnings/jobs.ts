import { systemScope } from '#server/db/scope.ts';
import type { WarningsParts } from './parts.ts';
import { settleChain } from './settle.ts';
import { listDue, lockWarnings } from './store.ts';

/** Begins and ends warnings whose time has come; returns how many were looked at. Safe to run in every process. */
export function settleDue(parts: WarningsParts): Promise<number> {
  return parts.database.inTx(systemScope, async (tx) => {
    const atMs = parts.clock.now();
    if ((await listDue(tx, new Date(atMs))).length === 0) return 0;
    await lockWarnings(tx);
    const due = await listDue(tx, new Date(atMs)); // another process may have done it while we waited
    for (const id of due) await settleChain(parts, tx, id, atMs);
    return due.length;
  });
}

import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import type { LedgerNews } from '#server/modules/ledger/index.ts';
import type { AnalyticsParts } from './parts.ts';
import { holdAll, lockCursor, moveCursor, readCursor } from './store-cursor.ts';
import { countEvents, forgetFacts, idsOfCategory, idsOfOpen, tellFacts } from './store-facts.ts';
import { dropEmpty, moveRollups, rollUp } from './store-rollups.ts';

const pageLines = 1000;
/** Facts told in one statement while following. */
const batch = 2000;

type Kit = Pick<AnalyticsParts, 'database' | 'clock' | 'tenant' | 'ledger'>;

/**
 * Reads the ledger on from the cursor and tells the facts of every event it speaks of again; rollups move by the
 * difference and the cursor with them, all in one transaction: killed at any moment, nothing is counted twice or not at
 * all. One process at a time. The first time everything is told from the start. Returns how many lines were read.
 */
export async function refresh(kit: Kit): Promise<number> {
  let read = 0;
  for (;;) {
    const lines = await refreshOnce(kit);
    read += lines;
    if (lines < pageLines) return read;
  }
}

async function refreshOnce(kit: Kit): Promise<number> {
  const found = await kit.database.inTx(systemScope, async (tx) => {
    const cursor = await lockCursor(tx, kit.tenant);
    if (cursor === undefined || cursor.seq < 0) return cursor === undefined ? 'none' : 'empty';
    // Numbered lines are committed and their order has no gap: nothing can appear later below the cursor.
    const lines = await kit.ledger.readSince(cursor.seq, pageLines);
    const last = lines.at(-1);
    if (last === undefined) return 0;
    await retell(tx, await idsIn(tx, lines));
    await moveCursor(tx, kit.tenant, last.seq, kit.clock.now());
    return lines.length;
  });
  if (typeof found === 'number') return found;
  // No cursor, or one that was never moved: another process may just be at it, then there is nothing to do here.
  if (found === 'none' && (await kit.database.read(systemScope, (tx) => hasCursor(tx, kit.tenant)))) return 0;
  await tellAll(kit, false);
  return 0;
}

/** From so many events or unread lines on, telling them takes longer than the start of the program may wait. */
const long = 20_000;

/** Whether `refresh` would be at it for long: much is new since the program last ran, or nothing was told yet of much. */
export async function tellsLong({ database, tenant, ledger }: Kit): Promise<boolean> {
  return database.read(systemScope, async (tx) => {
    const cursor = await readCursor(tx, tenant);
    if (cursor !== undefined && cursor.seq >= 0) return (await ledger.lastSeq()) - cursor.seq > long;
    return (await countEvents(tx, long + 1)) > long;
  });
}

async function hasCursor(tx: Tx, tenant: string): Promise<boolean> {
  const row = await tx.db.selectFrom('analytics_cursor').select('seq').where('tenant', '=', tenant).executeTakeFirst();
  return row !== undefined;
}

async function idsIn(tx: Tx, lines: readonly LedgerNews[]): Promise<string[]> {
  const ids = new Set(lines.flatMap((line) => (line.subjectType === 'event' ? [line.subjectId] : [])));
  for (const { action, subjectId } of lines) {
    if (action === 'library.save_category') for (const id of await idsOfCategory(tx, subjectId)) ids.add(id);
    // Another calendar moves the limits that run.
    if (action === 'calendar.save') for (const id of await idsOfOpen(tx)) ids.add(id);
  }
  return [...ids].toSorted();
}

async function retell(tx: Tx, ids: readonly string[]): Promise<void> {
  for (let at = 0; at < ids.length; at += batch) {
    const some = ids.slice(at, at + batch);
    await moveRollups(tx, some, -1);
    await tellFacts(tx, some);
    await moveRollups(tx, some, 1);
  }
  if (ids.length > 0) await dropEmpty(tx);
}

/**
 * Forgets everything derived and tells it again from the record. Following goes on from the place in the ledger that was
 * reached before telling began: lines that came meanwhile are told once more, which changes nothing. Returns the number
 * of facts.
 */
export async function rebuild(kit: Kit): Promise<number> {
  return tellAll(kit, true);
}

/** @param again also when another process told it all while this one waited */
async function tellAll(kit: Kit, again: boolean): Promise<number> {
  return kit.database.inTx(systemScope, async (tx) => {
    const reached = await holdAll(tx, kit.tenant);
    if (!again && reached >= 0) return 0;
    const seq = await kit.ledger.lastSeq();
    await forgetFacts(tx);
    const told = await tellFacts(tx, undefined);
    await rollUp(tx);
    await moveCursor(tx, kit.tenant, seq, kit.clock.now());
    return told;
  });
}

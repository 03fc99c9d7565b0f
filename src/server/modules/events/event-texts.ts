import type { Tx } from '#server/db/pool.ts';
import { scopeOf, type Actor } from '#server/modules/identity/index.ts';
import { ruleOf, toFacts, type Kit } from './act.ts';
import { mergeMany, type BulkResult } from './commands-bulk.ts';
import { allowedVerbs } from './rules.ts';
import { eventColumns, findCase, toEventRow } from './store-case.ts';
import {
  decisionsOf,
  listDecided,
  listPlaceNames,
  listRecentTexts,
  listTexts,
  textsOf,
  type EventDecision,
  type EventText,
} from './store-texts.ts';
import { toQueueRow, toRowView, type EventRowView } from './views.ts';

/** What a module that reads what people write may ask. Every read keeps to the transaction's scope. */
export interface EventTexts {
  /** All events in the order of their ids, after the one named. */
  after(tx: Tx, wish: { afterId: string; limit: number }): Promise<EventText[]>;
  of(tx: Tx, ids: readonly string[]): Promise<EventText[]>;
  /** Of one district since a moment, oldest first; declined, cancelled and merged ones are left out. */
  recent(tx: Tx, wish: { district: string; sinceMs: number; limit: number }): Promise<EventText[]>;
  /** Filed ones with the unit that led, newest first. */
  decided(tx: Tx, wish: { sinceMs: number; limit: number }): Promise<(EventText & { leadUnitId: string | null })[]>;
  decisions(tx: Tx, ids: readonly string[]): Promise<EventDecision[]>;
  placeNames(tx: Tx): Promise<{ name: string; areaCode: string | null; lon: number; lat: number }[]>;
  /** Rows of the queue, as the actor sees them, in the order asked; what they may not see is left out. */
  rows(actor: Actor, ids: readonly string[]): Promise<EventRowView[]>;
  /** Those of these that the actor may merge into another now, by the law of merging. */
  mergeable(actor: Actor, ids: readonly string[]): Promise<string[]>;
  /** Merges each into one, each by the law of merging, with its own line; every one succeeds or fails alone. */
  merge(
    actor: Actor,
    wish: { intoId: string; items: readonly { id: string; opId: string }[]; reason: string },
  ): Promise<BulkResult>;
}

export function eventTexts(kit: Kit): EventTexts {
  return {
    after: listTexts,
    of: textsOf,
    recent: listRecentTexts,
    decided: listDecided,
    decisions: decisionsOf,
    placeNames: listPlaceNames,
    rows: (actor, ids) => rowsOf(kit, actor, ids),
    mergeable: (actor, ids) => mergeableOf(kit, actor, ids),
    merge: (actor, wish) => mergeMany(kit, actor, wish),
  };
}

async function rowsOf(kit: Kit, actor: Actor, ids: readonly string[]): Promise<EventRowView[]> {
  if (ids.length === 0) return [];
  const found = await kit.database.read(scopeOf(actor), (tx) =>
    tx.db
      .selectFrom('event')
      .select(eventColumns)
      .where('id', 'in', [...ids])
      .execute(),
  );
  const byId = new Map(found.map((row) => [row.id, toRowView(kit.territory, toQueueRow(toEventRow(row), []))]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

async function mergeableOf(kit: Kit, actor: Actor, ids: readonly string[]): Promise<string[]> {
  const library = await kit.dictionary.get();
  const nowMs = kit.clock.now();
  const cases = await kit.database.read(scopeOf(actor), (tx) => Promise.all(ids.map((id) => findCase(tx, id))));
  const judged = cases.map(async (rows) => {
    if (rows === undefined) return [];
    const facts = toFacts(rows, await ruleOf(kit, library, rows.event));
    const allowed = allowedVerbs(facts, { actor, nowMs }, (unitId) => kit.territory.unit(unitId));
    return allowed.some(({ verb }) => verb === 'merge') ? [rows.event.id] : [];
  });
  return (await Promise.all(judged)).flat();
}

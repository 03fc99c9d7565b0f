import { toIso } from '#kit/clock.ts';
import type { AppError } from '#kit/errors.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope, type Scope } from '#server/db/scope.ts';
import { scopeFor, senderOf, type Actor } from '#server/modules/identity/index.ts';
import { once } from '#server/modules/ledger/index.ts';
import type { FacilitiesParts } from './parts.ts';
import { assertSeen } from './place.ts';

export interface Work<R> {
  tx: Tx;
  row: R;
  nowMs: number;
}

/** A kind of row that is changed one at a time; `view` is its answer's own part. */
interface Kind<R, V> {
  /** As actions and routes name it. */
  name: 'facility' | 'idle_resource';
  find: (tx: Tx, scope: Scope, id: string, lock: boolean) => Promise<R | undefined>;
  none: () => AppError;
  view: (parts: FacilitiesParts, actor: Actor, work: Work<R>) => V | Promise<V>;
}

interface Wish {
  id: string;
  verb: string;
  /** Without `version` the change does not depend on what was read before. */
  body: { opId: string; version?: number };
}

/**
 * Runs a change of one row the actor keeps, locked, once per opId.
 * @throws AppError not_found, version_conflict
 */
export function changeRow<R extends { version: number }, V>(
  kind: Kind<R, V>,
  { parts, actor }: { parts: FacilitiesParts; actor: Actor },
  { id, verb, body }: Wish,
  work: (work: Work<R>) => Promise<{ row: R; ledgerId: string }>,
): Promise<V & { at: string; ledgerId: string }> {
  const { opId, ...request } = body;
  const op = { opId, actor: senderOf(actor), route: `${kind.name}.${verb}`, request: { id, ...request } };
  return once(parts.database, systemScope, op, async (tx) => {
    const row = await kind.find(tx, scopeFor(actor, 'facility.edit'), id, true);
    if (row === undefined) throw kind.none();
    if (body.version !== undefined) assertSeen(row, body.version);
    const nowMs = parts.clock.now();
    const done = await work({ tx, row, nowMs });
    const view = await kind.view(parts, actor, { tx, row: done.row, nowMs });
    return { ...view, at: toIso(nowMs), ledgerId: done.ledgerId };
  });
}

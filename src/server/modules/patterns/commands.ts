import type { patternRoutes } from '#contract/patterns.ts';
import type { Input, Output } from '#contract/route.ts';
import { toIso } from '#kit/clock.ts';
import { AppError } from '#kit/errors.ts';
import { addDays, dayOf } from '#kit/shanghai-days.ts';
import { scopeFor, senderOf, type Actor } from '#server/modules/identity/index.ts';
import { once } from '#server/modules/ledger/index.ts';
import { tellAnomaly } from './nightly.ts';
import type { PatternParts } from './parts.ts';
import { mayThere } from './place.ts';
import { noAnomaly, viewOf } from './read-anomalies.ts';
import { findAnomaly, saveState, type AnomalyRow } from './store-anomaly.ts';

type Acknowledge = (typeof patternRoutes)['acknowledge'];

/**
 * Answers an anomaly with a reason; the same may be kept quiet for some days from the day it happened.
 * @throws AppError not_found, not_allowed, version_conflict, in_use once it is answered or put away
 */
export async function acknowledge(
  parts: PatternParts,
  actor: Actor,
  id: string,
  body: Input<Acknowledge>['body'],
): Promise<Output<Acknowledge>> {
  const scope = scopeFor(actor, 'analytics.edit');
  const op = { opId: body.opId, actor: senderOf(actor), route: 'patterns.acknowledge', request: { id, ...body } };
  return once(parts.database, scope, op, async (tx) => {
    const nowMs = parts.clock.now();
    const row = await findAnomaly(tx, id, true);
    if (row === undefined) throw noAnomaly();
    assertOpen(row, actor, body.version);
    const { answer, reason, quietDays } = body;
    const from = row.day > dayOf(nowMs) ? row.day : dayOf(nowMs);
    const quietUntil = quietDays === 0 ? null : addDays(from, quietDays);
    const answered = { answer, reason, quietUntil, answeredBy: actor.accountId, answeredAt: new Date(nowMs) };
    const next: AnomalyRow = { ...row, ...answered, state: 'acknowledged' };
    await saveState(tx, next);
    const data = { answer, quietUntil };
    const ledgerId = await tellAnomaly(tx, next, 'anomaly.acknowledge', nowMs, {
      actor,
      opId: body.opId,
      data,
      words: { reason },
    });
    return {
      at: toIso(nowMs),
      ledgerId,
      anomaly: await viewOf(parts, tx, actor, { ...next, version: row.version + 1 }),
    };
  });
}

function assertOpen(row: AnomalyRow, actor: Actor, version: number): void {
  if (!mayThere(actor, 'analytics.edit', row.path)) throw noAnomaly();
  if (row.version !== version)
    throw new AppError(
      'version_conflict',
      `version: expected ${row.version}, found ${version}. Read the anomaly again.`,
      { version: row.version },
    );
  if (row.state !== 'open')
    throw new AppError('in_use', 'This anomaly was answered or put away already. Read it again to see by whom.', {
      state: row.state,
    });
}

import { systemScope } from '#server/db/scope.ts';
import type { EventDecision } from '#server/modules/events/index.ts';
import { append } from '#server/modules/ledger/index.ts';
import type { TextParts } from './parts.ts';
import { outcomeOf } from './rules.ts';
import { listOpen, settle, type SuggestionRow } from './store-suggestion.ts';

const page = 500;
const firstId = '00000000-0000-0000-0000-000000000000';

/** Compares what was suggested with what people decided since. Answers how many were settled. */
export async function settleSuggestions(parts: TextParts): Promise<number> {
  let settled = 0;
  for (let afterId = firstId, more = true; more;) {
    const open = await parts.database.read(systemScope, (tx) => listOpen(tx, { afterId, limit: page }));
    const decisions = await parts.database.read(systemScope, (tx) =>
      parts.events.decisions(tx, [...new Set(open.map((one) => one.eventId))]),
    );
    const byEvent = new Map(decisions.map((one) => [one.id, one]));
    for (const row of open) {
      const decision = byEvent.get(row.eventId);
      if (decision !== undefined && (await settleOne(parts, row, decision))) settled++;
    }
    afterId = open.at(-1)?.id ?? afterId;
    more = open.length === page;
  }
  return settled;
}

async function settleOne(parts: TextParts, row: SuggestionRow, decision: EventDecision): Promise<boolean> {
  const role = decision.leadUnitId === null ? null : (parts.territory.unit(decision.leadUnitId)?.roleCode ?? null);
  const found = outcomeOf(row.kind, row.code, decision, role);
  if (found === undefined) return false;
  const nowMs = parts.clock.now();
  return parts.database.inTx(systemScope, async (tx) => {
    if (!(await settle(tx, { id: row.id, ...found, at: new Date(nowMs) }))) return false;
    await append(tx, {
      actor: { kind: 'system', accountId: null },
      action: 'suggestion.settle',
      subject: { type: 'suggestion', id: row.id },
      district: row.district,
      atMs: nowMs,
      data: { eventId: row.eventId, kind: row.kind, code: row.code, ...found },
    });
    return true;
  });
}

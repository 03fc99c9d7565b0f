import { toIso } from '#kit/clock.ts';
import { uuidV7 } from '#kit/ids.ts';
import { learnTask } from '#server/compute/index.ts';
import { systemScope } from '#server/db/scope.ts';
import type { EventText } from '#server/modules/events/index.ts';
import type { LedgerActor } from '#server/modules/ledger/index.ts';
import { append } from '#server/modules/ledger/index.ts';
import { suggestionKinds } from '#contract/texts.ts';
import { textRules } from './dictionary.ts';
import type { TextParts } from './parts.ts';
import { mayServe } from './rules.ts';
import { insertModel, lockServing, retire, type ModelRow, type SuggestionKind } from './store-model.ts';

type Decided = EventText & { leadUnitId: string | null };

/**
 * Learns category, priority and lead from the decided events of the last two years, one after another, and lets each new
 * model serve only when its rehearsal is not worse than that of the one before. Answers the models made; a kind with too
 * few examples makes none. `most`: of the newest events.
 */
export async function learn(parts: TextParts, actor: LedgerActor, most = textRules().learn_most): Promise<ModelRow[]> {
  const rules = textRules();
  const sinceMs = parts.clock.now() - rules.learn_days * 86_400_000;
  const decided = await parts.database.read(systemScope, (tx) => parts.events.decided(tx, { sinceMs, limit: most }));
  const made: ModelRow[] = [];
  for (const kind of suggestionKinds) {
    const model = await learnOne(parts, actor, kind, decided);
    if (model !== undefined) made.push(model);
  }
  return made;
}

async function learnOne(
  parts: TextParts,
  actor: LedgerActor,
  kind: SuggestionKind,
  decided: readonly Decided[],
): Promise<ModelRow | undefined> {
  const rules = textRules();
  const known = decided.flatMap((one) => {
    const label = labelOf(parts, kind, one);
    return label === null ? [] : [{ one, label }];
  });
  const beganMs = performance.now();
  const learnt = await parts.compute.run(learnTask, {
    examples: known.map(({ one, label }) => ({ title: one.title, text: one.text, label })),
    options: { leastExamples: rules.learn_least, precision: rules.learn_precision },
  });
  if (learnt === undefined) return undefined;
  const times = known.map(({ one }) => one.reportedAt.getTime());
  const { accuracy, macroF1, precision, coverage } = learnt.rehearsal;
  const row = {
    id: uuidV7(parts.clock.now()),
    kind,
    district: parts.territory.city().code,
    hash: learnt.hash,
    examples: learnt.examples,
    classes: learnt.classes,
    firstAt: new Date(times.reduce((least, one) => Math.min(least, one), Infinity)),
    lastAt: new Date(times.reduce((most, one) => Math.max(most, one), 0)),
    figures: { accuracy, macroF1, precision, coverage },
    tookMs: Math.round(performance.now() - beganMs),
    trainedAt: new Date(parts.clock.now()),
  };
  return parts.database.inTx(systemScope, async (tx) => {
    const before = await lockServing(tx, kind);
    const serves = mayServe(row.figures, before?.figures ?? null, rules.learn_slack);
    if (serves && before !== undefined) await retire(tx, before.id);
    const model: ModelRow = {
      ...row,
      state: serves ? 'serving' : 'refused',
      beforeFigures: before?.figures ?? null,
      bytes: learnt.bytes.length,
    };
    await insertModel(tx, model, learnt.bytes);
    await append(tx, {
      actor,
      action: 'text_model.learn',
      subject: { type: 'text_model', id: row.id },
      district: row.district,
      atMs: parts.clock.now(),
      data: {
        kind,
        state: model.state,
        hash: row.hash,
        examples: row.examples,
        classes: row.classes,
        macroF1: macroF1.toFixed(4),
        before: before?.figures.macroF1.toFixed(4) ?? null,
        lastAt: toIso(row.lastAt.getTime()),
      },
    });
    return model;
  });
}

/** What people decided, as the label to be learnt; null where they decided nothing of the kind. */
function labelOf({ territory }: TextParts, kind: SuggestionKind, one: Decided): string | null {
  if (kind === 'category') return one.categoryCode;
  if (kind === 'priority') return String(one.priority);
  return one.leadUnitId === null ? null : (territory.unit(one.leadUnitId)?.roleCode ?? null);
}

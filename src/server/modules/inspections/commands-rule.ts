import type { inspectionRoutes } from '#contract/inspections.ts';
import type { Input, Output } from '#contract/route.ts';
import { toIso } from '#kit/clock.ts';
import { AppError } from '#kit/errors.ts';
import { systemScope } from '#server/db/scope.ts';
import { riskKinds } from '#server/modules/grids/index.ts';
import { ledgerActor, senderOf, type Actor } from '#server/modules/identity/index.ts';
import { append, once } from '#server/modules/ledger/index.ts';
import type { InspectionsParts } from './parts.ts';
import { listRules, saveRules, type RuleRow } from './store-rule.ts';

type Routes = typeof inspectionRoutes;

/** A row of cycles as the contract gives it. */
export function ruleView({ certainty, ...row }: RuleRow): Output<Routes['rules']>['items'][number] {
  return { ...row, certain: certainty === 'certain' };
}

/**
 * Changes a cycle, or adds that of a kind and level (version 0 seen). The ticker reckons the points anew.
 * @throws AppError bad_input for an unknown kind, version_conflict
 */
export function saveRule(
  parts: InspectionsParts,
  actor: Actor,
  { opId, version, ...wish }: Input<Routes['saveRule']>['body'],
): Promise<Output<Routes['saveRule']>> {
  const { kind, level } = wish;
  if (kind !== '*' && !riskKinds().has(kind))
    throw new AppError(
      'bad_input',
      `kind: expected * or one of ${[...riskKinds().keys()].join(', ')}, found ${kind}.`,
      {
        field: 'kind',
      },
    );
  const op = { opId, actor: senderOf(actor), route: 'inspection.rule', request: { version, ...wish } };
  return once(parts.database, systemScope, op, async (tx) => {
    const before = (await listRules(tx)).find((rule) => rule.kind === kind && rule.level === level);
    if ((before?.version ?? 0) !== version)
      throw new AppError('version_conflict', 'Somebody changed this cycle in the meantime. Load it again and repeat.', {
        expected: version,
        found: before?.version ?? 0,
      });
    const rule: RuleRow = { ...wish, certainty: 'certain', version: version + 1 };
    await saveRules(tx, [rule]);
    const atMs = parts.clock.now();
    const ledgerId = await append(tx, {
      actor: ledgerActor(actor),
      action: 'inspection.rule',
      subject: { type: 'inspection_rule', id: `${kind}.${level}` },
      district: '000000',
      atMs,
      data: {
        from: before === undefined ? null : { days: before.days, followUpDays: before.followUpDays },
        to: { days: rule.days, followUpDays: rule.followUpDays },
      },
      words: { source: rule.source },
      opId,
    });
    return { rule: ruleView(rule), at: toIso(atMs), ledgerId };
  });
}

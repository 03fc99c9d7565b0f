import type { Input, Output } from '#contract/route.ts';
import type { visitRoutes } from '#contract/visits.ts';
import { toIsoDate } from '#engine/worktime/days.ts';
import { toIso } from '#kit/clock.ts';
import { AppError } from '#kit/errors.ts';
import { systemScope } from '#server/db/scope.ts';
import { ledgerActor, rolePermissions, roles, scopeFor, senderOf, type Actor } from '#server/modules/identity/index.ts';
import { append, once } from '#server/modules/ledger/index.ts';
import { careTags } from '#server/modules/people/index.ts';
import type { VisitParts } from './parts.ts';
import { dayOf } from './rules-plan.ts';
import { listVisitors } from './store-desk.ts';
import { markAllStale } from './store-plan.ts';
import { lockRule, updateRule } from './store-rule.ts';
import { findTask, giveTask } from './store-task.ts';

type Routes = typeof visitRoutes;

/** Gives a visit to somebody else. @throws AppError not_found, version_conflict, bad_input */
export function reassignVisit(
  parts: VisitParts,
  actor: Actor,
  id: string,
  body: Input<Routes['reassign']>['body'],
): Promise<Output<Routes['reassign']>> {
  const scope = scopeFor(actor, 'visit.plan');
  const op = { opId: body.opId, actor: senderOf(actor), route: 'visits.reassign', request: { id, body } };
  return once(parts.database, scope, op, async (tx) => {
    const task = await findTask(tx, scope, id, true);
    if (task === undefined || task.endedAt !== null)
      throw new AppError('not_found', 'There is no such open visit, or it is not yours to plan. Load the plan again.');
    if (task.version !== body.version)
      throw new AppError(
        'version_conflict',
        `This visit changed meanwhile: you saw version ${body.version}, it is now ${task.version}. Load it again and repeat.`,
        { expected: body.version, found: task.version },
      );
    const nowMs = parts.clock.now();
    const may = roles.filter((role) => (rolePermissions[role] as readonly string[]).includes('visit.do'));
    const wish = {
      path: task.path,
      area: task.path.at(-2) ?? task.areaCode,
      roles: may,
      today: toIsoDate(dayOf(nowMs)),
    };
    if (!(await listVisitors(tx, wish)).some((one) => one.id === body.workerId))
      throw new AppError(
        'bad_input',
        'workerId: expected somebody in service there who visits people. Choose from the list.',
        {
          field: 'workerId',
        },
      );
    await giveTask(tx, id, body.workerId, nowMs);
    const ledgerId = await append(tx, {
      actor: ledgerActor(actor),
      action: 'visit.reassign',
      subject: { type: 'visit_task', id },
      district: task.district,
      atMs: nowMs,
      data: { areaCode: task.areaCode, from: task.standInId ?? task.workerId, to: body.workerId },
      words: body.reason === '' ? {} : { reason: body.reason },
      audience: [...task.path.map((code) => `a:${code}`), `p:${body.workerId}`],
      opId: body.opId,
    });
    return { id, at: toIso(nowMs), ledgerId };
  });
}

/** Changes a rule; open visits by cycle are planned anew. @throws AppError not_found, version_conflict, bad_input */
export function editRule(
  parts: VisitParts,
  actor: Actor,
  code: string,
  body: Input<Routes['editRule']>['body'],
): Promise<Output<Routes['editRule']>> {
  const op = { opId: body.opId, actor: senderOf(actor), route: 'visits.editRule', request: { code, body } };
  return once(parts.database, systemScope, op, async (tx) => {
    const rule = await lockRule(tx, code);
    if (rule === undefined) throw new AppError('not_found', 'There is no such visit rule.');
    if (rule.version !== body.version)
      throw new AppError(
        'version_conflict',
        `Somebody changed this rule: you saw version ${body.version}, it is now ${rule.version}. Load it again and repeat.`,
        { expected: body.version, found: rule.version },
      );
    refuseOdd(rule.kind, rule.unit, body);
    const nowMs = parts.clock.now();
    const { amount, tags, also } = body;
    await updateRule(
      tx,
      { code, amount, tags: rule.kind === 'cycle' ? tags : [], also: rule.kind === 'cycle' ? also : [] },
      nowMs,
    );
    const replanned = rule.kind === 'ladder' ? 0 : await markAllStale(tx);
    const ledgerId = await append(tx, {
      actor: ledgerActor(actor),
      action: 'visit.rule',
      subject: { type: 'visit_rule', id: code },
      district: '000000',
      atMs: nowMs,
      data: { from: { amount: rule.amount, tags: rule.tags, also: rule.also }, to: { amount, tags, also }, replanned },
      words: { reason: body.reason },
      opId: body.opId,
    });
    return { code, version: rule.version + 1, at: toIso(nowMs), ledgerId };
  });
}

function refuseOdd(
  kind: string,
  unit: string,
  { amount, tags, also }: { amount: number; tags: string[]; also: string[] },
): void {
  if (unit === 'percent' && amount > 100)
    throw new AppError('bad_input', `amount: expected a share up to 100, found ${amount}.`, { field: 'amount' });
  if (kind !== 'cycle') return;
  if (amount < 1) throw new AppError('bad_input', 'amount: expected at least one day, found 0.', { field: 'amount' });
  if (tags.length === 0)
    throw new AppError('bad_input', 'tags: expected at least one, or * for everybody.', { field: 'tags' });
  const known = careTags();
  const stranger = [...tags, ...also].find((tag) => tag !== '*' && !known.has(tag));
  if (stranger !== undefined)
    throw new AppError('bad_input', `tags: expected codes of the care tags, found ${stranger}.`, { field: 'tags' });
}

import type { PlanBody } from '#contract/operations-plans.ts';
import { AppError } from '#kit/errors.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { ledgerActorOf, senderOf, type Actor } from '#server/modules/identity/index.ts';
import { append, once } from '#server/modules/ledger/index.ts';
import type { OperationsDeps } from './parts.ts';
import { insertPlan, insertPlanVersion, lockPlan, retirePlan, saveDraft, type PlanRow } from './store-plan.ts';

export interface PlanResult {
  code: string;
  version: number;
  draftVersion: number;
}

interface Change {
  tx: Tx;
  nowMs: number;
}

/** One change of a plan: claim the opId → work → one line `plan.<verb>`. */
function change<B extends { opId: string }>(
  kit: OperationsDeps,
  actor: Actor,
  verb: 'create' | 'edit' | 'publish' | 'retire',
  code: string,
  body: B,
  work: (change: Change) => Promise<{ result: PlanResult; words?: Record<string, unknown> }>,
): Promise<PlanResult> {
  const op = { opId: body.opId, actor: senderOf(actor), route: `plan.${verb}`, request: { code, ...body } };
  return once(kit.database, systemScope, op, async (tx) => {
    const nowMs = kit.clock.now();
    const { result, words } = await work({ tx, nowMs });
    await append(tx, {
      actor: ledgerActorOf(actor, actor.grants.find((grant) => grant.permissions.has('plan.edit'))?.unitId ?? null),
      action: `plan.${verb}`,
      subject: { type: 'plan', id: code },
      district: kit.territory.city().code,
      atMs: nowMs,
      data: { ...result },
      ...(words === undefined ? {} : { words }),
      audience: [`a:${kit.territory.city().code}`],
      opId: body.opId,
    });
    return result;
  });
}

/** A new plan begins as a draft. @throws AppError already_exists, bad_input for unknown categories */
export function createPlan(
  kit: OperationsDeps,
  actor: Actor,
  body: { opId: string; code: string; body: PlanBody },
): Promise<PlanResult> {
  return change(kit, actor, 'create', body.code, body, async ({ tx, nowMs }) => {
    await assertCategories(kit, body.body);
    if (!(await insertPlan(tx, { code: body.code, draft: body.body, nowMs })))
      throw new AppError('already_exists', `code: a plan "${body.code}" exists. Edit it, or choose another code.`);
    return { result: { code: body.code, version: 0, draftVersion: 1 } };
  });
}

/** Saves the draft; what is in force stays. @throws AppError not_found, version_conflict */
export function editPlan(
  kit: OperationsDeps,
  actor: Actor,
  code: string,
  body: { opId: string; draftVersion: number; body: PlanBody },
): Promise<PlanResult> {
  return change(kit, actor, 'edit', code, body, async ({ tx, nowMs }) => {
    await assertCategories(kit, body.body);
    const plan = await seenPlan(tx, code, body.draftVersion);
    const draftVersion = await saveDraft(tx, { code, draft: body.body, nowMs });
    return { result: { code, version: plan.version, draftVersion } };
  });
}

/** The draft becomes the next version; operations already opened keep theirs. @throws AppError transition_not_allowed without a draft */
export function publishPlan(
  kit: OperationsDeps,
  actor: Actor,
  code: string,
  body: { opId: string; draftVersion: number; note: string },
): Promise<PlanResult> {
  return change(kit, actor, 'publish', code, body, async ({ tx, nowMs }) => {
    const plan = await seenPlan(tx, code, body.draftVersion);
    const next = plan.draft ?? (plan.retiredAt === null ? null : plan.body);
    if (next === null)
      throw new AppError('transition_not_allowed', 'There is no draft to publish. Save a draft first.', {
        version: plan.version,
      });
    await assertCategories(kit, next);
    const version = plan.version + 1;
    await insertPlanVersion(tx, { code, version, body: next, note: body.note, by: actor.accountId, nowMs });
    return { result: { code, version, draftVersion: plan.draftVersion }, words: { note: body.note } };
  });
}

/** Nobody opens it any more; what is open goes on. @throws AppError not_found, transition_not_allowed */
export function stopPlan(
  kit: OperationsDeps,
  actor: Actor,
  code: string,
  body: { opId: string; reason: string },
): Promise<PlanResult> {
  return change(kit, actor, 'retire', code, body, async ({ tx, nowMs }) => {
    const plan = await knownPlan(tx, code);
    if (plan.retiredAt !== null)
      throw new AppError('transition_not_allowed', 'This plan is retired already.', { version: plan.version });
    await retirePlan(tx, code, body.reason, nowMs);
    const { version, draftVersion } = plan;
    return { result: { code, version, draftVersion }, words: { reason: body.reason } };
  });
}

async function knownPlan(tx: Tx, code: string): Promise<PlanRow> {
  const plan = await lockPlan(tx, code);
  if (plan === undefined) throw new AppError('not_found', `There is no plan "${code}".`);
  return plan;
}

async function seenPlan(tx: Tx, code: string, draftVersion: number): Promise<PlanRow> {
  const plan = await knownPlan(tx, code);
  if (plan.draftVersion !== draftVersion)
    throw new AppError(
      'version_conflict',
      `You edited draft ${draftVersion}; draft ${plan.draftVersion} was saved meanwhile. Look at it, then save again.`,
      { version: plan.draftVersion },
    );
  return plan;
}

async function assertCategories({ events }: OperationsDeps, body: PlanBody): Promise<void> {
  const { categories } = await events.dictionary.get();
  const strange = body.categories.filter((code) => !categories.has(code));
  if (strange.length > 0)
    throw new AppError(
      'bad_input',
      `categories: expected codes of the level library, found ${strange.slice(0, 5).join(', ')}. Choose from the list.`,
    );
}

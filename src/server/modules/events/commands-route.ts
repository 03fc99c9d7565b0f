import { AppError } from '#kit/errors.ts';
import { isAbove } from '#kit/tiers.ts';
import type { Territory, Unit } from '#server/modules/grids/index.ts';
import type { Act, Command, CommandBody } from './act.ts';
import { pathOf, type EventRow } from './case-rows.ts';
import { endOpenTasks, startDeskClock } from './draft.ts';
import { openTask } from './facts.ts';
import { getCategory, getRule } from './library.ts';
import { centreAbove, deskTierOf, receiverBelow } from './placing.ts';
import { claimAttachments, type Claim } from './store-attachment.ts';

/** From the first desk to the unit that does it: receive, verify, file, decline, escalate, delegate, dispatch, invite, waive, withdraw. */

type Noted = CommandBody & { note: string };
type Reasoned = CommandBody & { reason: string };

export const receive: Command<Noted> = {
  verb: 'receive',
  work({ draft, words }, body) {
    draft.start(draft.event.verifiedMs === null ? 'verify' : 'file');
    words['note'] = body.note;
  },
};

export const verify: Command<
  Noted & { outcome: 'confirmed' | 'not_found'; attachments: readonly Claim[]; categoryCode?: string | undefined }
> = {
  verb: 'verify',
  attempt: (body) => ({ outcome: body.outcome }),
  async work(act, body) {
    const { draft, tx, actor, nowMs, data, words } = act;
    const waits = draft.event.status === 'verifying';
    if (body.categoryCode !== undefined && body.categoryCode !== draft.event.categoryCode)
      takeCategory(act, body.categoryCode);
    if (body.outcome === 'confirmed') {
      draft.set({ verifiedMs: nowMs });
      draft.stop('verify');
      if (waits) draft.start('file');
    } else if (waits && !draft.clocks.some((clock) => clock.step === 'verify' && clock.stoppedMs === null)) {
      draft.start('verify');
    }
    const photos = await claimAttachments(tx, body.attachments, {
      eventId: draft.event.id,
      taskId: null,
      reporterId: null,
      accountId: actor.accountId,
    });
    data['outcome'] = body.outcome;
    data['photos'] = photos.length;
    words['note'] = body.note;
  },
};

export const file: Command<Noted> = {
  verb: 'file',
  work({ draft, nowMs, words }, body) {
    draft.set({ filedMs: nowMs });
    draft.start('dispatch');
    words['note'] = body.note;
  },
};

export const decline: Command<Reasoned> = {
  verb: 'decline',
  attempt: (body) => ({ reason: body.reason }),
  work({ draft, nowMs, words }, body) {
    draft.set({ endedMs: nowMs });
    words['reason'] = body.reason;
  },
};

export const escalate: Command<Reasoned> = {
  verb: 'escalate',
  attempt: (body) => ({ reason: body.reason }),
  work(act, body) {
    pushUp(act, body.reason);
    act.words['reason'] = body.reason;
  },
};

/** The event moves to the centre above; whoever held the work gives it back with the same reason. */
export function pushUp(act: Act, reason: string): void {
  const { draft, kit, data, tell, nowMs } = act;
  const from = draft.event.ownerUnitId;
  const above = centreAbove(kit.territory, pathOf(draft.event), draft.event.tier);
  if (above === undefined)
    throw new AppError(
      'transition_not_allowed',
      'No governance centre above this desk is known. Add one, or solve it here.',
      { status: draft.event.status },
    );
  endOpenTasks(draft, 'returned', reason, nowMs, (task) => task.part === 'lead');
  data['tasksWithdrawn'] = endOpenTasks(draft, 'withdrawn', reason, nowMs);
  draft.stop('all');
  draft.set({ ownerUnitId: above.id, tier: deskTierOf(above) });
  startDeskClock(draft, draft.event.status);
  data['fromUnitId'] = from;
  data['toUnitId'] = above.id;
  tell.add(`u:${from}`);
}

export const delegate: Command<Reasoned & { unitId?: string | undefined }> = {
  verb: 'delegate',
  attempt: (body, rows, _tx, territory) => ({
    reason: body.reason,
    targetTier: findLower(territory, rows.event, body.unitId).tier,
  }),
  work({ draft, kit, data, words, tell }, body) {
    const from = draft.event.ownerUnitId;
    const target = findLower(kit.territory, draft.event, body.unitId);
    draft.set({ ownerUnitId: target.id, tier: deskTierOf(target) });
    startDeskClock(draft, draft.event.status);
    data['fromUnitId'] = from;
    data['toUnitId'] = target.id;
    words['reason'] = body.reason;
    tell.add(`u:${from}`);
  },
};

/** The receiver below on the event's own path; a named unit must be one of them. */
function findLower(territory: Territory, event: EventRow, unitId: string | undefined): Unit {
  const path = pathOf(event);
  const lower =
    unitId === undefined
      ? receiverBelow(territory, path, event.tier)
      : path.map((code) => territory.receiverOf(code)).find((unit) => unit?.id === unitId);
  if (lower === undefined || !isAbove(event.tier, lower.tier)) {
    throw new AppError(
      'bad_input',
      'unitId: expected a receiving desk below this one on the path of the event. Correct the place first (relocate), or dispatch it to a unit.',
    );
  }
  return lower;
}

export const dispatch: Command<
  CommandBody & { leadUnitId: string; assistUnitIds: readonly string[]; instruction: string }
> = {
  verb: 'dispatch',
  work(act, body) {
    const { draft, actor, nowMs, data, words, kit } = act;
    const before = draft.clocks.some((clock) => clock.step === 'coordinate' && clock.stoppedMs === nowMs);
    const assists = [...new Set(body.assistUnitIds)].filter((id) => id !== body.leadUnitId);
    assertReachable(act, [body.leadUnitId, ...assists]);
    const alreadyThere = draft.tasks.filter((task) => openTask.includes(task.status)).map((task) => task.unitId);
    const offer = { instruction: body.instruction, offeredBy: actor.accountId };
    // A unit that still helps as an assist and is now given the lead keeps one task: the lead.
    endOpenTasks(draft, 'withdrawn', '', nowMs, (task) => task.unitId === body.leadUnitId);
    draft.start('accept', draft.addTask({ ...offer, unitId: body.leadUnitId, part: 'lead', binding: before }).id);
    for (const unitId of assists.filter((id) => !alreadyThere.includes(id)))
      draft.start('accept', draft.addTask({ ...offer, unitId, part: 'assist' }).id);
    if (
      draft.event.verifiedMs === null &&
      !draft.clocks.some((clock) => clock.step === 'verify' && clock.stoppedMs === null)
    )
      draft.start('verify');
    draft.set({ dispatchedMs: nowMs });
    data['leadUnitId'] = body.leadUnitId;
    data['assistUnitIds'] = assists;
    data['priority'] = draft.event.priority;
    data['leadUnit'] = kit.territory.unit(body.leadUnitId)?.code ?? null;
    if (before) data['binding'] = true;
    words['instruction'] = body.instruction;
  },
};

export const invite: Command<CommandBody & { unitIds: readonly string[]; instruction: string }> = {
  verb: 'invite',
  work(act, body) {
    const { draft, actor, data, words } = act;
    const there = new Set(
      draft.tasks.filter((task) => openTask.includes(task.status) || task.status === 'done').map((task) => task.unitId),
    );
    const fresh = [...new Set(body.unitIds)].filter((id) => !there.has(id));
    if (fresh.length === 0)
      throw new AppError(
        'bad_input',
        'unitIds: all of these units have a task at this event already. Choose others, or urge them.',
      );
    assertReachable(act, fresh);
    for (const unitId of fresh)
      draft.start(
        'accept',
        draft.addTask({ unitId, part: 'assist', instruction: body.instruction, offeredBy: actor.accountId }).id,
      );
    data['unitIds'] = fresh;
    data['priority'] = draft.event.priority;
    words['instruction'] = body.instruction;
  },
};

/** The lead passes to a unit that has accepted its part; the old lead goes on as an assist, with its own clock. */
export const handOver: Command<Reasoned & { taskId: string }> = {
  verb: 'hand_over',
  attempt: (body) => ({ reason: body.reason, taskId: body.taskId }),
  work({ draft, decision, data, words }, body) {
    const before = draft.tasks.find((task) => task.part === 'lead' && openTask.includes(task.status));
    if (before === undefined) throw new AppError('internal', 'A hand-over needs a lead; the rules let it through.');
    // In this order: the database knows one lead at a time.
    draft.changeTask(before.id, { part: 'assist', binding: false });
    draft.changeTask(body.taskId, { part: 'lead' });
    data['fromUnitId'] = before.unitId;
    data['fromTaskId'] = before.id;
    data['toUnitId'] = decision.task?.unitId ?? null;
    data['priority'] = draft.event.priority;
    words['reason'] = body.reason;
  },
};

/** Tasks go only to units the territory lets this desk reach: enforcement never lands on a grid worker because no such row exists. */
function assertReachable(act: Act, unitIds: readonly string[]): void {
  const { draft, kit, unit } = act;
  const path = pathOf(draft.event);
  const from = new Set([draft.event.ownerUnitId, ...(unit === undefined ? [] : [unit.id])]);
  const reachable = new Set(
    [...from].flatMap((id) => [id, ...kit.territory.reachableUnits(id, path).map((one) => one.id)]),
  );
  const strange = unitIds.filter((id) => !reachable.has(id));
  if (strange.length > 0)
    throw new AppError(
      'bad_input',
      'Expected units this desk may give tasks to; some are not among the candidates. Reload the candidates and choose again.',
      { unitIds: strange },
    );
}

export const waive: Command<Reasoned & { taskId: string }> = {
  verb: 'waive',
  attempt: (body) => ({ reason: body.reason, taskId: body.taskId }),
  work(act, body) {
    const { draft, nowMs, words } = act;
    draft.changeTask(body.taskId, { status: 'waived', reason: body.reason, endedMs: nowMs });
    toCheckIfFinished(act);
    words['reason'] = body.reason;
  },
};

/** When the last task ended, the event waits for somebody else's eyes. */
export function toCheckIfFinished({ draft, decision, nowMs }: Pick<Act, 'draft' | 'decision' | 'nowMs'>): void {
  if (decision.to !== 'checking') return;
  draft.set({ finishedMs: nowMs });
  draft.start('check');
}

export const withdraw: Command<Reasoned & { taskId: string }> = {
  verb: 'withdraw',
  attempt: (body) => ({ reason: body.reason, taskId: body.taskId }),
  work({ draft, decision, nowMs, words }, body) {
    draft.changeTask(body.taskId, { status: 'withdrawn', reason: body.reason, endedMs: nowMs });
    if (decision.task?.part === 'lead') draft.start('dispatch');
    words['reason'] = body.reason;
  },
};

/** Another category: its rule of today's library, and its limits for the clocks that run. The priority follows unless somebody set it by hand. */
export function takeCategory(act: Pick<Act, 'draft' | 'library' | 'data'>, code: string): void {
  const { draft, library, data } = act;
  getCategory(library, code);
  const rule = getRule(library, code);
  const byHand = draft.event.priority !== draft.rule.priority;
  data['categoryBefore'] = draft.event.categoryCode;
  data['categoryAfter'] = code;
  data['priorityBefore'] = draft.event.priority;
  draft.set({
    categoryCode: code,
    ruleVersion: library.version,
    priority: byHand ? draft.event.priority : rule.priority,
  });
  data['priorityAfter'] = draft.event.priority;
  draft.setRule(rule);
  draft.relimitAll();
}

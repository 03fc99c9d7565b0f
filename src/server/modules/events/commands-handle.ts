import type { ClockKind } from '#contract/events-words.ts';
import { uuidV7 } from '#kit/ids.ts';
import { AppError } from '#kit/errors.ts';
import type { Act, Command, CommandBody } from './act.ts';
import { pushUp, toCheckIfFinished } from './commands-route.ts';
import { claimAttachments, countEvidence, countShown, kindsOf, type Claim } from './store-attachment.ts';
import { decideExtension, findExtension, insertExtension } from './store-extras.ts';
import { retime, unitOf } from './worktime.ts';

/** What the unit that does it does: accept, return, arrive, note, extensions, finish. */

type OnTask = CommandBody & { taskId: string };

export const accept: Command<OnTask> = {
  verb: 'accept',
  attempt: (body) => ({ taskId: body.taskId }),
  work({ draft, actor, nowMs }, body) {
    draft.changeTask(body.taskId, { status: 'accepted', acceptedMs: nowMs, assigneeId: actor.accountId });
    draft.start('handle', body.taskId);
    draft.hand(actor.accountId);
  },
};

/** Named `giveBack` because `return` is a word of the language. */
export const giveBack: Command<OnTask & { reason: string; beyondTier: boolean }> = {
  verb: 'return',
  attempt: (body) => ({ taskId: body.taskId, reason: body.reason, beyondTier: body.beyondTier }),
  work(act, body) {
    const { draft, decision, actor, nowMs, data, words } = act;
    draft.changeTask(body.taskId, { status: 'returned', reason: body.reason, endedMs: nowMs });
    draft.hand(actor.accountId);
    words['reason'] = body.reason;
    if (decision.task?.part !== 'lead') return;
    draft.set({ returns: draft.event.returns + 1 });
    data['returns'] = draft.event.returns;
    if (body.beyondTier) {
      data['beyondTier'] = true;
      pushUp(act, body.reason);
    } else {
      draft.start(draft.event.returns >= 2 ? 'coordinate' : 'dispatch');
    }
  },
};

export const arrive: Command<
  OnTask & { lon?: number | undefined; lat?: number | undefined; note: string; attachments: readonly Claim[] }
> = {
  verb: 'arrive',
  attempt: (body) => ({ taskId: body.taskId }),
  async work({ tx, draft, actor, nowMs, data, words }, body) {
    draft.changeTask(body.taskId, { status: 'on_site', onSiteMs: nowMs });
    draft.hand(actor.accountId);
    const photos = await claimAttachments(tx, body.attachments, {
      eventId: draft.event.id,
      taskId: body.taskId,
      reporterId: null,
      accountId: actor.accountId,
    });
    data['photos'] = photos.length;
    // Where somebody stood is said once, at the place of the event; no trail is kept.
    if (body.lon !== undefined && body.lat !== undefined) data['position'] = [body.lon, body.lat];
    words['note'] = body.note;
  },
};

export const note: Command<
  CommandBody & { taskId?: string | undefined; note: string; attachments: readonly Claim[]; reporterId?: string }
> = {
  verb: 'note',
  attempt: (body) => (body.taskId === undefined ? {} : { taskId: body.taskId }),
  async work({ tx, draft, decision, actor, data, words }, body) {
    const task = body.taskId === undefined ? undefined : draft.tasks.find((one) => one.id === body.taskId);
    if (body.taskId !== undefined && task === undefined)
      throw new AppError('not_found', 'No such task at this event, or not yours to see.');
    if (task !== undefined && task.unitId === decision.grant?.unitId) draft.hand(actor.accountId);
    const photos = await claimAttachments(tx, body.attachments, {
      eventId: draft.event.id,
      taskId: task?.id ?? null,
      reporterId: body.reporterId ?? null,
      accountId: actor.accountId,
    });
    data['photos'] = photos.length;
    if (task !== undefined) data['taskId'] = task.id;
    words['note'] = body.note;
  },
};

export const askExtension: Command<OnTask & { amount: number; kind: ClockKind; reason: string }> = {
  verb: 'ask_extension',
  attempt: (body) => ({ taskId: body.taskId, reason: body.reason }),
  async work(act, body) {
    const { tx, draft, actor, nowMs, data, words } = act;
    const clock = draft.clocks.find(
      (one) => one.taskId === body.taskId && one.step === 'handle' && one.stoppedMs === null,
    );
    if (clock === undefined)
      throw new AppError('extension_too_late', 'No limit runs for this task, so there is nothing to extend.');
    if (unitOf(clock.kind) !== unitOf(body.kind) || (unitOf(clock.kind) === 'day' && !Number.isInteger(body.amount))) {
      throw new AppError(
        'bad_input',
        `amount: this limit counts ${unitOf(clock.kind) === 'day' ? 'whole working days' : 'minutes'}; ask for an extension in the same.`,
      );
    }
    const id = uuidV7(nowMs);
    await insertExtension(tx, {
      id,
      eventId: draft.event.id,
      taskId: body.taskId,
      amount: body.amount,
      kind: clock.kind,
      reason: body.reason,
      askedBy: actor.accountId,
      askedMs: nowMs,
    });
    draft.hand(actor.accountId);
    data['extensionId'] = id;
    data['amount'] = body.amount;
    data['kind'] = clock.kind;
    words['reason'] = body.reason;
  },
};

export const grantExtension: Command<CommandBody & { extensionId: string; note: string }> = {
  verb: 'grant_extension',
  async work(act, body) {
    const asked = await takeAsked(act, body.extensionId);
    const clock = act.draft.clocks.find(
      (one) =>
        one.taskId === asked.taskId &&
        one.step === 'handle' &&
        one.stoppedMs === null &&
        // A limit that began after the asking (rework) is another one: nobody asked for more of it.
        one.startedMs <= asked.askedMs,
    );
    if (clock === undefined)
      throw new AppError('transition_not_allowed', 'The limit this extension was asked for no longer runs.', {
        status: act.draft.event.status,
      });
    // What was already late stays late: an extension moves what is still to come.
    act.draft.changeClock(clock.id, (one) => {
      const late = one.late || (one.dueMs !== null && act.nowMs > one.dueMs);
      return retime(act.library.calendar, { ...one, late, extra: one.extra + asked.amount });
    });
    await decideExtension(act.tx, {
      id: asked.id,
      status: 'granted',
      by: act.actor.accountId,
      atMs: act.nowMs,
      reason: body.note,
    });
    act.data['amount'] = asked.amount;
    act.data['kind'] = asked.kind;
    act.words['note'] = body.note;
  },
};

export const refuseExtension: Command<CommandBody & { extensionId: string; reason: string }> = {
  verb: 'refuse_extension',
  attempt: (body) => ({ reason: body.reason }),
  async work(act, body) {
    const asked = await takeAsked(act, body.extensionId);
    await decideExtension(act.tx, {
      id: asked.id,
      status: 'refused',
      by: act.actor.accountId,
      atMs: act.nowMs,
      reason: body.reason,
    });
    act.words['reason'] = body.reason;
  },
};

async function takeAsked(
  { tx, draft, data }: Act,
  id: string,
): Promise<{ id: string; taskId: string; amount: number; kind: ClockKind; askedMs: number }> {
  const asked = await findExtension(tx, draft.event.id, id);
  if (asked === undefined) throw new AppError('not_found', 'No such request for an extension at this event.');
  if (asked.status !== 'asked')
    throw new AppError('transition_not_allowed', `This extension was ${asked.status} already.`, {
      status: draft.event.status,
    });
  data['extensionId'] = asked.id;
  data['taskId'] = asked.taskId;
  return asked;
}

export const finish: Command<
  OnTask & {
    result: string;
    attachments: readonly Claim[];
    noEvidenceReason?: string | undefined;
    showReporter?: boolean | undefined;
  }
> = {
  verb: 'finish',
  async attempt(body, rows, tx) {
    const task = rows.tasks.find((one) => one.id === body.taskId);
    const kept = await countEvidence(tx, rows.event.id, body.taskId, task?.acceptedMs ?? 0);
    const brought = await kindsOf(
      tx,
      body.attachments.map((claim) => claim.id),
    );
    const count = (...kinds: string[]) => brought.filter((kind) => kinds.includes(kind)).length;
    return {
      taskId: body.taskId,
      photos: { before: kept.before + count('before', 'report'), after: kept.after + count('after') },
      ...(body.noEvidenceReason === undefined ? {} : { noEvidenceReason: body.noEvidenceReason }),
    };
  },
  async work(act, body) {
    const { tx, draft, actor, nowMs, data, words } = act;
    const photos = await claimAttachments(tx, body.attachments, {
      eventId: draft.event.id,
      taskId: body.taskId,
      reporterId: null,
      accountId: actor.accountId,
      showReporter: body.showReporter,
    });
    draft.changeTask(body.taskId, { status: 'done', doneMs: nowMs, endedMs: nowMs, result: body.result });
    draft.hand(actor.accountId);
    if (body.noEvidenceReason !== undefined && body.noEvidenceReason !== '') {
      draft.set({ noEvidenceReason: body.noEvidenceReason });
      words['noEvidenceReason'] = body.noEvidenceReason;
    }
    toCheckIfFinished(act);
    data['photos'] = photos.length;
    if (body.showReporter === true) data['photosShown'] = countShown(photos);
    words['result'] = body.result;
  },
};

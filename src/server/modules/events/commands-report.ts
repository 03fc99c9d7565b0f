import { createHash } from 'node:crypto';
import { AppError } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import type { Tx } from '#server/db/pool.ts';
import { grantsFor, type Actor } from '#server/modules/identity/index.ts';
import type { Kit } from './act.ts';
import type { EventRow, TaskRow } from './case-rows.ts';
import { follow, following } from './commands-follow.ts';
import { limitOf } from './library.ts';
import {
  draftEvent,
  isTrusted,
  localDay,
  prepare,
  toReporter,
  type Prepared,
  type ReportBody,
} from './report-prepare.ts';
import { sendReport, withSecret, writeReport, type ReportResult } from './report-send.ts';
import { missingEvidence } from './rules-needs.ts';
import { claimAttachments, countShown } from './store-attachment.ts';
import { insertCall } from './store-extras.ts';
import { insertDone, insertReport } from './store-report.ts';
import { startClock, type ClockRow } from './worktime.ts';

/** A report from any channel: one new event on the desk of whoever receives for its place, or one more reporter of an event. */
export async function reportEvent(kit: Kit, actor: Actor, body: ReportBody): Promise<ReportResult> {
  if (body.followEventId !== undefined) return follow(kit, actor, body, body.followEventId);
  const made = await prepare(kit, actor, body);
  return sendReport(made, 'report', reporting(made));
}

/** What a report made as part of another act answers. */
export type JoinedReport = Pick<ReportResult, 'id' | 'number' | 'status' | 'receiptSecret'>;

/**
 * A report (or, with `followEventId`, one more reporter of a known event) as part of somebody else's act, such as an
 * inspection that finds something: prepared now, written when the answer is called with that act's transaction (which
 * must see everything). Both stand or fall together, and the act's opId guards both.
 */
export async function joinReport(kit: Kit, actor: Actor, body: ReportBody): Promise<(tx: Tx) => Promise<JoinedReport>> {
  if (body.followEventId !== undefined) {
    const followed = await following(kit, actor, body, body.followEventId);
    return async (tx) => withSecret(kit, await followed(tx));
  }
  const made = await prepare(kit, actor, body);
  return async (tx) => withSecret(kit, await writeReport(tx, made, 'report', reporting(made)));
}

function reporting(made: Prepared) {
  const { actor, body } = made;
  const trusted = isTrusted(made);
  const event = { ...draftEvent(made), verifiedMs: trusted ? made.nowMs : null };
  const clock = startClock(made.library.calendar, {
    id: uuidV7(made.nowMs),
    eventId: event.id,
    taskId: null,
    step: 'receive',
    limit: limitOf(made.rule, event.priority, 'receive'),
    nowMs: made.nowMs,
  });
  return async (tx: Tx) => {
    const number = await insertReport(tx, {
      event: { ...event, dueMs: clock.dueMs },
      reporter: toReporter(made, false),
      clocks: [clock],
      dayDigits: localDay(made),
    });
    await claimAttachments(tx, body.attachments, {
      eventId: event.id,
      taskId: null,
      reporterId: made.reporterId,
      accountId: actor.accountId,
    });
    const call = body.called === undefined ? undefined : await noteCall(tx, made, event.id, body.called);
    return { event: { ...event, number }, data: { trusted, ...call } };
  };
}

/** A call to an emergency number (119, 120, …) about an event. */
export interface JoinedCall {
  eventId: string;
  number: string;
  /** ISO 8601. */
  at: string;
  accountId: string | null;
}

export async function joinCall(tx: Tx, { eventId, number, at, accountId }: JoinedCall, nowMs: number): Promise<string> {
  const id = uuidV7(nowMs);
  await insertCall(tx, { id, eventId, number, calledAt: at, incidentNumber: '', note: '', recordedBy: accountId });
  return id;
}

async function noteCall(tx: Tx, { actor, nowMs }: Prepared, eventId: string, called: { number: string; at: string }) {
  const callId = await joinCall(tx, { eventId, ...called, accountId: actor.accountId }, nowMs);
  return { callId, callNumber: called.number, calledAt: called.at };
}

/** Reported and done in one act. The evidence law holds; a share, and every P0 and P1, is checked all the same. */
export async function selfHandle(
  kit: Kit,
  actor: Actor,
  body: ReportBody & { result: string; noEvidenceReason?: string | undefined; showReporter?: boolean | undefined },
): Promise<ReportResult> {
  const made = await prepare(kit, actor, body);
  const { nowMs, library, rule, placing } = made;
  const grant = grantsFor(actor, 'event.handle', { path: placing.path, units: [placing.owner.id] }).toSorted(
    (a, b) => (b.areaCode?.length ?? 0) - (a.areaCode?.length ?? 0),
  )[0];
  if (grant === undefined)
    throw new AppError(
      'not_allowed',
      'None of your appointments lets you handle events at this place. Report it instead.',
    );
  const draft = draftEvent(made);
  const checked = draft.priority <= 1 || isSampled(draft.id, kit.sampleShare ?? 0.2);
  const event: EventRow = {
    ...draft,
    status: checked ? 'checking' : 'closed',
    verifiedMs: nowMs,
    filedMs: nowMs,
    dispatchedMs: nowMs,
    finishedMs: nowMs,
    noEvidenceReason: body.noEvidenceReason ?? null,
    ...(checked ? {} : { closedMs: nowMs, endedMs: nowMs, closeKind: 'sample_skipped' as const }),
  };
  const task: TaskRow = {
    id: uuidV7(nowMs),
    eventId: event.id,
    unitId: grant.unitId,
    part: 'lead',
    status: 'done',
    binding: false,
    instruction: '',
    assigneeId: actor.accountId,
    offeredBy: actor.accountId,
    offeredMs: nowMs,
    acceptedMs: nowMs,
    onSiteMs: nowMs,
    doneMs: nowMs,
    endedMs: nowMs,
    result: body.result,
    reason: '',
    reportedMs: nowMs,
    round: 0,
    district: event.district,
  };
  const clocks: ClockRow[] = checked
    ? [
        startClock(library.calendar, {
          id: uuidV7(nowMs),
          eventId: event.id,
          taskId: null,
          step: 'check',
          limit: limitOf(rule, event.priority, 'check'),
          nowMs,
        }),
      ]
    : [];
  return sendReport(made, 'self_handle', async (tx) => {
    const number = await insertReport(tx, {
      event: { ...event, dueMs: clocks[0]?.dueMs ?? null },
      reporter: toReporter(made, false),
      clocks,
      dayDigits: localDay(made),
    });
    await insertDone(tx, task, actor.accountId);
    const photos = await claimAttachments(tx, body.attachments, {
      eventId: event.id,
      taskId: task.id,
      reporterId: made.reporterId,
      accountId: actor.accountId,
      showReporter: body.showReporter,
    });
    refuseWithoutEvidence(made, photos, body.noEvidenceReason);
    return {
      event: { ...event, number },
      data: {
        taskId: task.id,
        taskUnitId: task.unitId,
        sampled: checked,
        ...(body.showReporter === true ? { photosShown: countShown(photos) } : {}),
      },
      words: { result: body.result, noEvidenceReason: body.noEvidenceReason ?? '' },
    };
  });
}

function refuseWithoutEvidence(
  { rule }: Prepared,
  photos: readonly { kind: string }[],
  noEvidenceReason: string | undefined,
): void {
  const count = (...kinds: string[]) => photos.filter((photo) => kinds.includes(photo.kind)).length;
  const refusal = missingEvidence(
    rule.evidence,
    { before: count('before', 'report'), after: count('after') },
    noEvidenceReason,
  );
  if (refusal !== undefined) throw refusal;
}

/** The same event always gives the same answer, and nobody can choose an event's id. `share` from 0 to 1. */
export function isSampled(eventId: string, share: number): boolean {
  return createHash('sha256').update(eventId).digest().readUInt32BE(0) / 2 ** 32 < share;
}

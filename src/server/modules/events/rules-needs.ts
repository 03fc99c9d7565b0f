import { AppError } from '#kit/errors.ts';
import type { EvidenceKind } from '#contract/events-words.ts';
import { isAbove } from '#kit/tiers.ts';
import type { Grant } from '#server/modules/identity/index.ts';
import { openTask, type Attempt, type EventFacts, type TaskFacts } from './facts.ts';

/** One question a rule may ask: answers with the refusal, or undefined when all is well. */
type Question = (ask: {
  facts: EventFacts;
  attempt: Attempt;
  grant: Grant | null;
  task: TaskFacts | null;
}) => AppError | undefined;

export const reopenDays = 15;
const dayMs = 86_400_000;

function state(facts: EventFacts, message: string, need: string): AppError {
  return new AppError('transition_not_allowed', message, { status: facts.status, version: facts.version, need });
}

/** Laws of the event that look at its state and at who acts. */
export const needs = {
  /** Law 5: what the public reports is verified before it is filed; a life-threatening matter is not made to wait. */
  verified: ({ facts }) =>
    facts.verified || facts.priority === 0
      ? undefined
      : state(facts, 'This report has not been verified on site. Verify it first, then file it.', 'verified'),

  /** Law 5, second half: before filing, only P0 is acted on. */
  filed_or_urgent: ({ facts }) =>
    facts.status === 'filed' || facts.priority === 0
      ? undefined
      : state(facts, 'Only a P0 event is dispatched before it is filed. File it first.', 'filed'),

  not_yet_verified: ({ facts }) =>
    facts.status === 'reported' || facts.status === 'verifying' || !facts.verified
      ? undefined
      : state(facts, 'It was verified already; nothing to verify.', 'not_yet_verified'),

  /** Law 2: after the second return the coordinator of the tier decides, nobody else. */
  coordinator: ({ facts, grant }) =>
    !facts.coordinating || grant?.permissions.has('event.coordinate') === true
      ? undefined
      : new AppError(
          'not_allowed',
          'It was returned twice: only the coordinator of this tier (event.coordinate) may decide who takes it.',
        ),

  /** Law 2: what the coordinator decided stays decided. */
  not_binding: ({ task }) =>
    task?.binding === true
      ? new AppError(
          'return_refused',
          'The coordinator decided this task after two returns; it cannot be returned. Do it, or ask for an extension.',
        )
      : undefined,

  /** Law 1: whoever handled it may not check it, nor may anybody acting for a unit that did the work. */
  fresh_hands: ({ facts, attempt, grant }) => {
    const handled = attempt.actor.accountId !== null && facts.hands.includes(attempt.actor.accountId);
    const unitDid =
      grant !== null && facts.tasks.some((task) => task.status === 'done' && task.unitId === grant.unitId);
    return handled || unitDid
      ? new AppError(
          'handler_may_not_check',
          'You or your unit handled this event. Somebody from another unit checks it.',
        )
      : undefined;
  },

  /** Law 4, said early: a clearer answer than "wrong state" when somebody checks while tasks are open. */
  tasks_finished: ({ facts }) => {
    const open = facts.tasks.filter((task) => openTask.includes(task.status));
    if (facts.status === 'checking' || open.length === 0) return undefined;
    return new AppError(
      'tasks_open',
      `${open.length} task(s) are neither done nor waived. Wait for them, or have the lead waive them with a reason.`,
      {
        status: facts.status,
        version: facts.version,
        taskIds: open.map((task) => task.id),
      },
    );
  },

  /** There is a lead to take it from; what the coordinator decided only a coordinator changes. */
  lead_may_change: ({ facts, grant, attempt }) => {
    const lead = facts.tasks.find((task) => task.part === 'lead' && openTask.includes(task.status));
    if (lead === undefined) return state(facts, 'No unit leads this now, so nothing can be handed over.', 'open_lead');
    return !lead.binding || attempt.actor.kind === 'system' || grant?.permissions.has('event.coordinate') === true
      ? undefined
      : new AppError('not_allowed', 'The coordinator decided who leads this; only a coordinator may change it.');
  },

  no_open_task: ({ facts }) =>
    facts.tasks.some((task) => openTask.includes(task.status))
      ? new AppError(
          'merge_refused',
          'Somebody is working on a task of this event. Withdraw or finish its tasks, then merge it.',
        )
      : undefined,

  tier_above: ({ facts }) =>
    facts.tier === 'city'
      ? state(facts, 'The city centre is the highest tier: nobody above it can take this.', 'tier_above')
      : undefined,

  /** Law 6: the reporter may come back within 15 days. */
  closed_lately: ({ facts, attempt }) =>
    facts.closedAtMs !== null && attempt.nowMs - facts.closedAtMs > reopenDays * dayMs
      ? new AppError(
          'reopen_too_late',
          `It was closed more than ${reopenDays} days ago. Report it again; the old number can be named in the text.`,
        )
      : undefined,

  before_due: ({ task, attempt }) =>
    task !== null && task.dueMs !== null && attempt.nowMs < task.dueMs
      ? undefined
      : new AppError(
          'extension_too_late',
          'An extension is asked for while the limit still runs; this limit has passed or stands still.',
        ),
} as const satisfies Record<string, Question>;
export type Need = keyof typeof needs;

/** The refusal when photos the category wants are missing and no words say why. */
export function missingEvidence(
  wanted: EvidenceKind,
  photos: { before: number; after: number },
  noEvidenceReason: string | undefined,
): AppError | undefined {
  if ((noEvidenceReason ?? '').trim().length >= 2) return undefined;
  const missing = [
    ...(wanted === 'before_after' && photos.before === 0 ? ['before'] : []),
    ...((wanted === 'before_after' || wanted === 'after') && photos.after === 0 ? ['after'] : []),
  ];
  if (missing.length === 0) return undefined;
  return new AppError(
    'evidence_needed',
    `This category wants ${missing.join(' and ')} photo(s). Attach them, or say in words why there are none.`,
    { missing },
  );
}

/** What the request itself must bring. Not asked when we only want to know which buttons to show. */
export const asks = {
  reason: ({ attempt }) =>
    (attempt.reason ?? '').trim().length >= 2
      ? undefined
      : new AppError(
          'reason_needed',
          'Expected a reason of at least two characters, found none. Say why, so that the next reader understands.',
        ),

  /** Law 6: evidence fitting the category, or words saying why there is none. It is asked of the lead: evidence belongs to the event. */
  evidence: ({ facts, attempt, task }) => {
    if (task?.part === 'assist') return undefined;
    return missingEvidence(facts.evidence, attempt.photos ?? { before: 0, after: 0 }, attempt.noEvidenceReason);
  },

  /** Law 3: no tier pushes down what the level library assigns to itself (or to a tier above the target). */
  tier_may_push_down: ({ facts, attempt }) =>
    attempt.targetTier !== undefined && isAbove(facts.ruleTier, attempt.targetTier)
      ? new AppError(
          'tier_keeps_it',
          `The level library assigns this to the ${facts.ruleTier}; it cannot be pushed down to the ${attempt.targetTier}.`,
          {
            ruleTier: facts.ruleTier,
          },
        )
      : undefined,
} as const satisfies Record<string, Question>;
export type Ask = keyof typeof asks;

import type { EventStatus, EvidenceKind, TaskStatus, Verb } from '#contract/events-words.ts';
import type { DeskTier, Tier } from '#kit/tiers.ts';
import type { Actor, Grant } from '#server/modules/identity/index.ts';

/** What the rules need to know of one task. Times are epoch milliseconds. */
export interface TaskFacts {
  id: string;
  unitId: string;
  part: 'lead' | 'assist';
  status: TaskStatus;
  /** Decided by the coordinator after two returns. */
  binding: boolean;
  /** Given since the event was last reopened: only these count for finishing. */
  current: boolean;
  /** Due time of its running handle clock; null when none runs. */
  dueMs: number | null;
}

/** What the rules need to know of one event. */
export interface EventFacts {
  status: EventStatus;
  /** Shelved or merged: the status it will go back to. */
  statusBefore: EventStatus | null;
  version: number;
  priority: number;
  tier: DeskTier;
  ownerUnitId: string;
  /** Area codes from the city down. */
  path: readonly string[];
  verified: boolean;
  closedAtMs: number | null;
  /** Two returns have happened and the coordinator has not decided yet. */
  coordinating: boolean;
  /** Tier and evidence of the level library's rule. */
  ruleTier: DeskTier;
  evidence: EvidenceKind;
  tasks: readonly TaskFacts[];
  /** Accounts that put a hand to it. */
  hands: readonly string[];
  /** Accounts that reported it (residents without an account come by receipt). */
  reporters: readonly string[];
}

/** What the rules need to know of a unit. */
export interface UnitFacts {
  id: string;
  kind: string;
  tier: Tier;
  areaCode: string;
}
export type UnitOf = (id: string) => UnitFacts | undefined;

/** Somebody wants to do something now. Everything beyond verb, actor and time is asked for by some verbs only. */
export interface Attempt {
  verb: Verb;
  actor: Actor;
  nowMs: number;
  /** Comes with the secret of a receipt: the reporter. */
  byReceipt?: boolean;
  taskId?: string | null;
  reason?: string;
  /** verify: confirmed / not_found; check: pass / fail. */
  outcome?: 'confirmed' | 'not_found' | 'pass' | 'fail';
  /** return: the matter is beyond this tier and goes up at once. */
  beyondTier?: boolean;
  /** delegate: tier of the unit that shall own it. */
  targetTier?: Tier;
  /** finish: photos there are, and the words instead. */
  photos?: { before: number; after: number };
  noEvidenceReason?: string;
}

/** The rules' answer: what the event becomes, by which appointment, on which task. */
export interface Decision {
  to: EventStatus;
  /** The appointment it is done under; null for the reporter and for the program itself. */
  grant: Grant | null;
  task: TaskFacts | null;
}

export const openTask: readonly TaskStatus[] = ['offered', 'accepted', 'on_site'];

/** Law 4: nothing is open any more and the lead has done its part. `except` counts as finished already. */
export function allFinished(tasks: readonly TaskFacts[], except?: { id: string; as: TaskStatus }): boolean {
  const now = tasks
    .filter((task) => task.current)
    .map((task) => (task.id === except?.id ? { ...task, status: except.as } : task));
  return (
    now.some((task) => task.part === 'lead' && task.status === 'done') &&
    !now.some((task) => openTask.includes(task.status))
  );
}

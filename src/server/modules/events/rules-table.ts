import type { ClockStep, EventStatus, TaskStatus, Verb } from '#contract/events-words.ts';
import type { Permission } from '#contract/route.ts';
import type { Attempt, EventFacts, TaskFacts } from './facts.ts';
import { allFinished } from './facts.ts';
import type { Ask, Need } from './rules-needs.ts';

/**
 * Who may do it, besides carrying the permission word over the event's place or unit:
 * - field: anybody whose appointment reaches the event
 * - owner: people of the unit on whose desk it lies
 * - desk: the owner, or a governance centre above it on the same path
 * - holder: people of the unit that holds the task
 * - joint: the desk, or the unit that leads the work
 * - push: the owner, or the unit that leads the work
 * - program: only the program itself
 */
export type Who = 'field' | 'owner' | 'desk' | 'holder' | 'joint' | 'push' | 'program';

export interface Row {
  verb: Verb;
  from: readonly EventStatus[];
  to: EventStatus | ((facts: EventFacts, attempt: Attempt, task: TaskFacts | null) => EventStatus);
  permission: Permission | null;
  who: Who;
  /** The reporter may do it too, by receipt. */
  reporter?: true;
  /** It is done on a task in one of these states. */
  task?: { states: readonly TaskStatus[]; part?: 'lead' | 'assist' };
  needs?: readonly Need[];
  asks?: readonly Ask[];
  /** Clocks of the event that end; 'task' means the clocks of the task. */
  stops?: readonly (ClockStep | 'task' | 'all')[];
  /** What begins is said in words; commands start it, because it needs limits. */
  starts?: string;
  because?: string;
}

const same = (facts: EventFacts): EventStatus => facts.status;
const desk: readonly EventStatus[] = ['reported', 'verifying', 'filed'];
const work: readonly EventStatus[] = ['dispatched', 'handling'];
const open: readonly EventStatus[] = [...desk, ...work, 'checking', 'shelved'];
const goesUp = (facts: EventFacts): EventStatus =>
  facts.status === 'reported' || facts.status === 'verifying' ? 'verifying' : 'filed';
const afterTask =
  (as: TaskStatus) =>
  (facts: EventFacts, _: Attempt, task: TaskFacts | null): EventStatus =>
    task !== null && allFinished(facts.tasks, { id: task.id, as }) ? 'checking' : facts.status;
const toFiledIfLead = (facts: EventFacts, _: Attempt, task: TaskFacts | null): EventStatus =>
  task?.part === 'lead' ? 'filed' : facts.status;

/** One row per verb on an existing event. `report`, `follow` by report and `self_handle` make events and stand in commands-report. */
export const table: readonly Row[] = [
  {
    verb: 'receive',
    from: ['reported'],
    to: 'verifying',
    permission: 'event.receive',
    who: 'owner',
    stops: ['receive'],
    starts: 'verify, or file when verified already',
  },
  {
    verb: 'verify',
    from: [...desk, ...work],
    to: (f) => (f.status === 'reported' ? 'verifying' : f.status),
    permission: 'event.verify',
    who: 'field',
    needs: ['not_yet_verified'],
    stops: ['receive'],
    starts: 'file when confirmed',
    because:
      'Whoever stands there verifies, so it also receives. After filing only a P0 can still be unverified: it was acted on first (law 5). "Not found" is recorded and decides nothing: a seat declines.',
  },
  {
    verb: 'file',
    from: ['reported', 'verifying'],
    to: 'filed',
    permission: 'event.file',
    who: 'owner',
    needs: ['verified'],
    stops: ['receive', 'verify', 'file'],
    starts: 'dispatch',
    because: 'From "reported" too: reports of our own field force arrive verified. Only the owning desk files (law 3).',
  },
  {
    verb: 'decline',
    from: ['reported', 'verifying'],
    to: 'declined',
    permission: 'event.file',
    who: 'owner',
    asks: ['reason'],
    stops: ['all'],
    because: 'The reason is written for the reporter, who reads it on the receipt.',
  },
  {
    verb: 'escalate',
    from: [...desk, ...work],
    to: goesUp,
    permission: 'event.escalate',
    who: 'push',
    needs: ['tier_above'],
    asks: ['reason'],
    stops: ['all'],
    starts: 'verify, file or dispatch at the tier above',
    because: 'Any tier may push up with a reason (law 3). What was not verified stays unverified.',
  },
  {
    verb: 'delegate',
    from: desk,
    to: same,
    permission: 'event.dispatch',
    who: 'desk',
    needs: ['coordinator'],
    asks: ['reason', 'tier_may_push_down'],
    stops: ['receive', 'verify', 'file', 'dispatch', 'coordinate'],
    starts: 'the step it stands in, at the lower tier',
    because: 'Before filing too: a place that was found late belongs to the desk of that place.',
  },
  {
    verb: 'dispatch',
    from: desk,
    to: 'dispatched',
    permission: 'event.dispatch',
    who: 'desk',
    needs: ['filed_or_urgent', 'coordinator'],
    stops: ['receive', 'file', 'dispatch', 'coordinate'],
    starts: 'accept for each task; verify if P0 and unverified',
    because: 'From "reported" and "verifying" only for P0 (law 5).',
  },
  {
    verb: 'accept',
    from: work,
    to: (f, _, t) => (t?.part === 'lead' ? 'handling' : f.status),
    permission: 'event.handle',
    who: 'holder',
    task: { states: ['offered'] },
    stops: ['task'],
    starts: 'handle for the task',
  },
  {
    verb: 'return',
    from: work,
    to: toFiledIfLead,
    permission: 'event.handle',
    who: 'holder',
    task: { states: ['offered', 'accepted', 'on_site'] },
    needs: ['not_binding'],
    asks: ['reason'],
    stops: ['task'],
    starts: 'dispatch, or coordinate after the second return',
    because: 'The owner keeps owning until somebody accepts (law 2). With "beyond this tier" it goes up at once.',
  },
  {
    verb: 'invite',
    from: work,
    to: same,
    permission: 'event.dispatch',
    who: 'joint',
    starts: 'accept for each new task',
  },
  {
    verb: 'hand_over',
    from: work,
    to: 'handling',
    permission: 'event.dispatch',
    who: 'joint',
    task: { states: ['accepted', 'on_site'], part: 'assist' },
    needs: ['lead_may_change'],
    asks: ['reason'],
    because:
      'The task named is that of the next lead. It goes only to a unit that has accepted its part, so nobody is made to answer unasked; the old lead goes on as an assist.',
  },
  {
    verb: 'waive',
    from: work,
    to: afterTask('waived'),
    permission: 'event.dispatch',
    who: 'joint',
    task: { states: ['offered', 'accepted', 'on_site'], part: 'assist' },
    asks: ['reason'],
    stops: ['task'],
    starts: 'check when it was the last open task',
    because: 'Only assists are waived: without its lead nobody would answer for the event.',
  },
  {
    verb: 'withdraw',
    from: work,
    to: toFiledIfLead,
    permission: 'event.dispatch',
    who: 'desk',
    task: { states: ['offered'] },
    asks: ['reason'],
    stops: ['task'],
    starts: 'dispatch when it was the lead',
  },
  { verb: 'arrive', from: work, to: same, permission: 'event.handle', who: 'holder', task: { states: ['accepted'] } },
  {
    verb: 'note',
    from: [...open, 'closed', 'declined'],
    to: same,
    permission: 'event.annotate',
    who: 'field',
    reporter: true,
  },
  {
    verb: 'ask_extension',
    from: work,
    to: same,
    permission: 'event.handle',
    who: 'holder',
    task: { states: ['accepted', 'on_site'] },
    needs: ['before_due'],
    asks: ['reason'],
  },
  { verb: 'grant_extension', from: work, to: same, permission: 'event.dispatch', who: 'desk' },
  { verb: 'refuse_extension', from: work, to: same, permission: 'event.dispatch', who: 'desk', asks: ['reason'] },
  {
    verb: 'finish',
    from: work,
    to: afterTask('done'),
    permission: 'event.handle',
    who: 'holder',
    task: { states: ['accepted', 'on_site'] },
    asks: ['evidence'],
    stops: ['task'],
    starts: 'check when it was the last open task',
    because: 'From "dispatched" too: an assist may be done before the lead has accepted.',
  },
  {
    verb: 'check',
    from: ['checking'],
    to: (_, a) => (a.outcome === 'fail' ? 'handling' : 'closed'),
    permission: 'event.check',
    who: 'field',
    needs: ['tasks_finished', 'fresh_hands'],
    stops: ['check'],
    starts: 'handle for the lead when it failed',
  },
  {
    verb: 'shelve',
    from: ['filed', 'handling'],
    to: 'shelved',
    permission: 'event.dispatch',
    who: 'desk',
    asks: ['reason'],
    starts: 'nothing: every clock stands still',
    because: 'Said honestly, with a date to look again. While somebody has yet to accept, return it first.',
  },
  {
    verb: 'resume',
    from: ['shelved'],
    to: (f) => f.statusBefore ?? 'filed',
    permission: 'event.dispatch',
    who: 'desk',
    starts: 'clocks go on',
  },
  {
    verb: 'merge',
    from: desk,
    to: 'merged',
    permission: 'event.file',
    who: 'desk',
    needs: ['no_open_task'],
    starts: 'nothing: every clock stands still',
  },
  {
    verb: 'unmerge',
    from: ['merged'],
    to: (f) => f.statusBefore ?? 'reported',
    permission: 'event.file',
    who: 'desk',
    asks: ['reason'],
    starts: 'clocks go on',
  },
  { verb: 'urge', from: open, to: same, permission: 'event.annotate', who: 'field', reporter: true },
  { verb: 'supervise', from: open, to: same, permission: 'event.supervise', who: 'desk' },
  {
    verb: 'reopen',
    from: ['closed'],
    to: 'filed',
    permission: 'event.supervise',
    who: 'desk',
    reporter: true,
    needs: ['closed_lately'],
    asks: ['reason'],
    starts: 'dispatch',
    because: 'Same event, same number (law 6).',
  },
  { verb: 'rate', from: ['closed'], to: same, permission: null, who: 'program', reporter: true },
  {
    verb: 'recategorise',
    from: [...desk, ...work],
    to: same,
    permission: 'event.file',
    who: 'desk',
    asks: ['reason'],
    starts: 'running clocks take the limits of the new rule',
  },
  { verb: 'relocate', from: [...desk, ...work], to: same, permission: 'event.file', who: 'desk' },
  {
    verb: 'reprioritise',
    from: [...desk, ...work],
    to: same,
    permission: 'event.file',
    who: 'desk',
    asks: ['reason'],
    starts: 'running clocks take the limits of the new priority',
  },
  { verb: 'record_call', from: open, to: same, permission: 'event.annotate', who: 'field' },
  {
    verb: 'cancel',
    from: open,
    to: 'cancelled',
    permission: 'event.coordinate',
    who: 'desk',
    asks: ['reason'],
    stops: ['all'],
    because:
      'For what was entered by mistake; tasks still open are withdrawn with the same reason, each named in the line, and their units are told.',
  },
  {
    verb: 'follow',
    from: [...open, 'closed'],
    to: same,
    permission: null,
    who: 'program',
    reporter: true,
    because: 'Joining costs nobody anything; a closed one can then be reopened.',
  },
  { verb: 'escalate_clock', from: open, to: same, permission: null, who: 'program' },
];

import type { ClockStep, EventStatus } from '#contract/events-words.ts';
import type { Calendar } from '#engine/worktime/calendar.ts';
import { uuidV7 } from '#kit/ids.ts';
import type { CaseRows, EventRow, TaskRow } from './case-rows.ts';
import { openTask } from './facts.ts';
import { limitOf, type Rule } from './library.ts';
import { coordinateLimit, pauseClock, relimit, resumeClock, startClock, stopClock, type ClockRow } from './worktime.ts';

/**
 * The locked event while a command works on it: plain rows in memory, changed here and written once at the end.
 * Clocks that start and stop are collected for the ledger line.
 */
export interface Draft {
  readonly event: EventRow;
  readonly tasks: readonly TaskRow[];
  readonly clocks: readonly ClockRow[];
  readonly rule: Rule;
  set(changes: Partial<EventRow>): void;
  setRule(rule: Rule): void;
  changeTask(id: string, changes: Partial<TaskRow>): void;
  addTask(task: Pick<TaskRow, 'unitId' | 'part' | 'instruction' | 'offeredBy'> & { binding?: boolean }): TaskRow;
  start(step: ClockStep, taskId?: string | null): void;
  stop(step: ClockStep | 'task' | 'all', taskId?: string | null): void;
  pauseAll(reason: string): void;
  resumeAll(): void;
  /** Running clocks take the limits of the draft's present rule and priority. */
  relimitAll(): void;
  changeClock(id: string, change: (clock: ClockRow) => ClockRow): void;
  /** The account has put a hand to it (law 1). */
  hand(accountId: string | null): void;
  /** What must be written, and what the line says of clocks. */
  result(): {
    event: EventRow;
    tasks: TaskRow[];
    clocks: ClockRow[];
    hands: string[];
    started: { step: ClockStep; taskId: string | null; dueAt: string | null }[];
    stopped: { step: ClockStep; taskId: string | null; late: boolean }[];
  };
}

export function openDraft(rows: CaseRows, start: { rule: Rule; calendar: Calendar; nowMs: number }): Draft {
  const { calendar, nowMs } = start;
  let rule = start.rule;
  let event = rows.event;
  const tasks = new Map(rows.tasks.map((task) => [task.id, task]));
  const clocks = new Map(rows.clocks.map((clock) => [clock.id, clock]));
  const dirtyTasks = new Set<string>();
  const dirtyClocks = new Set<string>();
  const hands = new Set<string>();
  const started: ReturnType<Draft['result']>['started'] = [];
  const stopped: ReturnType<Draft['result']>['stopped'] = [];

  const running = () => [...clocks.values()].filter((clock) => clock.stoppedMs === null);
  function put(clock: ClockRow): void {
    clocks.set(clock.id, clock);
    dirtyClocks.add(clock.id);
  }

  const draft: Draft = {
    get event() {
      return event;
    },
    get tasks() {
      return [...tasks.values()];
    },
    get clocks() {
      return [...clocks.values()];
    },
    get rule() {
      return rule;
    },
    set(changes) {
      event = { ...event, ...changes };
    },
    setRule(next) {
      rule = next;
    },
    changeTask(id, changes) {
      const task = tasks.get(id);
      if (task === undefined) return;
      tasks.set(id, { ...task, ...changes });
      dirtyTasks.add(id);
    },
    addTask(offer) {
      const task: TaskRow = {
        id: uuidV7(nowMs),
        eventId: event.id,
        status: 'offered',
        binding: offer.binding ?? false,
        assigneeId: null,
        offeredMs: nowMs,
        acceptedMs: null,
        onSiteMs: null,
        doneMs: null,
        endedMs: null,
        result: '',
        reason: '',
        reportedMs: event.reportedMs,
        round: event.reopens,
        district: event.district,
        unitId: offer.unitId,
        part: offer.part,
        instruction: offer.instruction,
        offeredBy: offer.offeredBy,
      };
      tasks.set(task.id, task);
      dirtyTasks.add(task.id);
      return task;
    },
    start(step, taskId = null) {
      const limit = step === 'coordinate' ? coordinateLimit : limitOf(rule, event.priority, step);
      const clock = startClock(calendar, { id: uuidV7(nowMs), eventId: event.id, taskId, step, limit, nowMs });
      put(clock);
      started.push({ step, taskId, dueAt: clock.dueMs === null ? null : new Date(clock.dueMs).toISOString() });
    },
    stop(step, taskId = null) {
      for (const clock of running()) {
        const meant =
          step === 'all' ||
          (step === 'task' ? clock.taskId === taskId && taskId !== null : clock.step === step && clock.taskId === null);
        if (!meant) continue;
        const ended = stopClock(calendar, clock, nowMs);
        put(ended);
        stopped.push({ step: clock.step, taskId: clock.taskId, late: ended.late });
      }
    },
    pauseAll(reason) {
      for (const clock of running()) put(pauseClock(calendar, clock, nowMs, reason));
    },
    resumeAll() {
      for (const clock of running()) put(resumeClock(calendar, clock, nowMs));
    },
    relimitAll() {
      for (const clock of running())
        if (clock.step !== 'coordinate') put(relimit(calendar, clock, limitOf(rule, event.priority, clock.step)));
    },
    changeClock(id, change) {
      const clock = clocks.get(id);
      if (clock !== undefined) put(change(clock));
    },
    hand(accountId) {
      if (accountId !== null) hands.add(accountId);
    },
    result() {
      const dues = running().flatMap((clock) => (clock.dueMs === null ? [] : [clock.dueMs]));
      const late = event.late || [...clocks.values()].some((clock) => clock.late);
      return {
        event: { ...event, late, dueMs: dues.length === 0 ? null : Math.min(...dues), version: event.version + 1 },
        tasks: [...dirtyTasks].flatMap((id) => tasks.get(id) ?? []),
        clocks: [...dirtyClocks].flatMap((id) => clocks.get(id) ?? []),
        hands: [...hands],
        started,
        stopped,
      };
    },
  };
  return draft;
}

/** Ends every open task of the draft with this state and reason, and its clocks with it. Answers which, for the line. */
export function endOpenTasks(
  draft: Draft,
  status: 'withdrawn' | 'returned',
  reason: string,
  nowMs: number,
  which: (task: TaskRow) => boolean = () => true,
): { taskId: string; unitId: string; was: TaskRow['status'] }[] {
  const ended: ReturnType<typeof endOpenTasks> = [];
  for (const task of draft.tasks) {
    if (!openTask.includes(task.status) || !which(task)) continue;
    draft.changeTask(task.id, { status, reason, endedMs: nowMs });
    draft.stop('task', task.id);
    ended.push({ taskId: task.id, unitId: task.unitId, was: task.status });
  }
  return ended;
}

/** The clock of the step an event stands in, for a desk that has just been given it. */
export function startDeskClock(draft: Draft, status: EventStatus): void {
  if (status === 'reported') draft.start('receive');
  else if (status === 'verifying') draft.start(draft.event.verifiedMs === null ? 'verify' : 'file');
  else if (status === 'filed') draft.start('dispatch');
}

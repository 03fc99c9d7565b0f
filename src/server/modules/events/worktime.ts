import type { ClockKind, ClockStep } from '#contract/events-words.ts';
import type { Calendar } from '#engine/worktime/calendar.ts';
import { dueAt, instantAtFraction, type LimitClock } from '#engine/worktime/limit-clock.ts';

/** A limit of the level library: minutes, or whole days for working_day. */
export interface Limit {
  kind: ClockKind;
  amount: number;
}

/** A running or ended clock of an event. Times are epoch milliseconds. */
export interface ClockRow extends Limit {
  id: string;
  eventId: string;
  taskId: string | null;
  step: ClockStep;
  /** Granted extensions, in the unit of `kind`. */
  extra: number;
  startedMs: number;
  dueMs: number | null;
  /** False: the calendar did not reach that far. */
  certain: boolean;
  pauses: { from: string; to: string | null; reason: string }[];
  stoppedMs: number | null;
  late: boolean;
  /** Highest rung of the ladder already rung: 0, 80, 100 or 150. */
  mark: number;
  nextMarkMs: number | null;
}

/** The escalation ladder: at 80 % the holder is reminded, at 100 % the owner told, at 150 % the tier above. */
export const ladder = [80, 100, 150] as const;
export type Rung = (typeof ladder)[number];

/** The rung after `mark`, or undefined above the last. */
export function rungAfter(mark: number): Rung | undefined {
  return ladder.find((rung) => rung > mark);
}

/** Coordinators decide within 30 working minutes after the second return (law 2). */
export const coordinateLimit: Limit = { kind: 'working_time', amount: 30 };

/** Due and next rung, worked out again after any change of the clock. Returns a new row. */
export function retime(calendar: Calendar, clock: ClockRow): ClockRow {
  const limit = toLimitClock(clock);
  const due = dueAt(calendar, limit);
  const rung = rungAfter(clock.mark);
  const next =
    rung === undefined || clock.stoppedMs !== null ? null : instantAtFraction(calendar, limit, rung / 100).at;
  return {
    ...clock,
    dueMs: isPaused(clock) ? null : due.at,
    certain: due.certain,
    nextMarkMs: isPaused(clock) ? null : next,
  };
}

export function startClock(
  calendar: Calendar,
  start: { id: string; eventId: string; taskId: string | null; step: ClockStep; limit: Limit; nowMs: number },
): ClockRow {
  const { limit, nowMs, ...who } = start;
  return retime(calendar, {
    ...who,
    kind: limit.kind,
    amount: limit.amount,
    extra: 0,
    startedMs: nowMs,
    dueMs: null,
    certain: true,
    pauses: [],
    stoppedMs: null,
    late: false,
    mark: 0,
    nextMarkMs: null,
  });
}

/** Ends a clock; it is late when it ran past its due, which is remembered. */
export function stopClock(calendar: Calendar, clock: ClockRow, nowMs: number): ClockRow {
  const gone = isPaused(clock) ? resumeClock(calendar, clock, nowMs) : clock;
  return {
    ...gone,
    stoppedMs: nowMs,
    late: gone.late || (gone.dueMs !== null && nowMs > gone.dueMs),
    nextMarkMs: null,
  };
}

export function pauseClock(calendar: Calendar, clock: ClockRow, nowMs: number, reason: string): ClockRow {
  if (isPaused(clock)) return clock;
  const late = clock.late || (clock.dueMs !== null && nowMs > clock.dueMs);
  return retime(calendar, {
    ...clock,
    late,
    pauses: [...clock.pauses, { from: new Date(nowMs).toISOString(), to: null, reason }],
  });
}

export function resumeClock(calendar: Calendar, clock: ClockRow, nowMs: number): ClockRow {
  const pauses = clock.pauses.map((pause) =>
    pause.to === null ? { ...pause, to: new Date(nowMs).toISOString() } : pause,
  );
  return retime(calendar, { ...clock, pauses });
}

export function isPaused(clock: ClockRow): boolean {
  return clock.pauses.some((pause) => pause.to === null);
}

/**
 * Another limit from its own start on (recategorised, other priority). Rungs already rung stay rung; a limit that is
 * now shorter than what was used is simply late.
 */
export function relimit(calendar: Calendar, clock: ClockRow, limit: Limit): ClockRow {
  const extra = unitOf(clock.kind) === unitOf(limit.kind) ? clock.extra : 0;
  return retime(calendar, { ...clock, kind: limit.kind, amount: limit.amount, extra });
}

/** Days or minutes: what an extension of this kind of clock is counted in. */
export function unitOf(kind: ClockKind): 'day' | 'minute' {
  return kind === 'working_day' ? 'day' : 'minute';
}

function toLimitClock(clock: ClockRow): LimitClock {
  return {
    kind: clock.kind,
    startMs: clock.startedMs,
    limit: clock.amount,
    pauses: clock.pauses.map((pause) => ({
      fromMs: Date.parse(pause.from),
      toMs: pause.to === null ? null : Date.parse(pause.to),
    })),
    ...(clock.kind === 'working_day' ? { extraDays: clock.extra } : { extraMinutes: clock.extra }),
  };
}

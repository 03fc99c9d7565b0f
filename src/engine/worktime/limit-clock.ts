import type { Calendar } from './calendar.ts';
import { MINUTE_MS } from './days.ts';
import { checkAmount, checkInstant, elapsedAt, endOf, instantAfter, isCertain } from './elapsed.ts';
import type { CertainMinutes, TimeKind } from './elapsed.ts';
import { refuseTime } from './refuse.ts';
import { indexOf } from './work-index.ts';
import type { WorkIndex } from './work-index.ts';

/** A stretch in which a clock stands still: [fromMs, toMs), epoch ms; `toMs` null while it is still paused. */
export interface Pause {
  readonly fromMs: number;
  readonly toMs: number | null;
}

/**
 * A limit that runs. `limit` is minutes, or whole days for `working_day`; granted extensions add to it (`extraMinutes`
 * or `extraDays`, whichever is the kind's unit). The limit's measure, its 100 %, is in the kind's own time:
 * - minute kinds: limit + extraMinutes;
 * - `working_day`: the working minutes from the start to the close of the (limit + extraDays)-th working day, pauses
 *   left aside. A limit of 3 days given at noon measures less than one given in the morning: both end at a closing.
 *
 * Pauses may be given in any order and overlap; shared time counts once, time before the start not at all. A pause
 * takes out exactly the kind's time inside it and moves every later mark by as much: a pause over lunch or a weekend
 * moves a working clock by nothing, and a paused `working_day` clock may end in the middle of a day.
 */
export interface LimitClock {
  readonly kind: TimeKind;
  readonly startMs: number;
  readonly limit: number;
  readonly pauses: readonly Pause[];
  readonly extraMinutes?: number;
  readonly extraDays?: number;
}

/** An instant (epoch ms), or null when it cannot be known because the clock stands still. `certain` as in elapsed.ts. */
export interface MarkInstant {
  at: number | null;
  certain: boolean;
}

export interface CertainFraction {
  fraction: number;
  certain: boolean;
}

const MAX_FRACTION = 100;

/**
 * When the limit runs out. Null during an open pause, unless the limit was already used up when that pause began: a
 * pause moves only what is still to come, so it can neither undo nor hide lateness.
 * @throws bad_input for a clock that makes no sense (negative or absurd amounts, a pause that ends before it begins)
 */
export function dueAt(calendar: Calendar, clock: LimitClock): MarkInstant {
  return instantAtFraction(calendar, clock, 1);
}

/**
 * When `fraction` (0 to 100) of the limit is used: 0.8 and 1.5 for the escalation ladder. Beyond 1 the clock runs on in
 * its own kind of time, so 1.5 of a working limit is never reached at night. The earliest such instant; never earlier
 * for a larger fraction. Null as in dueAt. `certain` covers every day from the start to the mark, and for `working_day`
 * also to the unpaused due, on which the measure rests.
 */
export function instantAtFraction(calendar: Calendar, clock: LimitClock, fraction: number): MarkInstant {
  if (!(fraction >= 0 && fraction <= MAX_FRACTION)) {
    refuseTime(`fraction: expected 0 to ${MAX_FRACTION} (1 is the whole limit), found ${fraction}.`);
  }
  const { index, pauses, measureMs, measuredUntilMs } = readClock(calendar, clock);
  let missingMs = Math.round(measureMs * fraction);
  let cursorMs = clock.startMs;
  let at: number | null = cursorMs;
  for (const pause of missingMs > 0 ? pauses : []) {
    const ranMs = elapsedAt(index, clock.kind, pause.fromMs) - elapsedAt(index, clock.kind, cursorMs);
    if (ranMs >= missingMs) break;
    missingMs -= ranMs;
    if (pause.toMs === null) at = null;
    cursorMs = pause.toMs ?? pause.fromMs;
  }
  if (at !== null) at = instantAfter(index, clock.kind, cursorMs, missingMs);
  const usedUntilMs = Math.max(measuredUntilMs, at ?? cursorMs);
  return { at, certain: isCertain(index, clock.kind, clock.startMs, usedUntilMs) };
}

/**
 * Minutes of the kind's time used between the start and `nowMs`, pauses left out; an open pause lasts until now. 0 before
 * the start. Keeps growing after the due.
 */
export function usedMinutes(calendar: Calendar, clock: LimitClock, nowMs: number): CertainMinutes {
  checkInstant(nowMs, 'now');
  const { index, pauses } = readClock(calendar, clock);
  const minutes = usedMs(index, clock, pauses, nowMs) / MINUTE_MS;
  return { minutes, certain: isCertain(index, clock.kind, clock.startMs, Math.max(clock.startMs, nowMs)) };
}

/**
 * Used time over the measure: 0 at the start, 1 at the due, more when late. fractionAt(t) ≥ f exactly from
 * instantAtFraction(f) on, up to rounding to the millisecond. A limit of 0 minutes is spent at once: 0 before the start,
 * Infinity from it on.
 */
export function fractionAt(calendar: Calendar, clock: LimitClock, nowMs: number): CertainFraction {
  checkInstant(nowMs, 'now');
  const { index, pauses, measureMs, measuredUntilMs } = readClock(calendar, clock);
  const spent = nowMs < clock.startMs ? 0 : Number.POSITIVE_INFINITY;
  const fraction = measureMs > 0 ? usedMs(index, clock, pauses, nowMs) / measureMs : spent;
  return { fraction, certain: isCertain(index, clock.kind, clock.startMs, Math.max(measuredUntilMs, nowMs)) };
}

interface ReadClock {
  index: WorkIndex;
  /** In order, apart from one another, none before the start; only the last may be open. */
  pauses: Pause[];
  measureMs: number;
  /** The last instant whose calendar day the measure depends on. */
  measuredUntilMs: number;
}

function readClock(calendar: Calendar, clock: LimitClock): ReadClock {
  const { kind, startMs, limit, extraMinutes = 0, extraDays = 0 } = clock;
  const inDays = kind === 'working_day';
  checkInstant(startMs, 'start');
  checkAmount(kind, limit, 'limit');
  checkAmount(kind, inDays ? extraDays : extraMinutes, inDays ? 'extraDays' : 'extraMinutes');
  const foreign = inDays ? extraMinutes : extraDays;
  if (foreign !== 0) {
    refuseTime(
      `Expected a ${kind} clock to be extended in ${inDays ? 'days' : 'minutes'}, found ${foreign} of the other.`,
    );
  }
  const index = indexOf(calendar);
  const pauses = mergePauses(clock);
  if (!inDays) {
    return { index, pauses, measureMs: Math.round((limit + extraMinutes) * MINUTE_MS), measuredUntilMs: startMs };
  }
  const measuredUntilMs = endOf(index, kind, startMs, limit + extraDays);
  const measureMs = elapsedAt(index, kind, measuredUntilMs) - elapsedAt(index, kind, startMs);
  return { index, pauses, measureMs, measuredUntilMs };
}

/** Pauses in order, cut off before the start, those that overlap or touch joined, empty ones dropped. */
function mergePauses({ startMs, pauses }: LimitClock): Pause[] {
  const cut = pauses.map(({ fromMs, toMs }) => {
    checkInstant(fromMs, 'pause from');
    if (toMs !== null) checkInstant(toMs, 'pause to');
    if (toMs !== null && toMs < fromMs) refuseTime(`pause: expected an end after its start ${fromMs}, found ${toMs}.`);
    return { fromMs: Math.max(fromMs, startMs), toMs };
  });
  const merged: { fromMs: number; toMs: number | null }[] = [];
  for (const pause of cut.toSorted((a, b) => a.fromMs - b.fromMs)) {
    if (pause.toMs !== null && pause.toMs <= pause.fromMs) continue;
    const last = merged.at(-1);
    if (!last || (last.toMs !== null && last.toMs < pause.fromMs)) merged.push(pause);
    else if (last.toMs !== null) last.toMs = pause.toMs === null ? null : Math.max(last.toMs, pause.toMs);
  }
  return merged;
}

function usedMs(index: WorkIndex, clock: LimitClock, pauses: readonly Pause[], nowMs: number): number {
  if (nowMs <= clock.startMs) return 0;
  const between = (fromMs: number, toMs: number): number =>
    elapsedAt(index, clock.kind, toMs) - elapsedAt(index, clock.kind, fromMs);
  let used = between(clock.startMs, nowMs);
  for (const { fromMs, toMs } of pauses) {
    if (fromMs < nowMs) used -= between(fromMs, Math.min(toMs ?? nowMs, nowMs));
  }
  return used;
}

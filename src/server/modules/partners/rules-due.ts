import type { PledgeEvery } from '#contract/partners-words.ts';
import { addDays } from '#kit/shanghai-days.ts';
import { addMonths, earlier } from './rules-days.ts';

/** What was promised by when. Pure arithmetic of days and whole numbers. */

export interface Promised {
  every: PledgeEvery;
  /** In each period. */
  quantity: number;
  fromDay: string;
  toDay: string;
  /** Last day where it ended before its time. */
  endedOn: string | null;
}

export interface Period {
  /** Counts from 1. */
  no: number;
  fromDay: string;
  toDay: string;
}

const monthsOf = { monthly: 1, quarterly: 3 } as const;

/** First day of period `k` (from 0) of a repeating promise. */
function beginOf({ every, fromDay }: Promised, k: number): string {
  if (every === 'weekly') return addDays(fromDay, 7 * k);
  return every === 'once' ? fromDay : addMonths(fromDay, monthsOf[every] * k);
}

/**
 * The whole periods of a promise, in order. They run from its first day: weeks of seven days, months and quarters to the
 * day before the same day of the month (the last of the month where there is none). What is shorter than a period, at the
 * end or because it ended before its time, is not promised; a promise for once is one period, and none if ended before.
 */
export function periodsOf(promised: Promised): Period[] {
  const { every, fromDay, toDay, endedOn } = promised;
  const last = earlier(toDay, endedOn);
  if (every === 'once') return last < toDay ? [] : [{ no: 1, fromDay, toDay }];
  const periods: Period[] = [];
  for (let k = 0; ; k++) {
    const end = addDays(beginOf(promised, k + 1), -1);
    if (end > last) return periods;
    periods.push({ no: k + 1, fromDay: beginOf(promised, k), toDay: end });
  }
}

export interface Due {
  /** Periods that have ended before `day`. */
  periods: number;
  /** Promised in them. */
  quantity: number;
  /** The period that `day` lies in. */
  current: Period | null;
}

/** What is due so far, on the morning of `day`: a period is due when its last day has passed. */
export function dueBy(promised: Promised, day: string): Due {
  const periods = periodsOf(promised);
  const ended = periods.filter(({ toDay }) => toDay < day);
  return {
    periods: ended.length,
    quantity: ended.length * promised.quantity,
    current: periods.find((one) => one.fromDay <= day && day <= one.toDay) ?? null,
  };
}

/** Runs on that day. */
export function isAlive({ fromDay, toDay, endedOn }: Omit<Promised, 'every' | 'quantity'>, day: string): boolean {
  return fromDay <= day && day <= earlier(toDay, endedOn);
}

/** Short of what is due; what came in a period still open counts: it may be late for the last one. */
export function isBehind(promised: Promised, delivered: number, day: string): boolean {
  return delivered < dueBy(promised, day).quantity;
}

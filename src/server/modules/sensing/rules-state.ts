/**
 * What the last word about something is, as a pure function of the set of messages: whatever their order of arrival, and
 * however often each came. Times are epoch milliseconds.
 */

/** How far a device's clock may be ahead of ours before its time is not believed. */
export const aheadMs = 5 * 60_000;

/** Place of a message in the one order: time first, then boot and seq, so that no two messages share a place. */
export interface Mark {
  atMs: number;
  /** Compared as text (ASCII): it only breaks ties, since a boot may be a random word. */
  boot: string;
  seq: number;
}

/** Below 0: `a` comes before `b`; 0: the same message. */
export function compareMarks(a: Mark, b: Mark): number {
  if (a.atMs !== b.atMs) return a.atMs - b.atMs;
  if (a.boot !== b.boot) return a.boot < b.boot ? -1 : 1;
  return a.seq - b.seq;
}

/** The time that counts: the device's own, unless it gave none or one more than five minutes ahead of the receipt. */
export function effectiveTime(claimedMs: number | null, receivedMs: number): { atMs: number; clockWrong: boolean } {
  if (claimedMs === null || Number.isNaN(claimedMs)) return { atMs: receivedMs, clockWrong: false };
  if (claimedMs > receivedMs + aheadMs) return { atMs: receivedMs, clockWrong: true };
  return { atMs: claimedMs, clockWrong: false };
}

/** What a rule needs of its numbers. `raiseAt` and `clearAt` in the unit of what is judged. */
export interface Limits {
  direction: 'above' | 'below';
  raiseAt: number;
  clearAt: number;
  holdOffS: number;
}

/**
 * Hysteresis without memory: a value at or beyond `raiseAt` says active, one at or back behind `clearAt` says normal, one
 * between the two says nothing (undefined), so what was said before it stays.
 */
export function judgeValue({ direction, raiseAt, clearAt }: Limits, value: number): boolean | undefined {
  const sign = direction === 'above' ? 1 : -1;
  if (value * sign >= raiseAt * sign) return true;
  if (value * sign <= clearAt * sign) return false;
  return undefined;
}

export interface Point extends Mark {
  value: number;
  /** When it was first received. */
  receivedMs: number;
}

/** A source's last word. */
export interface Word extends Mark {
  active: boolean;
  value: number | null;
  /** A limit was passed but has not lasted yet: active from this moment, if nothing else is heard until then. */
  dueMs?: number;
}

/** Two readings further apart than this say nothing about a rate. */
export const rateGapMs = 60 * 60_000;

/** Change per minute at each point but the first, by the point before it; points must be sorted by `compareMarks`. */
export function ratesOf(points: readonly Point[]): Point[] {
  return points.flatMap((point, index) => {
    const before = points[index - 1];
    if (before === undefined) return [];
    const gapMs = point.atMs - before.atMs;
    if (gapMs <= 0 || gapMs > rateGapMs) return [];
    return [{ ...point, value: ((point.value - before.value) / gapMs) * 60_000 }];
  });
}

/**
 * The last word of a series (sorted, each message once) at `nowMs`: the last point that says anything decides. With a
 * hold-off, active needs the limit to have been passed, without a normal point between, for at least `holdOffS` seconds:
 * either two points show it, or as long has gone by since a point was received and nothing else came (a device that says
 * it once and then falls silent). Undefined when no point says anything.
 */
export function judgeSeries(limits: Limits, points: readonly Point[], nowMs: number): Word | undefined {
  let word: Word | undefined;
  let run: { sinceMs: number; dueMs: number } | undefined;
  for (const { atMs, boot, seq, value, receivedMs } of points) {
    const over = judgeValue(limits, value);
    if (over === undefined) continue;
    const sinceMs = run?.sinceMs ?? atMs;
    const dueMs = Math.min(run?.dueMs ?? Infinity, receivedMs + limits.holdOffS * 1000 - (atMs - sinceMs));
    run = over ? { sinceMs, dueMs } : undefined;
    word = { atMs, boot, seq, value, active: over && dueMs <= nowMs, ...(over && dueMs > nowMs ? { dueMs } : {}) };
  }
  return word;
}

/**
 * The last word of a series of which only the end is known; 'unsure' when what came before could change it. `values` as for
 * `judgeSeries`, the earlier ones missing.
 */
export function judgeEnd(limits: Limits, values: readonly Point[], nowMs: number): Word | 'unsure' {
  const word = judgeSeries(limits, values, nowMs);
  if (word === undefined) return 'unsure';
  const isSure = word.active || values.some(({ value }) => judgeValue(limits, value) === false);
  return isSure ? word : 'unsure';
}

/** True when only the last decisive reading matters: one reading can then be judged by itself. */
export function judgesAlone(basis: string, { holdOffS }: { holdOffS: number }): boolean {
  return basis === 'value' && holdOffS === 0;
}

/** How far back a series must be read so that a reading at `atMs` is judged as the whole series would be. */
export function lookBackMs({ holdOffS }: { holdOffS: number }): number {
  return rateGapMs + Math.max(60 * 60_000, holdOffS * 4000);
}

/** Holds back what asks too often, and what asks an endpoint that does not answer. */
export interface Brake {
  /** Undefined: go ahead, and it is counted. Otherwise the moment from which it may be tried again, epoch milliseconds. */
  hold(nowMs: number): { reason: 'too_often' | 'resting'; untilMs: number } | undefined;
  /** How the last request ended. */
  ended(wasGood: boolean, nowMs: number): void;
  /** While it rests after failures; null otherwise. */
  restsUntil(nowMs: number): number | null;
}

const minuteMs = 60_000;
const mostFailures = 3;
const restMs = 60_000;

/** At most `perMinute` in any sixty seconds; after three failures in a row a minute of rest, then one try. */
export function createBrake(perMinute: number): Brake {
  const asked: number[] = [];
  let failures = 0;
  let restingUntil = 0;
  const rests = (nowMs: number): number | null => (restingUntil > nowMs ? restingUntil : null);
  return {
    hold(nowMs) {
      const until = rests(nowMs);
      if (until !== null) return { reason: 'resting', untilMs: until };
      while (asked[0] !== undefined && asked[0] <= nowMs - minuteMs) asked.shift();
      const [oldest] = asked;
      if (oldest !== undefined && asked.length >= perMinute) return { reason: 'too_often', untilMs: oldest + minuteMs };
      asked.push(nowMs);
      return undefined;
    },
    ended(wasGood, nowMs) {
      failures = wasGood ? 0 : failures + 1;
      if (failures >= mostFailures) restingUntil = nowMs + restMs;
    },
    restsUntil: rests,
  };
}

/** The only source of "now" for the program: epoch milliseconds, UTC. Tests pass their own. */
export interface Clock {
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };

/** The system's clock, ahead by so many milliseconds: for trying a night, a month end or a new year by day. */
export function aheadClock(aheadMs: number): Clock {
  return { now: () => Date.now() + aheadMs };
}

/** A clock that stands still until told otherwise (tests, rehearsals, the demo's history). */
export function fixedClock(startMs: number): Clock & { set(ms: number): void; advance(ms: number): void } {
  let nowMs = startMs;
  return {
    now: () => nowMs,
    set: (ms) => {
      nowMs = ms;
    },
    advance: (ms) => {
      nowMs += ms;
    },
  };
}

/** Epoch milliseconds → ISO 8601 in UTC, the form that travels over the wire. */
export function toIso(ms: number): string {
  return new Date(ms).toISOString();
}

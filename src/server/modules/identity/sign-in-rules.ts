/** Decisions about signing in: pure, so that `now` is always given. Times are epoch milliseconds. */

const minute = 60_000;
const hour = 60 * minute;

export const failuresBeforeLock = 5;
export const pendingMs = 5 * minute;
export const idleMinutesOf = { desk: 30, field: 12 * 60 } as const;
export const absoluteMs = 12 * hour;
/** How long an answer of identify may be remembered: a revoked right is gone after at most this long. */
export const rememberMs = 5_000;
/** `last_seen_at` is written at most this often. */
export const seenEveryMs = minute;

/** Failures of one address before it has to wait; a whole office may share one address. */
export const addressLimit = { failures: 50, windowMs: 15 * minute, blockMs: 15 * minute } as const;

/**
 * Until when a login is locked after its `failedCount`-th failure in a row: every fifth failure locks, for 15 minutes,
 * then 30, 60 … up to 24 hours. Null when this failure does not lock.
 */
export function lockUntil(failedCount: number, nowMs: number): number | null {
  if (failedCount < failuresBeforeLock || failedCount % failuresBeforeLock !== 0) return null;
  const times = failedCount / failuresBeforeLock - 1;
  return nowMs + Math.min(15 * minute * 2 ** times, 24 * hour);
}

/** A session is alive until its absolute end and while its holder was seen within the idle limit. */
export function isAlive(
  session: { lastSeenAtMs: number; expiresAtMs: number; idleMinutes: number },
  nowMs: number,
): boolean {
  return nowMs < session.expiresAtMs && nowMs < session.lastSeenAtMs + session.idleMinutes * minute;
}

/** The day of the Chinese calendar (Asia/Shanghai, UTC+8 without summer time since 1992) at this moment: 'YYYY-MM-DD'. */
export function shanghaiDay(ms: number): string {
  return new Date(ms + 8 * hour).toISOString().slice(0, 10);
}

/** An appointment counts from its first to its last day, both included, unless revoked. */
export function isLive(appointment: { since: string; until: string | null; revoked: boolean }, today: string): boolean {
  return (
    !appointment.revoked && appointment.since <= today && (appointment.until === null || appointment.until >= today)
  );
}

/** Where the browser may be sent after signing in: a path of our own, else the front page. */
export function safeReturn(path: string): string {
  return /^\/(?![/\\])[^\\\p{Cc}]*$/u.test(path) ? path : '/';
}

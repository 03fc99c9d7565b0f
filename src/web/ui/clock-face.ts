/** How a limit stands now. `soon` begins at 80 % of the time. */
export type ClockTone = 'calm' | 'soon' | 'late' | 'paused' | 'stopped' | 'open';

export interface ClockFace {
  tone: ClockTone;
  /** Milliseconds until the limit; negative when it has passed; null when there is none. */
  leftMs: number | null;
  /** Share of the time used, 0 to 1 and beyond when late; null when unknown. */
  share: number | null;
}

export interface ClockFacts {
  startedAt: string;
  dueAt: string | null;
  stoppedAt?: string | null;
  paused?: boolean;
  late?: boolean;
}

const soonShare = 0.8;

/**
 * Reads a clock at `nowMs`. The share is by wall clock between start and limit: the limit itself already leaves out
 * nights, holidays and pauses, so a share can only come out early, never late.
 */
export function clockFace(clock: ClockFacts, nowMs: number): ClockFace {
  const startMs = Date.parse(clock.startedAt);
  const dueMs = clock.dueAt === null ? null : Date.parse(clock.dueAt);
  if (clock.stoppedAt !== undefined && clock.stoppedAt !== null) {
    const leftMs = dueMs === null ? null : dueMs - Date.parse(clock.stoppedAt);
    return { tone: clock.late === true ? 'late' : 'stopped', leftMs, share: null };
  }
  if (clock.paused === true) return { tone: 'paused', leftMs: null, share: null };
  if (dueMs === null) return { tone: 'open', leftMs: null, share: null };
  const leftMs = dueMs - nowMs;
  const share = dueMs <= startMs ? 1 : Math.max(0, (nowMs - startMs) / (dueMs - startMs));
  const late = clock.late === true || leftMs < 0;
  return { tone: late ? 'late' : share >= soonShare ? 'soon' : 'calm', leftMs, share };
}

const hourMs = 3_600_000;

/**
 * A row of the queue tells when the clock began that is due next. A row read by an older page knows only when the matter
 * was reported: its warning begins at a fifth of that span, and never earlier than an hour before the limit.
 */
export function rowFace(
  row: { reportedAt: string; clockStartedAt?: string | null; dueAt: string | null; late: boolean },
  nowMs: number,
): ClockFace {
  if (row.clockStartedAt !== undefined && row.clockStartedAt !== null)
    return clockFace({ startedAt: row.clockStartedAt, dueAt: row.dueAt, late: row.late }, nowMs);
  const face = clockFace({ startedAt: row.reportedAt, dueAt: row.dueAt, late: row.late }, nowMs);
  if (face.tone === 'soon' && face.leftMs !== null && face.leftMs > hourMs) return { ...face, tone: 'calm' };
  return face;
}

/** Decisions that need no database. */

const dayMs = 86_400_000;

/** Offset of the calendar's place from UTC. */
export type Offset = { offsetMinutes: number };

/** The day there at this moment, 'YYYY-MM-DD'. */
export function dayOf(ms: number, { offsetMinutes }: Offset): string {
  return new Date(ms + offsetMinutes * 60_000).toISOString().slice(0, 10);
}

/** The first moment of the next day there, epoch milliseconds. */
export function endOfDay(ms: number, { offsetMinutes }: Offset): number {
  const shift = offsetMinutes * 60_000;
  return (Math.floor((ms + shift) / dayMs) + 1) * dayMs - shift;
}

/** How long a phone may have been without a net: an older time of a look is not believed. */
const longestOfflineMs = 30 * dayMs;

/** When it was looked at: what the phone says if that can be, else now. */
export function lookedAt(at: string | undefined, nowMs: number): number {
  const ms = at === undefined ? nowMs : Date.parse(at);
  return ms <= nowMs && ms >= nowMs - longestOfflineMs ? ms : nowMs;
}

export interface Rule {
  kind: string;
  level: number;
  days: number;
  followUpDays: number;
}

/** The row for a kind and level: its own, else that of '*'. @throws Error when there is neither */
export function ruleFor<R extends Rule>(rules: readonly R[], { kind, level }: { kind: string; level: number }): R {
  const found =
    rules.find((rule) => rule.kind === kind && rule.level === level) ??
    rules.find((rule) => rule.kind === '*' && rule.level === level);
  if (found === undefined) throw new Error(`inspection_rule has no row for ${kind} of level ${level}, nor for *.`);
  return found;
}

/** When it should be looked at next. */
export function nextDue(atMs: number, cycleDays: number | null, rule: Rule): number {
  return atMs + (cycleDays ?? rule.days) * dayMs;
}

export function followUpDue(atMs: number, rule: Rule): number {
  return atMs + rule.followUpDays * dayMs;
}

export interface LadderStep {
  rung: number;
  afterDays: number;
}

/** The highest rung whose time has come for something due at `dueMs`; 0 for none. */
export function rungOf(ladder: readonly LadderStep[], dueMs: number, nowMs: number): number {
  return ladder.reduce(
    (high, { rung, afterDays }) => (nowMs >= dueMs + afterDays * dayMs ? Math.max(high, rung) : high),
    0,
  );
}

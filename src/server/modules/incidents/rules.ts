import type { ReportKind, WrittenKind } from '#contract/incidents.ts';
import { AppError } from '#kit/errors.ts';

/** Reporting limits of one level of a rule set. */
export interface RuleLevel {
  level: number;
  phoneMinutes: number;
  writtenMinutes: number;
  /** At most this many hours between two written reports; null: no such limit. */
  continueHours: number | null;
  /** Times of day, 'HH:MM' in Beijing, at which a continued report is due. */
  continueAt: readonly string[];
}

/** What the rules need to know of an incident. Times are epoch milliseconds. */
export interface IncidentFacts {
  knownMs: number;
  phoneDueMs: number;
  firstDueMs: number;
  phoneMs: number | null;
  firstMs: number | null;
  continuedDueMs: number | null;
  /** Continued reports so far. */
  continued: number;
  /** When the last written report was issued. */
  lastWrittenMs: number | null;
  finalMs: number | null;
}

export interface Duty {
  kind: ReportKind;
  startedMs: number;
  dueMs: number | null;
  doneMs: number | null;
}

const minute = 60_000;
const day = 86_400_000;
const beijing = 8 * 60 * minute;

/** When the phone and the first written report are due, counted from when the centre knew. Continuous time: incidents know no office hours. */
export function firstDues(rule: RuleLevel, knownMs: number): { phoneDueMs: number; firstDueMs: number } {
  return { phoneDueMs: knownMs + rule.phoneMinutes * minute, firstDueMs: knownMs + rule.writtenMinutes * minute };
}

/** When the next continued report is due after a written one: the earlier of the longest gap and the next time of day; null when the rule asks for neither. */
export function nextContinued(rule: RuleLevel, afterMs: number): number | null {
  const dues = rule.continueAt.map((time) => nextTimeOfDay(time, afterMs));
  if (rule.continueHours !== null) dues.push(afterMs + rule.continueHours * 60 * minute);
  return dues.length === 0 ? null : Math.min(...dues);
}

function nextTimeOfDay(time: string, afterMs: number): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  const midnight = Math.floor((afterMs + beijing) / day) * day - beijing;
  const today = midnight + (hours * 60 + minutes) * minute;
  return today > afterMs ? today : today + day;
}

/** What is to be reported and what was: phone and first always, continued while one is due, final when issued. */
export function dutiesOf(facts: IncidentFacts): Duty[] {
  const { knownMs } = facts;
  const duties: Duty[] = [
    { kind: 'phone', startedMs: knownMs, dueMs: facts.phoneDueMs, doneMs: facts.phoneMs },
    { kind: 'first', startedMs: knownMs, dueMs: facts.firstDueMs, doneMs: facts.firstMs },
  ];
  if (facts.firstMs === null) return duties;
  const startedMs = facts.lastWrittenMs ?? facts.firstMs;
  if (facts.finalMs === null && facts.continuedDueMs !== null)
    duties.push({ kind: 'continued', startedMs, dueMs: facts.continuedDueMs, doneMs: null });
  duties.push({ kind: 'final', startedMs, dueMs: null, doneMs: facts.finalMs });
  return duties;
}

/** Done after its limit, or not done and the limit has passed. */
export function isLate(duty: Pick<Duty, 'dueMs' | 'doneMs'>, nowMs: number): boolean {
  return duty.dueMs !== null && (duty.doneMs ?? nowMs) > duty.dueMs;
}

/** Rungs to ring now for a duty that is not done: 80 and 100 per cent of its time. */
export function rungsOf(duty: Duty, nowMs: number): (80 | 100)[] {
  if (duty.doneMs !== null || duty.dueMs === null) return [];
  if (nowMs >= duty.dueMs) return [100];
  const warnMs = duty.startedMs + 0.8 * (duty.dueMs - duty.startedMs);
  return nowMs >= warnMs ? [80] : [];
}

/**
 * The order of written reports: one first, any number of continued, one final, nothing after it.
 * @throws AppError transition_not_allowed saying what is missing or too late
 */
export function assertInOrder(kind: WrittenKind, facts: Pick<IncidentFacts, 'firstMs' | 'finalMs'>): void {
  const refuse = (message: string): never => {
    throw new AppError('transition_not_allowed', message, { kind });
  };
  if (facts.finalMs !== null)
    refuse('The final report was issued: nothing follows it. Write news into the event as a note.');
  if (kind === 'first' && facts.firstMs !== null)
    refuse('The first report was issued already. Report news as a continued report.');
  if (kind !== 'first' && facts.firstMs === null)
    refuse(
      'Expected the first report before this one. Issue the first report with what is known now; the rest follows.',
    );
}

/** People enter minutes, so the minute of `fromMs` counts as well. @throws AppError bad_input when a time lies before it or in the future */
export function assertTime(field: string, atMs: number, span: { fromMs: number; nowMs: number }): void {
  if (atMs < span.fromMs - (span.fromMs % minute) || atMs > span.nowMs)
    throw new AppError(
      'bad_input',
      `${field}: expected a time from ${new Date(span.fromMs).toISOString()} until now, found ${new Date(atMs).toISOString()}.`,
      { field },
    );
}

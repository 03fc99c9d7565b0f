import { dayMs, shanghaiMs } from '#kit/shanghai-days.ts';
import type { EventDecision, EventText } from '#server/modules/events/index.ts';
import type { ModelFigures, SuggestionKind } from './store-model.ts';
import type { Outcome } from './store-suggestion.ts';

/** May the new model serve? Only when it foretells its examples about as well as the one before did its own. */
export function mayServe(now: ModelFigures, before: ModelFigures | null, slack: number): boolean {
  return before === null || now.macroF1 >= before.macroF1 - slack;
}

/**
 * What became of a suggestion, once the event was given to somebody or ended: undefined while neither has happened.
 * `leadRole`: role of the unit that led. An event that ended without being filed took no notice of it.
 */
export function outcomeOf(
  kind: SuggestionKind,
  suggested: string,
  decision: EventDecision,
  leadRole: string | null,
): { outcome: Outcome; decided: string | null } | undefined {
  if (decision.dispatchedAt === null && decision.endedAt === null) return undefined;
  const decided = decidedOf(kind, decision, leadRole);
  if (decided === null || ['declined', 'cancelled', 'merged'].includes(decision.status))
    return { outcome: 'ignored', decided: null };
  return { outcome: decided === suggested ? 'accepted' : 'changed', decided };
}

function decidedOf(kind: SuggestionKind, decision: EventDecision, leadRole: string | null): string | null {
  if (kind === 'category') return decision.categoryCode;
  return kind === 'priority' ? String(decision.priority) : leadRole;
}

/** The value the event has now; null where it has none. */
export function standOf(kind: SuggestionKind, event: Pick<EventText, 'categoryCode' | 'priority'>): string | null {
  if (kind === 'category') return event.categoryCode;
  return kind === 'priority' ? String(event.priority) : null;
}

/** States in which somebody still decides what an event is and who leads. */
export function isUndecided(status: string): boolean {
  return status === 'reported' || status === 'verifying' || status === 'filed';
}

/** The codes that all paths begin with, from the city down. */
export function commonPath(paths: readonly (readonly string[])[]): string[] {
  const [first = []] = paths;
  const end = first.findIndex((code, k) => paths.some((path) => path[k] !== code));
  return end < 0 ? [...first] : first.slice(0, end);
}

/** Which of the issues there were this one continues: the one that shares most events, if that is at least half of either. */
export function continues(
  eventIds: readonly string[],
  before: ReadonlyMap<string, ReadonlySet<string>>,
): string | undefined {
  let best: { id: string; shared: number } | undefined;
  for (const [id, known] of before) {
    const shared = eventIds.filter((one) => known.has(one)).length;
    if (2 * shared >= Math.min(known.size, eventIds.length) && shared > (best?.shared ?? 0)) best = { id, shared };
  }
  return best?.id;
}

/** Reports of each of the last `days` days up to `nowMs`, oldest first; days of Asia/Shanghai. */
export function dailyCounts(times: readonly number[], nowMs: number, days: number): number[] {
  const dayNumber = (ms: number): number => Math.floor((ms + shanghaiMs) / dayMs);
  const counts = Array.from({ length: days }, () => 0);
  for (const ms of times) {
    const k = days - 1 - (dayNumber(nowMs) - dayNumber(ms));
    if (k >= 0 && k < days) counts[k] = (counts[k] ?? 0) + 1;
  }
  return counts;
}

/** The value most of them have; ties by the lower. */
export function mostOf(values: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]?.[0] ?? '';
}

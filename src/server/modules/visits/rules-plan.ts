import type { VisitTier } from '#contract/visits-words.ts';
import { dayAt, dayStartMs } from '#engine/worktime/days.ts';
import { SHANGHAI_OFFSET_MINUTES } from '#engine/worktime/calendar.ts';
import { cycleFor, shareOf, type Rule } from './rules.ts';

/** What planning needs to know of a person. */
export interface PlanFacts {
  tags: readonly string[];
  /** Care tags that the answers of visits amount to. */
  countsAs: readonly string[];
  /** When somebody last saw them; null: never. */
  lastMs: number | null;
  /** A major change: by when they are to be visited again. */
  changeDueMs: number | null;
}

/** When a person is due, and the days (numbers since 1970-01-01 in Shanghai) on which the visit may be put. */
export interface Window {
  ruleCode: string;
  ruleName: string;
  tier: VisitTier;
  reason: 'cycle' | 'change';
  earliest: number;
  latest: number;
  dueMs: number;
}

export const dayOf = (ms: number): number => dayAt(ms, SHANGHAI_OFFSET_MINUTES);
export const startOf = (day: number): number => dayStartMs(day, SHANGHAI_OFFSET_MINUTES);

/**
 * The window of somebody's next visit, by the table. Whoever was never visited is due within one cycle from today; whoever
 * is overdue already is spread over the early share of a cycle, for nothing can be in time any more. Undefined when no row
 * of the table fits.
 */
export function windowOf(rules: readonly Rule[], facts: PlanFacts, nowMs: number): Window | undefined {
  const rule = cycleFor(rules, [...facts.tags, ...facts.countsAs]);
  if (rule === undefined) return undefined;
  const today = dayOf(nowMs);
  const { code: ruleCode, name: ruleName, tier } = rule;
  const base = { ruleCode, ruleName, tier };
  if (facts.changeDueMs !== null) {
    const latest = Math.max(today, dayOf(facts.changeDueMs));
    return { ...base, reason: 'change', earliest: today, latest, dueMs: facts.changeDueMs };
  }
  const slack = Math.floor(rule.amount * shareOf(rules, 'early_share'));
  const due = dayOf(facts.lastMs ?? nowMs) + rule.amount;
  const dueMs = startOf(due + 1);
  if (due < today) return { ...base, reason: 'cycle', earliest: today, latest: today + slack, dueMs };
  const earliest = facts.lastMs === null ? today : Math.max(today, due - slack);
  return { ...base, reason: 'cycle', earliest, latest: due, dueMs };
}

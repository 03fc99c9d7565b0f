import type { VisitMethod, VisitOutcome, VisitRuleKind, VisitState, VisitTier } from '#contract/visits-words.ts';
import { AppError } from '#kit/errors.ts';

/** How often, or after how long: a row of the table the desk edits. */
export interface Rule {
  code: string;
  kind: VisitRuleKind;
  name: string;
  nameEn: string;
  tier: VisitTier | null;
  /** Any of these care tags; '*' is everybody. */
  tags: readonly string[];
  /** And any of these; empty: no matter. */
  also: readonly string[];
  amount: number;
  unit: 'day' | 'hour' | 'minute' | 'percent';
  certainty: string;
  source: string;
  version: number;
}

const unitMs = { day: 86_400_000, hour: 3_600_000, minute: 60_000 } as const;
const gravity: Record<VisitTier, number> = { high: 0, key: 1, general: 2 };

/**
 * The cycle that holds for somebody with these tags: the shortest of those that fit, of equal ones the graver tier, then
 * the earlier row. Undefined when no row fits (a table without a row for everybody).
 */
export function cycleFor(rules: readonly Rule[], tags: readonly string[]): (Rule & { tier: VisitTier }) | undefined {
  const has = (wanted: readonly string[]) => wanted.includes('*') || wanted.some((tag) => tags.includes(tag));
  const fitting = rules.filter(
    (rule): rule is Rule & { tier: VisitTier } =>
      rule.kind === 'cycle' && rule.tier !== null && has(rule.tags) && (rule.also.length === 0 || has(rule.also)),
  );
  return fitting.toSorted((a, b) => a.amount - b.amount || gravity[a.tier] - gravity[b.tier])[0];
}

/** The limit of this code in milliseconds. @throws Error for a code the table lacks, or a share */
export function limitMs(rules: readonly Rule[], code: string): number {
  const rule = findRule(rules, code);
  if (rule.unit === 'percent') throw new Error(`The visit rule ${code} is a share, not a time.`);
  return rule.amount * unitMs[rule.unit];
}

/** The share of this code, from 0 to 1. */
export function shareOf(rules: readonly Rule[], code: string): number {
  return Math.min(1, findRule(rules, code).amount / 100);
}

function findRule(rules: readonly Rule[], code: string): Rule {
  const rule = rules.find((one) => one.code === code);
  if (rule === undefined) throw new Error(`The table of visit rules has no row ${code}.`);
  return rule;
}

// ── the ladder ──────────────────────────────────────────────────────────────────────────────────────────────────────

/** Hours of the ladder in milliseconds after the first visit nobody answered. */
export interface Ladder {
  /** Rungs 1 neighbour, 2 second try, 3 door with police. */
  afterMs: readonly [number, number, number];
  /** How long after a step is due it counts as overdue. */
  graceMs: number;
}

export function ladderOf(rules: readonly Rule[]): Ladder {
  return {
    afterMs: [limitMs(rules, 'ladder_neighbour'), limitMs(rules, 'ladder_again'), limitMs(rules, 'ladder_door')],
    graceMs: limitMs(rules, 'ladder_grace'),
  };
}

/** When the step of this rung (1 to 3) is due. */
export function rungDueMs(ladder: Ladder, rung: number, missedMs: number): number {
  return missedMs + (ladder.afterMs[Math.max(1, Math.min(3, rung)) - 1] ?? 0);
}

/**
 * The rung a task stands on after `nowMs` when nobody recorded anything since: the ladder goes on by itself, so that a
 * forgotten second try still ends at the door. Never lower than `rung`.
 */
export function rungAt(ladder: Ladder, rung: number, missedMs: number, nowMs: number): number {
  const reached = [1, 2, 3].filter((one) => rungDueMs(ladder, one, missedMs) <= nowMs);
  return Math.max(rung, ...reached);
}

/** Where a task stands, as far as the next record depends on it. */
export interface Standing {
  state: VisitState;
  rung: number;
  missedMs: number | null;
}

export interface Recorded {
  state: VisitState;
  rung: number;
  missedMs: number | null;
  nextTryMs: number | null;
  /** Somebody saw or heard the person, or someone close did. */
  seen: boolean;
  /** No visits until the register is settled. */
  held: boolean;
}

/**
 * What becomes of a task by this record. An unanswered try climbs one rung: neighbour at once, second try, door with
 * police; everything else ends the task.
 * @throws AppError bad_input for an outcome its method cannot have
 */
export function afterRecord(
  ladder: Ladder,
  standing: Standing,
  did: { method: VisitMethod; outcome: VisitOutcome; atMs: number },
): Recorded {
  refuseOdd(did);
  const { outcome, atMs } = did;
  if (outcome !== 'no_answer') {
    const held = outcome === 'moved_away' || outcome === 'died';
    return { state: 'done', rung: standing.rung, missedMs: standing.missedMs, nextTryMs: null, seen: !held, held };
  }
  const missedMs = standing.missedMs ?? atMs;
  const rung = Math.min(3, standing.rung + 1);
  const state = standing.state === 'door_check' ? 'door_check' : 'no_answer';
  const nextTryMs = Math.max(atMs, rungDueMs(ladder, rung, missedMs));
  return { state, rung, missedMs, nextTryMs, seen: false, held: false };
}

function refuseOdd({ method, outcome }: { method: VisitMethod; outcome: VisitOutcome }): void {
  const fault =
    outcome === 'met_with_police' && method !== 'home'
      ? 'met_with_police is a visit at home'
      : outcome === 'nothing_changed' && method === 'neighbour'
        ? 'a neighbour can say that all is well (neighbour_ok), not that nothing changed'
        : undefined;
  if (fault === undefined) return;
  throw new AppError('bad_input', `outcome: ${fault}; found method ${method}. Choose again and send.`, {
    field: 'outcome',
  });
}

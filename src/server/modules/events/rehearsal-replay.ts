/** The clocks of past events run again under other limits. A task of the worker pool: plain arrays in, plain arrays out. */
import { clockKinds, type ClockKind } from '#contract/events-words.ts';
import { rehearsedSteps, type RehearsedStep } from '#contract/rehearsals.ts';
import { dueAt, type Pause } from '#engine/worktime/limit-clock.ts';
import type { Calendar } from '#engine/worktime/calendar.ts';
import type { Work } from '#server/compute/index.ts';
import { limitOf, type Rule } from './library.ts';
import { unitOf, type Limit } from './worktime.ts';

type Limits = Pick<Rule, 'priority' | 'limits'>;

export interface ReplayOrder {
  calendar: Calendar;
  /** Clocks that still run are judged at this moment, epoch milliseconds. */
  nowMs: number;
  /** Pairs of rules; events name theirs by its place here. */
  rules: readonly { before: Limits; after: Limits }[];
  /** One entry for each event: its pair, and the priority somebody set by hand, or 255 where the rule's counts. */
  events: { rule: Uint16Array; setPriority: Uint8Array };
  /** One entry for each clock: place of its event, of its step in `rehearsedSteps`, times in epoch milliseconds (NaN: it runs). */
  clocks: {
    event: Uint32Array;
    step: Uint8Array;
    startMs: Float64Array;
    stopMs: Float64Array;
    /** What was granted, in the unit of the kind at this place of `clockKinds`. */
    extra: Float64Array;
    extraKind: Uint8Array;
  };
  /** Pauses of the clocks that had any, by place. */
  pauses: ReadonlyMap<number, readonly Pause[]>;
}

export interface StepTally {
  clocks: number;
  before: number;
  after: number;
  becomeLate: number;
  becomeTimely: number;
}

export interface Replayed {
  /** One entry for each event: a bit for each step of `rehearsedSteps` in which a clock of it ran late. */
  before: Uint8Array;
  after: Uint8Array;
  /** Steps in which a clock crosses over. */
  becomeLate: Uint8Array;
  becomeTimely: Uint8Array;
  steps: StepTally[];
  /** Clocks whose limit reaches beyond what the calendar covers. */
  uncertain: number;
}

const byRule = 255;

/**
 * Judges every clock twice: under the first rule of its event's pair and under the second, with the pauses it had (挂账,
 * waiting for the reporter) and the extensions it was granted, where they are counted in the same unit. Pure.
 */
export function replay(order: ReplayOrder, work?: Pick<Work, 'stopIfAsked'>): Replayed {
  const { clocks, events } = order;
  const size = events.rule.length;
  const [before, after, becomeLate, becomeTimely] = [0, 0, 0, 0].map(() => new Uint8Array(size)) as [
    Uint8Array,
    Uint8Array,
    Uint8Array,
    Uint8Array,
  ];
  const steps = rehearsedSteps.map(() => ({ clocks: 0, before: 0, after: 0, becomeLate: 0, becomeTimely: 0 }));
  let uncertain = 0;
  for (let k = 0; k < clocks.event.length; k++) {
    if (k % 4096 === 0) work?.stopIfAsked();
    const verdict = judge(order, k);
    if (!verdict.certain) uncertain++;
    const [event, step] = [clocks.event[k] ?? 0, clocks.step[k] ?? 0];
    const bit = 1 << step;
    const tally = steps[step];
    if (tally === undefined) continue;
    tally.clocks++;
    if (verdict.before) tally.before++;
    if (verdict.after) tally.after++;
    if (verdict.before) mark(before, event, bit);
    if (verdict.after) mark(after, event, bit);
    if (verdict.after && !verdict.before) mark(becomeLate, event, bit, tally, 'becomeLate');
    if (verdict.before && !verdict.after) mark(becomeTimely, event, bit, tally, 'becomeTimely');
  }
  return { before, after, becomeLate, becomeTimely, steps, uncertain };
}

function mark(bits: Uint8Array, event: number, bit: number, tally?: StepTally, count?: keyof StepTally): void {
  bits[event] = (bits[event] ?? 0) | bit;
  if (tally !== undefined && count !== undefined) tally[count]++;
}

interface Verdict {
  before: boolean;
  after: boolean;
  certain: boolean;
}

function judge(order: ReplayOrder, k: number): Verdict {
  const { clocks, events, rules } = order;
  const event = clocks.event[k] ?? 0;
  const pair = rules[events.rule[event] ?? 0];
  const step = rehearsedSteps[clocks.step[k] ?? 0];
  if (pair === undefined || step === undefined) return { before: false, after: false, certain: true };
  const set = events.setPriority[event] ?? byRule;
  const [first, second] = [limitUnder(pair.before, set, step), limitUnder(pair.after, set, step)];
  const before = lateUnder(order, k, first);
  if (first.kind === second.kind && first.amount === second.amount)
    return { before: before.late, after: before.late, certain: before.certain };
  const after = lateUnder(order, k, second);
  return { before: before.late, after: after.late, certain: before.certain && after.certain };
}

/** A priority somebody set by hand would have been set under the other rule too. */
const limitUnder = (rule: Limits, set: number, step: RehearsedStep): Limit =>
  limitOf(rule, set === byRule ? rule.priority : set, step);

const noPauses: readonly Pause[] = [];

function lateUnder(order: ReplayOrder, k: number, { kind, amount }: Limit): { late: boolean; certain: boolean } {
  const { clocks, calendar, nowMs } = order;
  const extraKind: ClockKind = clockKinds[clocks.extraKind[k] ?? 0] ?? 'continuous';
  const extra = unitOf(extraKind) === unitOf(kind) ? (clocks.extra[k] ?? 0) : 0;
  const { at, certain } = dueAt(calendar, {
    kind,
    limit: amount,
    startMs: clocks.startMs[k] ?? 0,
    pauses: order.pauses.get(k) ?? noPauses,
    ...(kind === 'working_day' ? { extraDays: extra } : { extraMinutes: extra }),
  });
  const stop = clocks.stopMs[k] ?? Number.NaN;
  return { late: at !== null && (Number.isNaN(stop) ? nowMs : stop) > at, certain };
}

/** Runs in a worker. */
export function run(order: ReplayOrder, work: Work): Replayed {
  return replay(order, work);
}

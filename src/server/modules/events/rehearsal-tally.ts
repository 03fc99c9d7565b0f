import { rehearsedSteps, type RehearsalFigures, type RehearsalMark, type RehearsedStep } from '#contract/rehearsals.ts';
import type { Replayed, StepTally } from './rehearsal-replay.ts';
import type { Route } from './rehearsal-routes.ts';

/** One past event under both rules. */
export interface ReplayedEvent {
  id: string;
  categoryCode: string;
  reportedMs: number;
  /** Who did it in truth; null while nobody has. */
  doneBy: string | null;
  /** Units that gave the lead back. */
  returnedBy: readonly string[];
  before: Route;
  after: Route;
  priority: { before: number; after: number };
  /** A bit for each step of `rehearsedSteps` that ran late. */
  late: { before: number; after: number; becomeLate: number; becomeTimely: number };
}

/** An event that would have fared otherwise. */
export interface RehearsalCase {
  eventId: string;
  categoryCode: string;
  marks: RehearsalMark[];
  stepsLate: RehearsedStep[];
  stepsTimely: RehearsedStep[];
  unitBefore: string | null;
  unitAfter: string | null;
  reportedMs: number;
}

type Lateness = RehearsalFigures['late'];
type CategoryRow = RehearsalFigures['byCategory'][number];
type UnitOf = (id: string) => { id: string; name: string; nameEn: string };

export interface Tally {
  add(event: ReplayedEvent): void;
  /** The clocks of a batch. */
  addSteps(replayed: Pick<Replayed, 'steps' | 'uncertain'>): void;
  figures(days: number, unitOf: UnitOf): RehearsalFigures;
  /** The first `limit` that were added and would have fared otherwise. */
  readonly cases: readonly RehearsalCase[];
}

const mostFlows = 50;
const nobody = '';

/** Sums what a rehearsal tells, event by event. Pure but for its own memory. */
export function createTally(limit: number): Tally {
  const sums = {
    events: 0,
    otherTier: 0,
    otherLead: 0,
    otherPriority: 0,
    moved: 0,
    returnsAvoided: 0,
    agrees: 0,
    disagrees: 0,
  };
  const transfers = { before: 0, after: 0, fewer: 0, more: 0 };
  const finishedThere = { done: 0, before: 0, after: 0 };
  const noUnit = { before: 0, after: 0 };
  const late = noLateness();
  const steps: StepTally[] = rehearsedSteps.map(() => ({ clocks: 0, ...noLateness() }));
  const categories = new Map<string, CategoryRow>();
  const units = new Map<string, { before: number; after: number }>();
  const flows = new Map<string, { from: string; to: string; events: number }>();
  const cases: RehearsalCase[] = [];
  let uncertain = 0;

  function addPlaces(event: ReplayedEvent, marks: ReadonlySet<RehearsalMark>): void {
    const { before, after, doneBy } = event;
    transfers.before += before.transfers;
    transfers.after += after.transfers;
    if (marks.has('fewer')) transfers.fewer++;
    if (marks.has('more')) transfers.more++;
    if (marks.has('returned')) sums.returnsAvoided++;
    if (marks.has('agrees')) sums.agrees++;
    if (marks.has('disagrees')) sums.disagrees++;
    if (before.unitId === null) noUnit.before++;
    if (after.unitId === null) noUnit.after++;
    if (doneBy !== null) finishedThere.done++;
    if (doneBy !== null && doneBy === before.unitId) finishedThere.before++;
    if (doneBy !== null && doneBy === after.unitId) finishedThere.after++;
    at(units, before.unitId ?? nobody, () => ({ before: 0, after: 0 })).before++;
    at(units, after.unitId ?? nobody, () => ({ before: 0, after: 0 })).after++;
    if (!marks.has('moved')) return;
    sums.moved++;
    const [from, to] = [before.unitId ?? nobody, after.unitId ?? nobody];
    at(flows, `${from}>${to}`, () => ({ from, to, events: 0 })).events++;
  }

  return {
    cases,
    add(event) {
      const marks = marksOf(event);
      const { before, after, priority } = event;
      sums.events++;
      if (before.tier !== after.tier) sums.otherTier++;
      if (before.leadRole !== after.leadRole) sums.otherLead++;
      if (priority.before !== priority.after) sums.otherPriority++;
      addPlaces(event, marks);
      addLateness(late, event.late);
      addCategory(
        at(categories, event.categoryCode, () => categoryRow(event)),
        event,
        marks,
      );
      if (cases.length < limit && (marks.size > 0 || event.late.becomeLate > 0 || event.late.becomeTimely > 0))
        cases.push(toCase(event, marks));
    },
    addSteps(replayed) {
      uncertain += replayed.uncertain;
      for (const [k, step] of replayed.steps.entries()) addStep(steps[k], step);
    },
    figures: (days, unitOf) => ({
      days,
      ...sums,
      transfers,
      finishedThere,
      noUnit,
      late,
      uncertain,
      steps: rehearsedSteps.map((step, k) => ({ step, ...(steps[k] ?? { clocks: 0, ...noLateness() }) })),
      byCategory: [...categories.values()].toSorted(
        (a, b) => b.events - a.events || (a.categoryCode < b.categoryCode ? -1 : 1),
      ),
      byUnit: [...units]
        .map(([id, load]) => ({ unit: id === nobody ? null : unitOf(id), ...load }))
        .toSorted(
          (a, b) =>
            b.before + b.after - a.before - a.after || (a.unit?.name ?? '').localeCompare(b.unit?.name ?? '', 'zh'),
        ),
      flows: [...flows.values()]
        .toSorted((a, b) => b.events - a.events || `${a.from}${a.to}`.localeCompare(`${b.from}${b.to}`))
        .slice(0, mostFlows)
        .map(({ from, to, events }) => ({
          from: from === nobody ? null : unitOf(from),
          to: to === nobody ? null : unitOf(to),
          events,
        })),
    }),
  };
}

const noLateness = (): Lateness => ({ before: 0, after: 0, becomeLate: 0, becomeTimely: 0 });

function at<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const found = map.get(key) ?? make();
  map.set(key, found);
  return found;
}

function addLateness(sum: Lateness, { before, after }: { before: number; after: number }): void {
  if (before !== 0) sum.before++;
  if (after !== 0) sum.after++;
  if (before === 0 && after !== 0) sum.becomeLate++;
  if (before !== 0 && after === 0) sum.becomeTimely++;
}

function addStep(sum: StepTally | undefined, step: StepTally): void {
  if (sum === undefined) return;
  for (const key of ['clocks', 'before', 'after', 'becomeLate', 'becomeTimely'] as const) sum[key] += step[key];
}

function categoryRow({ categoryCode, before, after, priority }: ReplayedEvent): CategoryRow {
  return {
    categoryCode,
    events: 0,
    tierFrom: before.tier,
    tierTo: after.tier,
    leadFrom: before.leadRole,
    leadTo: after.leadRole,
    priorityFrom: priority.before,
    priorityTo: priority.after,
    moved: 0,
    fewer: 0,
    more: 0,
    late: noLateness(),
  };
}

function addCategory(row: CategoryRow, event: ReplayedEvent, marks: ReadonlySet<RehearsalMark>): void {
  row.events++;
  for (const mark of ['moved', 'fewer', 'more'] as const) if (marks.has(mark)) row[mark]++;
  addLateness(row.late, event.late);
}

/** What would have been otherwise about it. */
export function marksOf({ before, after, doneBy, returnedBy, late }: ReplayedEvent): Set<RehearsalMark> {
  const moved = before.unitId !== after.unitId;
  const wasDone = doneBy !== null && moved;
  const found: [RehearsalMark, boolean][] = [
    ['moved', moved],
    ['fewer', after.transfers < before.transfers],
    ['more', after.transfers > before.transfers],
    ['late', late.before === 0 && late.after !== 0],
    ['timely', late.before !== 0 && late.after === 0],
    ['agrees', wasDone && doneBy === after.unitId],
    ['disagrees', wasDone && doneBy === before.unitId],
    ['returned', wasDone && doneBy === after.unitId && before.unitId !== null && returnedBy.includes(before.unitId)],
  ];
  return new Set(found.flatMap(([mark, holds]) => (holds ? [mark] : [])));
}

function toCase(event: ReplayedEvent, marks: ReadonlySet<RehearsalMark>): RehearsalCase {
  const stepsOf = (bits: number): RehearsedStep[] => rehearsedSteps.filter((_, k) => (bits & (1 << k)) !== 0);
  return {
    eventId: event.id,
    categoryCode: event.categoryCode,
    marks: [...marks],
    stepsLate: stepsOf(event.late.becomeLate),
    stepsTimely: stepsOf(event.late.becomeTimely),
    unitBefore: event.before.unitId,
    unitAfter: event.after.unitId,
    reportedMs: event.reportedMs,
  };
}

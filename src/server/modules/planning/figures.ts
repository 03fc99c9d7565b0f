import type { ChoiceFigures, GroupCounts } from '#contract/planning.ts';
import { evaluateChoice } from '#engine/siting/outcome.ts';
import type { SitingFigures, SitingOutcome } from '#engine/siting/question.ts';
import { questionOf } from './question-of.ts';
import type { SitingData } from './siting-data.ts';

type Figures = ChoiceFigures['after'];

const secondsOf = (ds: number | null): number | null => (ds === null ? null : Math.round(ds / 10));
const thousandths = (value: number | null): number | null => (value === null ? null : Math.round(value * 1000) / 1000);

function figuresOf({ within, beyond, meanDs, farthestDs, gini, palma }: SitingFigures): Figures {
  return {
    within,
    beyond,
    meanS: secondsOf(meanDs),
    farthestS: secondsOf(farthestDs),
    gini: thousandths(gini),
    palma: thousandths(palma),
  };
}

function sumWhere({ cells }: SitingData, counts: (cell: number) => boolean): GroupCounts {
  const sum = { people: 0, elders: 0, children: 0 };
  for (let k = 0; k < cells.people.length; k++) {
    if (!counts(k)) continue;
    sum.people += cells.people[k] as number;
    sum.elders += cells.elders[k] as number;
    sum.children += cells.children[k] as number;
  }
  return sum;
}

/** Indices of candidates by their keys, ascending; unknown keys are left out. */
export function indicesOf({ candidates }: SitingData, keys: readonly string[]): number[] {
  const wanted = new Set(keys);
  return candidates.flatMap(({ key }, j) => (wanted.has(key) ? [j] : []));
}

/** Deciseconds that each home walks: to the chosen place it goes to, to what exists, −1 where there is nothing within the cutoff. */
export function walksAfter(data: SitingData, { assignment }: Pick<SitingOutcome, 'assignment'>): number[] {
  return assignment.map((to, cell) => {
    if (to === -2) return -1;
    return to < 0 ? (data.cells.nearestDs[cell] as number) : walkOf(data, cell, to);
  });
}

function walkOf({ walks }: SitingData, cell: number, candidate: number): number {
  for (let k = walks.first[cell] as number; k < (walks.first[cell + 1] as number); k++)
    if (walks.candidate[k] === candidate) return walks.ds[k] as number;
  return -1;
}

/** What comes of a choice, as the engine reckons it. @param keys of candidates; unknown ones are left out */
export function outcomeOf(data: SitingData, keys: readonly string[]): SitingOutcome {
  return evaluateChoice(questionOf(data), indicesOf(data, keys));
}

/** What a choice brings, for everybody and place by place. @param keys of candidates; unknown ones are left out */
export function figuresOfChoice(data: SitingData, keys: readonly string[]): ChoiceFigures {
  const { candidates, limitS, cells } = data;
  const outcome = outcomeOf(data, keys);
  const after = walksAfter(data, outcome);
  const isServed = (ds: number | undefined): boolean => ds !== undefined && ds >= 0 && ds <= limitS * 10;
  const isNew = (k: number): boolean => isServed(after[k]) && !isServed(cells.nearestDs[k]);
  const costs = outcome.chosen.map((j) => candidates[j]?.costYuan ?? null);
  return {
    chosen: outcome.chosen.map((j) => candidates[j]?.key ?? ''),
    total: sumWhere(data, () => true),
    before: figuresOf(outcome.before),
    after: figuresOf(outcome.after),
    newly: outcome.newlyServed,
    costYuan: costs.includes(null) ? null : costs.reduce<number>((sum, cost) => sum + (cost ?? 0), 0),
    each: outcome.chosen.map((j, at) => ({
      key: candidates[j]?.key ?? '',
      newly: sumWhere(data, (k) => outcome.assignment[k] === j && isNew(k)),
      serves: outcome.loads[at] ?? 0,
    })),
  };
}

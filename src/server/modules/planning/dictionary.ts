import type { projectStages } from '#contract/planning-views.ts';
import { AppError } from '#kit/errors.ts';
import { readDictionary, type DictionaryWord } from '#server/files/dictionary.ts';
import type { Weighting } from './siting-data.ts';

export type Stage = (typeof projectStages)[number];

function once<T>(read: () => T): () => T {
  let held: { value: T } | undefined;
  return () => (held ??= { value: read() }).value;
}

/** Who counts more (db/data/planning-weights.csv). */
export const weightings = once((): ReadonlyMap<string, DictionaryWord & Weighting> =>
  readDictionary('planning-weights.csv', (row) => ({
    others: Number(row['others']),
    elders: Number(row['elders']),
    children: Number(row['children']),
  })),
);

/** First estimate of what a place costs, by its condition (db/data/planning-costs.csv). */
export const fittingCosts = once((): ReadonlyMap<string, DictionaryWord & { yuanPerM2: number }> =>
  readDictionary('planning-costs.csv', (row) => ({ yuanPerM2: Number(row['yuan_per_m2']) })),
);

/** Stages in their order, with the days after the decision proposed for each (db/data/planning-stages.csv). */
export const stageWords = once((): ReadonlyMap<string, DictionaryWord & { days: number }> =>
  readDictionary('planning-stages.csv', (row) => ({ days: Number(row['days']) })),
);

/** @throws AppError bad_input for a code the dictionary does not have */
export function weightingOf(code: string): Weighting {
  const found = weightings().get(code);
  if (found === undefined)
    throw new AppError('bad_input', `weighting: expected a code of /api/planning/words, found ${code}.`, {
      field: 'weighting',
    });
  const { others, elders, children } = found;
  return { others, elders, children };
}

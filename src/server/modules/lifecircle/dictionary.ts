/** Who walks, and the limits of measuring. */
import { AppError } from '#kit/errors.ts';
import { walkProfiles, type ProfileWord } from '#server/compute/index.ts';
import { readDictionary, type DictionaryWord } from '#server/files/dictionary.ts';

function once<T>(read: () => T): () => T {
  let held: { value: T } | undefined;
  return () => (held ??= { value: read() }).value;
}

/** @throws AppError bad_input for a walker the dictionary does not have */
export function profileOf(code: string): ProfileWord {
  const found = walkProfiles().get(code);
  if (found !== undefined) return found;
  throw new AppError('bad_input', `profile: expected one of ${[...walkProfiles().keys()].join(', ')}, found ${code}.`, {
    field: 'profile',
  });
}

const rules = once((): ReadonlyMap<string, DictionaryWord & { value: number }> =>
  readDictionary('circle-rules.csv', (row) => ({ value: Number(row['value']) })),
);

type RuleCode =
  | 'cutoff_minutes'
  | 'snap_limit_m'
  | 'back_slower'
  | 'back_slower_seconds'
  | 'few_people'
  | 'good_share'
  | 'desert_share';

/** A limit of circle-rules.csv. @throws Error when the dictionary has lost it */
export function circleRule(code: RuleCode): number {
  const rule = rules().get(code);
  if (rule === undefined || !Number.isFinite(rule.value)) throw new Error(`circle-rules.csv has no rule ${code}.`);
  return rule.value;
}

/** The module's dictionaries of db/data: who walks, and the limits of measuring. */
import type { WalkProfile } from '#engine/network/profile.ts';
import { readProfile } from '#engine/network/read-profile.ts';
import { AppError } from '#kit/errors.ts';
import { readDictionary, type DictionaryWord } from '#server/files/dictionary.ts';

/** A row of walk-profiles.csv, as runs keep it. */
export interface ProfileWord extends DictionaryWord {
  walk: WalkProfile;
  /** Rise over run beyond which this walker cannot go; null: any. The engine refuses steeper ways. */
  steepest: number | null;
}

function once<T>(read: () => T): () => T {
  let held: { value: T } | undefined;
  return () => (held ??= { value: read() }).value;
}

export const walkProfiles = once((): ReadonlyMap<string, ProfileWord> =>
  readDictionary('walk-profiles.csv', (row) => {
    const walk = readProfile(row);
    return { walk, steepest: walk.steepest ?? null };
  }),
);

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

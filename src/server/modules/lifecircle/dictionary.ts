/** The module's dictionaries of db/data: who walks, and the limits of measuring. */
import { edgeFlag } from '#engine/network/network.ts';
import type { WalkProfile } from '#engine/network/profile.ts';
import { AppError } from '#kit/errors.ts';
import { readDictionary, type DictionaryWord } from '#server/files/dictionary.ts';

/** A row of walk-profiles.csv, as runs keep it. */
export interface ProfileWord extends DictionaryWord {
  walk: WalkProfile;
  /** Rise over run beyond which this walker cannot go; null: any. Told to people, not yet refused by the engine. */
  steepest: number | null;
}

function once<T>(read: () => T): () => T {
  let held: { value: T } | undefined;
  return () => (held ??= { value: read() }).value;
}

const number = (text: string | undefined): number | null => (text === undefined || text === '' ? null : Number(text));

/** Ground that slows a walker on foot and one on wheels. */
const roughFactor = { feet: 1.15, wheels: 1.5 };

export const walkProfiles = once((): ReadonlyMap<string, ProfileWord> =>
  readDictionary('walk-profiles.csv', (row) => {
    const up = number(row['steps_up_s_per_m']);
    const wheels = row['code'] === 'wheelchair' ? edgeFlag.noWheelchair : row['code'] === 'pram' ? edgeFlag.noPram : 0;
    const walk: WalkProfile = {
      flatMs: Number(row['flat_mps']),
      slopeShare: 1,
      climbSecondsPerM: up ?? 0,
      descentSecondsPerM: number(row['steps_down_s_per_m']) ?? 0,
      escalatorMs: wheels === 0 ? 0.5 : null,
      liftSeconds: number(row['lift_wait_s']) ?? 0,
      roughFactor: wheels === 0 ? roughFactor.feet : roughFactor.wheels,
      refuses: up === null ? edgeFlag.steps | wheels : wheels & ~edgeFlag.noPram,
    };
    return { walk, steepest: number(row['steepest']) };
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

type RuleCode = 'cutoff_minutes' | 'snap_limit_m' | 'back_slower' | 'back_slower_seconds' | 'few_people';

/** A limit of circle-rules.csv. @throws Error when the dictionary has lost it */
export function circleRule(code: RuleCode): number {
  const rule = rules().get(code);
  if (rule === undefined || !Number.isFinite(rule.value)) throw new Error(`circle-rules.csv has no rule ${code}.`);
  return rule.value;
}

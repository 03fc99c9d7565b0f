import { readDictionary, type DictionaryWord } from '#server/files/dictionary.ts';

/** Everything of db/data that this module reads, once at start. */
export interface VolunteerWords {
  posts: ReadonlyMap<string, DictionaryWord>;
  /** Limits of rosters and records; minutes, days or places, as the code says. */
  rules: Readonly<Record<RuleCode, number>>;
}

const ruleCodes = [
  'hour_step_minutes',
  'early_minutes',
  'late_minutes',
  'grace_minutes',
  'ahead_days',
  'make_days',
  'correction_days',
  'notice_days',
  'confirm_days',
  'new_places',
] as const;
type RuleCode = (typeof ruleCodes)[number];

/** @throws Error when the dictionary has lost a rule */
export function readVolunteerWords(): VolunteerWords {
  const rules = readDictionary('volunteer-rules.csv', (row) => ({ value: Number(row['value']) }));
  const read = ruleCodes.map((code) => {
    const value = rules.get(code)?.value;
    if (value === undefined || !Number.isInteger(value) || value < 1)
      throw new Error(`db/data/volunteer-rules.csv has no whole number for "${code}".`);
    return [code, value] as const;
  });
  return {
    posts: readDictionary('volunteer-posts.csv', () => ({})),
    rules: Object.fromEntries(read) as Record<RuleCode, number>,
  };
}

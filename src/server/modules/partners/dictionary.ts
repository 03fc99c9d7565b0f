import { readDictionary, type DictionaryWord } from '#server/files/dictionary.ts';

type Words<M = object> = ReadonlyMap<string, DictionaryWord & M>;

/** Everything of db/data that this module reads, once at start. */
export interface PartnerWords {
  kinds: Words;
  resources: Words;
  units: Words;
  returns: Words;
  exits: Words;
  rules: Words<{ value: number }>;
}

export type PartnerRule =
  | 'ending_days'
  | 'remind_days_1'
  | 'remind_days_2'
  | 'remind_days_3'
  | 'few_ratings'
  | 'claim_back_days'
  | 'open_claims';

export function readPartnerWords(): PartnerWords {
  const plain = (file: string) => readDictionary(file, () => ({}));
  return {
    kinds: plain('partner-kinds.csv'),
    resources: plain('partner-resources.csv'),
    units: plain('partner-units.csv'),
    returns: plain('partner-returns.csv'),
    exits: plain('partner-exits.csv'),
    rules: readDictionary('partner-rules.csv', (row) => ({ value: Number(row['value'] ?? '0') })),
  };
}

/** A rule as a number. @throws Error when the dictionary has lost it */
export function ruleOf({ rules }: Pick<PartnerWords, 'rules'>, code: PartnerRule): number {
  const rule = rules.get(code);
  if (rule === undefined) throw new Error(`db/data/partner-rules.csv has no rule "${code}".`);
  return rule.value;
}

/** Days before the end at which renewal is spoken of. */
export function reminderSteps(words: Pick<PartnerWords, 'rules'>): number[] {
  return (['remind_days_1', 'remind_days_2', 'remind_days_3'] as const).map((code) => ruleOf(words, code));
}

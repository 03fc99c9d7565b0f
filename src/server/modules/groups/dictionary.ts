import { readDictionary, type DictionaryWord } from '#server/files/dictionary.ts';

let kinds: ReadonlyMap<string, DictionaryWord> | undefined;
let rules: ReadonlyMap<string, DictionaryWord & { value: number }> | undefined;

/** Kinds of groups by code, from db/data/group-kinds.csv, in the order of the file; read once. */
export function groupKinds(): ReadonlyMap<string, DictionaryWord> {
  kinds ??= readDictionary('group-kinds.csv', () => ({}));
  return kinds;
}

export type GroupRule = 'keep_days' | 'messages_per_10_minutes' | 'joins_per_hour' | 'outside_counted_percent';

/** A number of db/data/group-rules.csv, in the unit the file names. @throws Error when the file lacks it */
export function groupRule(code: GroupRule): number {
  rules ??= readDictionary('group-rules.csv', (row) => ({ value: Number(row['value']) }));
  const found = rules.get(code)?.value;
  if (found === undefined || !Number.isFinite(found))
    throw new Error(`db/data/group-rules.csv: no number for ${code}.`);
  return found;
}

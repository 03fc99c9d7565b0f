import { readDictionary, type DictionaryWord } from '#server/files/dictionary.ts';

export interface ActivityKind extends DictionaryWord {
  /** How long one usually takes. */
  minutes: number;
}

let kinds: ReadonlyMap<string, ActivityKind> | undefined;

/** The words of db/data/activity-kinds.csv by code; read once. */
export function activityKinds(): ReadonlyMap<string, ActivityKind> {
  kinds ??= readDictionary('activity-kinds.csv', (row) => ({ minutes: Number(row['minutes']) }));
  return kinds;
}

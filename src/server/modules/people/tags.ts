import { readDictionary, type DictionaryWord } from '#server/files/dictionary.ts';

/** Why somebody is in care, from db/data/care-tags.csv. */
export interface CareTag extends DictionaryWord {
  /** Whose door is knocked at first when there is danger. */
  urgent: boolean;
}

let tags: ReadonlyMap<string, CareTag> | undefined;

/** The tags by code, in the order of the file; read once. */
export function careTags(): ReadonlyMap<string, CareTag> {
  tags ??= readDictionary('care-tags.csv', (row) => ({ urgent: row['urgent'] === 'true' }));
  return tags;
}

import { readDictionary, type DictionaryWord } from '#server/files/dictionary.ts';
import type { PhraseWord } from './rules-guess.ts';

/** A class of facility as needs see it; db/data/facility-classes.csv. */
export interface NeedClass extends DictionaryWord {
  /** For whom it is, code of need-groups.csv. */
  group: string;
  kind: string;
}

interface SurveyTile extends DictionaryWord {
  hint: string;
  hintEn: string;
}

interface Rule extends DictionaryWord {
  value: number;
  unit: string;
}

/** What needs read from db/data, once. */
export interface NeedWords {
  classes: ReadonlyMap<string, NeedClass>;
  groups: ReadonlyMap<string, DictionaryWord>;
  rules: ReadonlyMap<string, Rule>;
  /** Words that tell the class. */
  classWords: readonly PhraseWord[];
  /** Words that tell for whom. */
  groupWords: readonly PhraseWord[];
  /** Category of event → the group where its words do not say. */
  categories: ReadonlyMap<string, string>;
  /** What the survey asks for, in residents' words; db/data/survey-tiles.csv. */
  tiles: ReadonlyMap<string, SurveyTile>;
  /** Field of an import → headers of files. */
  columns: Readonly<Record<string, readonly string[]>>;
}

/** Reads the dictionaries. */
export function readNeedWords(): NeedWords {
  const phrases = [
    ...readDictionary('need-words.csv', (row) => ({ class: row['class'] ?? '', group: row['group'] ?? '' })).values(),
  ];
  const of = (side: 'class' | 'group') =>
    phrases.flatMap((word) => (word[side] === '' ? [] : [{ phrase: word.code, code: word[side] }]));
  const columns: Record<string, string[]> = {};
  for (const { code, field } of readDictionary('need-columns.csv', (row) => ({ field: row['field'] ?? '' })).values())
    (columns[field] ??= []).push(code);
  const categories = readDictionary('need-events.csv', (row) => ({ group: row['group'] ?? 'all' }));
  return {
    classes: readDictionary('facility-classes.csv', (row) => ({
      group: row['group'] ?? 'all',
      kind: row['kind'] ?? 'mixed',
    })),
    groups: readDictionary('need-groups.csv', () => ({})),
    rules: readDictionary('need-rules.csv', (row) => ({ value: Number(row['value']), unit: row['unit'] ?? '' })),
    classWords: of('class'),
    groupWords: of('group'),
    categories: new Map([...categories.values()].map(({ code, group }) => [code, group])),
    tiles: readDictionary('survey-tiles.csv', (row) => ({ hint: row['hint'] ?? '', hintEn: row['hint_en'] ?? '' })),
    columns,
  };
}

/** @throws Error for a rule that db/data/need-rules.csv does not have */
export function ruleOf({ rules }: Pick<NeedWords, 'rules'>, code: string): number {
  const rule = rules.get(code);
  if (rule === undefined) throw new Error(`db/data/need-rules.csv has no rule "${code}".`);
  return rule.value;
}

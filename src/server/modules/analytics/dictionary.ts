/** The words of the figures, from db/data. */
import type { certainties, indicatorGroups, indicatorKinds } from '#contract/analytics-views.ts';
import { readDictionary, type DictionaryWord } from '#server/files/dictionary.ts';
import { questionOf } from './measures.ts';

export interface Indicator extends DictionaryWord {
  sort: number;
  group: (typeof indicatorGroups)[number];
  kind: (typeof indicatorKinds)[number];
  /** Measures; '' where the kind has none. */
  numerator: string;
  denominator: string;
  leftOut: string[];
  direction: 'up' | 'down' | 'none';
  /** Of the grades A to D; empty: not graded. */
  limits: number[];
  /** Fewer cases than this get no grade. */
  least: number;
  companions: string[];
  source: string;
  certainty: (typeof certainties)[number];
  none: { zh: string; en: string } | null;
}

export interface Criterion extends DictionaryWord {
  side: 'up' | 'down';
  hint: string;
  hintEn: string;
  /** Marks up to this one need a reason. */
  low: number;
  /** Told from so many ratings on. */
  least: number;
}

interface Words {
  indicators: ReadonlyMap<string, Indicator>;
  measures: ReadonlyMap<string, DictionaryWord>;
  exclusions: ReadonlyMap<string, DictionaryWord>;
  criteria: ReadonlyMap<string, Criterion>;
}

const parts = (text: string | undefined): string[] => (text ?? '').split('|').filter((one) => one !== '');

/** Read once. @throws Error when an indicator names a measure that is not counted */
export function readWords(): Words {
  words ??= {
    indicators: readDictionary('indicators.csv', toIndicator),
    measures: readDictionary('indicator-measures.csv', () => ({})),
    exclusions: readDictionary('indicator-exclusions.csv', () => ({})),
    criteria: readDictionary('rating-criteria.csv', toCriterion),
  };
  return words;
}
let words: Words | undefined;

type Row = Readonly<Record<string, string>>;

function toIndicator(row: Row): Omit<Indicator, keyof DictionaryWord> {
  const measured = [row['numerator'] ?? '', row['denominator'] ?? '', ...parts(row['left_out'])];
  const strange = measured.find((name) => name !== '' && !(name in questionOf));
  if (strange !== undefined)
    throw new Error(
      `db/data/indicators.csv: ${row['code'] ?? ''} names the measure "${strange}", which is not counted.`,
    );
  return {
    sort: Number(row['sort']),
    group: row['group'] as Indicator['group'],
    kind: row['kind'] as Indicator['kind'],
    numerator: row['numerator'] ?? '',
    denominator: row['denominator'] ?? '',
    leftOut: parts(row['left_out']),
    direction: row['direction'] as Indicator['direction'],
    limits: ['a', 'b', 'c', 'd'].flatMap((name) => ((row[name] ?? '') === '' ? [] : [Number(row[name])])),
    least: Number(row['least'] ?? 0),
    companions: parts(row['companions']),
    source: row['source'] ?? '',
    certainty: row['certainty'] as Indicator['certainty'],
    none: (row['none_zh'] ?? '') === '' ? null : { zh: row['none_zh'] ?? '', en: row['none_en'] ?? '' },
  };
}

function toCriterion(row: Row): Omit<Criterion, keyof DictionaryWord> {
  return {
    side: row['side'] === 'down' ? 'down' : 'up',
    hint: row['hint'] ?? '',
    hintEn: row['hint_en'] ?? '',
    low: Number(row['low']),
    least: Number(row['least']),
  };
}

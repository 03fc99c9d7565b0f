import { readDictionary, type DictionaryWord } from '#server/files/dictionary.ts';

const ruleCodes = [
  'least_people',
  'missing_share',
  'crowded_share',
  'few_people',
  'cells_shown',
  'paper_lines',
] as const;
export type RuleCode = (typeof ruleCodes)[number];
export type Rules = Readonly<Record<RuleCode, number>>;

let rules: Rules | undefined;

/** When something is put on the lists (db/data/shortfall-rules.csv). @throws Error naming a rule that is missing or no number */
export function shortfallRules(): Rules {
  rules ??= readRules();
  return rules;
}

function readRules(): Rules {
  const words = readDictionary('shortfall-rules.csv', (row) => ({ value: Number(row['value']) }));
  const entries = ruleCodes.map((code) => {
    const value = words.get(code)?.value;
    if (value === undefined || !Number.isFinite(value) || value < 0)
      throw new Error(`shortfall-rules.csv: ${code}: expected a number of 0 or more, found ${String(value)}.`);
    return [code, value] as const;
  });
  return Object.fromEntries(entries) as Rules;
}

/** A moment at which facilities of some classes should be open. */
export type Moment = DictionaryWord & {
  /** 1 Monday to 7. */
  weekday: number;
  /** Of the day, Shanghai. */
  minute: number;
  classes: readonly string[];
};

let moments: ReadonlyMap<string, Moment> | undefined;

/** db/data/shortfall-moments.csv, in the order of the file. @throws Error naming a wrong row */
export function shortfallMoments(): ReadonlyMap<string, Moment> {
  moments ??= readDictionary('shortfall-moments.csv', (row) => {
    const [hour, minute] = (row['time'] ?? '').split(':').map(Number);
    const weekday = Number(row['weekday']);
    if (hour === undefined || minute === undefined || !(hour * 60 + minute < 1440) || !(weekday >= 1 && weekday <= 7))
      throw new Error(`shortfall-moments.csv: ${row['code']}: expected a weekday of 1 to 7 and a time like 20:00.`);
    return { weekday, minute: hour * 60 + minute, classes: (row['classes'] ?? '').split('|') };
  });
  return moments;
}

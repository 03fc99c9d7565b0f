import { readDictionary, type DictionaryWord } from '#server/files/dictionary.ts';

export interface OpenRules {
  /** No published group holds fewer cases. */
  k: number;
  /** So many days after the end of a month it may be published. */
  delayDays: number;
  monthsShown: number;
}

let rules: OpenRules | undefined;

/** Numbers of db/data/open-data-rules.csv. @throws Error for a k below 5 */
export function openRules(): OpenRules {
  if (rules !== undefined) return rules;
  const words = readDictionary('open-data-rules.csv', (row) => ({ value: Number(row['value']) }));
  const value = (code: string): number => {
    const found = words.get(code)?.value;
    if (found === undefined || !Number.isInteger(found) || found < 1)
      throw new Error(`db/data/open-data-rules.csv: expected a row ${code} with a whole number from 1 on.`);
    return found;
  };
  const k = value('k');
  if (k < 5) throw new Error(`db/data/open-data-rules.csv: expected k from 5 on, found ${k}. Nothing is published.`);
  rules = { k, delayDays: value('delay_days'), monthsShown: value('months_shown') };
  return rules;
}

type ClassRule = DictionaryWord & { tell: boolean };
let classes: ReadonlyMap<string, ClassRule> | undefined;

/** What db/data/open-data-classes.csv says of classes; the longest code that fits decides, and what none fits is withheld. */
export function classRules(): ReadonlyMap<string, ClassRule> {
  classes ??= readDictionary('open-data-classes.csv', (row) => ({ tell: row['tell'] === 'yes' }));
  return classes;
}

/** Classes of which nothing is published, with all that lies below them. */
export function withheldClasses(): readonly DictionaryWord[] {
  return [...classRules().values()].filter(({ tell }) => !tell);
}

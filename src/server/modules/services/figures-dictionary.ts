import { readDictionary, type DictionaryWord } from '#server/files/dictionary.ts';

interface Word {
  code: string;
  name: string;
  nameEn: string;
}

let warnings: ReadonlyMap<string, DictionaryWord> | undefined;
let rules: ReadonlyMap<string, DictionaryWord & { value: number }> | undefined;

const colours: Readonly<Record<string, readonly [string, string]>> = {
  red: ['红色', 'red'],
  orange: ['橙色', 'orange'],
  yellow: ['黄色', 'yellow'],
  blue: ['蓝色', 'blue'],
};

/** The words of a weather code such as 'heat.orange'; '' and 'none' are no warning. */
export function weatherWord(code: string): Word {
  if (code === '' || code === 'none') return { code: 'none', name: '无预警', nameEn: 'No warning' };
  warnings ??= readDictionary('warning-kinds.csv', () => ({}));
  const [kind = '', colour = ''] = code.split('.');
  const word = warnings.get(kind);
  const [zh, en] = colours[colour] ?? ['', ''];
  const [name, nameEn] = [word?.name ?? kind, word?.nameEn ?? kind];
  return { code, name: `${name}${zh}`, nameEn: en === '' ? nameEn : `${nameEn}, ${en}` };
}

/** A number of db/data/service-figure-rules.csv. */
export function figureRule(code: 'per_volunteer' | 'least_persons' | 'usual_weeks' | 'usual_least'): {
  value: number;
  certain: boolean;
} {
  rules ??= readDictionary('service-figure-rules.csv', (row) => ({ value: Number(row['value']) }));
  const rule = rules.get(code);
  if (rule === undefined) throw new Error(`db/data/service-figure-rules.csv has no row ${code}.`);
  return { value: rule.value, certain: rule.certain };
}

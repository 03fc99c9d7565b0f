import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';

const folder = join(import.meta.dirname, '../../../db/data');

/** One word of a dictionary: what all of them have. */
export interface DictionaryWord {
  code: string;
  name: string;
  nameEn: string;
  /** False while the word is a draft of ours and nobody who may has confirmed it. */
  certain: boolean;
}

/**
 * Reads a small dictionary of db/data (columns code, name, name_en, certainty and others), in the order of the file.
 * `more` adds what only this dictionary has.
 */
export function readDictionary<M extends object>(
  file: string,
  more: (row: Readonly<Record<string, string>>) => M,
): ReadonlyMap<string, DictionaryWord & M> {
  const rows: Record<string, string>[] = parse(readFileSync(join(folder, file), 'utf8'), {
    columns: true,
    comment: '#',
    skip_empty_lines: true,
    bom: true,
  });
  return new Map(
    rows.map((row) => {
      const code = row['code'] ?? '';
      const names = { code, name: row['name'] ?? '', nameEn: row['name_en'] ?? '' };
      return [code, { ...names, certain: row['certainty'] === 'certain', ...more(row) }];
    }),
  );
}

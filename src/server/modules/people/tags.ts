import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';

/** Why somebody is in care, from db/data/care-tags.csv. */
export interface CareTag {
  code: string;
  name: string;
  nameEn: string;
  /** Whose door is knocked at first when there is danger. */
  urgent: boolean;
  /** False while the list is a draft of ours and no authority has confirmed it. */
  certain: boolean;
}

const file = join(import.meta.dirname, '../../../../db/data/care-tags.csv');
let tags: ReadonlyMap<string, CareTag> | undefined;

/** The tags by code, in the order of the file; read once. */
export function careTags(): ReadonlyMap<string, CareTag> {
  tags ??= readTags(readFileSync(file, 'utf8'));
  return tags;
}

function readTags(text: string): Map<string, CareTag> {
  const rows: Record<string, string>[] = parse(text, {
    columns: true,
    comment: '#',
    skip_empty_lines: true,
    bom: true,
  });
  return new Map(
    rows.map((row) => {
      const code = row['code'] ?? '';
      const names = { name: row['name'] ?? '', nameEn: row['name_en'] ?? '' };
      return [code, { code, ...names, urgent: row['urgent'] === 'true', certain: row['certainty'] === 'certain' }];
    }),
  );
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';

/** A kind of risk point, from db/data/risk-kinds.csv. */
export interface RiskKind {
  code: string;
  name: string;
  nameEn: string;
  /** False while the list is a draft of ours and no local catalogue has confirmed it. */
  certain: boolean;
}

const file = join(import.meta.dirname, '../../../../db/data/risk-kinds.csv');
let kinds: ReadonlyMap<string, RiskKind> | undefined;

/** The kinds by code, in the order of the file; read once. */
export function riskKinds(): ReadonlyMap<string, RiskKind> {
  kinds ??= readKinds(readFileSync(file, 'utf8'));
  return kinds;
}

function readKinds(text: string): Map<string, RiskKind> {
  const rows: Record<string, string>[] = parse(text, {
    columns: true,
    comment: '#',
    skip_empty_lines: true,
    bom: true,
  });
  return new Map(
    rows.map((row) => {
      const code = row['code'] ?? '';
      const kind = {
        code,
        name: row['name'] ?? '',
        nameEn: row['name_en'] ?? '',
        certain: row['certainty'] === 'certain',
      };
      return [code, kind];
    }),
  );
}

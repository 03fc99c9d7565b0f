import { readDictionary } from '#server/files/dictionary.ts';

type RuleCode = 'cutoff_minutes' | 'snap_limit_m' | 'snap_cells_m' | 'back_slower' | 'back_slower_seconds';

let rules: ReadonlyMap<string, { value: number }> | undefined;

/** A limit of db/data/circle-rules.csv, as the program measures with. @throws Error when the dictionary has lost it */
export function circleRule(code: RuleCode): number {
  rules ??= readDictionary('circle-rules.csv', (row) => ({ value: Number(row['value']) }));
  const rule = rules.get(code);
  if (rule === undefined || !Number.isFinite(rule.value)) throw new Error(`circle-rules.csv has no rule ${code}.`);
  return rule.value;
}

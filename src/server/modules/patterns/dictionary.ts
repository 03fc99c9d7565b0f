import { readDictionary } from '#server/files/dictionary.ts';

const ruleCodes = [
  'cells_wanted', 'radius_cells', 'least_around', 'least_expected', 'hot_days', 'scan_days', 'scan_window', 'scan_circle',
  'scan_draws', 'scan_least', 'scan_p', 'scan_cases', 'history_days', 'half_life', 'anomaly_days', 'anomaly_cases',
  'anomaly_q', 'anomaly_share', 'anomaly_least', 'anomaly_keep', 'recur_m', 'recur_days', 'recur_least', 'forecast_share',
  'forecast_weeks', 'forecast_cases', 'rows_most',
] as const; // prettier-ignore
export type Rules = Readonly<Record<(typeof ruleCodes)[number], number>>;

let rules: Rules | undefined;

/** What counts as a pattern (db/data/pattern-rules.csv). @throws Error naming a rule that is missing or no number */
export function patternRules(): Rules {
  rules ??= readRules();
  return rules;
}

function readRules(): Rules {
  const words = readDictionary('pattern-rules.csv', (row) => ({ value: Number(row['value']) }));
  const entries = ruleCodes.map((code) => {
    const value = words.get(code)?.value;
    if (value === undefined || !Number.isFinite(value) || value <= 0)
      throw new Error(`pattern-rules.csv: ${code}: expected a number above 0, found ${String(value)}.`);
    return [code, value] as const;
  });
  return Object.fromEntries(entries) as Rules;
}

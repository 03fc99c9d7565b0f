import { formatNumber } from '#web/i18n/format.ts';

/** What was measured: with its unit where it is known, else with the name of what was measured. */
export function valueWords({ metric, value, unit }: { metric: string | null; value: number | null; unit: string }) {
  if (value === null) return '';
  const number = formatNumber(value);
  if (unit !== '') return `${number} ${unit}`;
  return metric === null ? number : `${metric} ${number}`;
}

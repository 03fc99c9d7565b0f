import type { Metric } from '#contract/devices.ts';

/** `smoke_ppm=ppm` line by line; a line without a sign is a metric without a unit, empty lines are left out. */
export function readMetrics(text: string): Metric[] {
  return text.split('\n').flatMap((line) => {
    const [name = '', ...unit] = line.split('=');
    return name.trim() === '' ? [] : [{ name: name.trim(), unit: unit.join('=').trim() }];
  });
}

/** The reverse. */
export function writeMetrics(metrics: readonly Metric[]): string {
  return metrics.map(({ name, unit }) => (unit === '' ? name : `${name}=${unit}`)).join('\n');
}

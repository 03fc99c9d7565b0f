import type { Project } from '../queries.ts';

export type Hours = NonNullable<Project['hours']>;

/** Days of the week that follow one another, told as a span. @param days of Monday to Sunday in the reader's language */
function daysText(days: readonly number[], names: readonly string[], everyDay: string): string {
  if (days.length === 7) return everyDay;
  const sorted = [...days].toSorted((a, b) => a - b);
  const [first, last] = [sorted[0] ?? 1, sorted.at(-1) ?? 7];
  const name = (day: number): string => names[day - 1] ?? '';
  if (sorted.length > 2 && last - first === sorted.length - 1) return `${name(first)}–${name(last)}`;
  return sorted.map(name).join(' ');
}

/** Opening hours in one line. */
export function hoursText(
  hours: Hours,
  { names, everyDay, sep }: { names: readonly string[]; everyDay: string; sep: string },
): string {
  return hours.map(({ days, from, to }) => `${daysText(days, names, everyDay)} ${from}–${to}`).join(sep);
}

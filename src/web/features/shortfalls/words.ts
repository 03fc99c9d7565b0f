import type { ProblemKind } from '#contract/shortfalls-views.ts';
import { useText } from '#web/i18n/area.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { shortfalls } from '#web/i18n/shortfalls.ts';
import type { Shape } from '#web/ui/ShapeMark.tsx';

/** Each kind has a shape of its own, so that it can be told without colour. */
export const kindShapes: Readonly<Record<ProblemKind, Shape>> = {
  missing: { path: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2M8 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8', tone: '--p0' },
  too_far: { path: 'M1 7h9V4l5 4-5 4V9H1z', tone: '--p1' },
  too_small: { path: 'M5 5h6v6H5z', tone: '--p2' },
  closed_when_needed: { path: 'M4 7V5a4 4 0 0 1 8 0v2h1v7H3V7zM6 7h4V5a2 2 0 0 0-4 0z', tone: '--p2' },
  poor_condition: { path: 'M8 1l7 13H1zM7 6v4h2V6zM7 11v2h2v-2z', tone: '--p2' },
  not_accessible: { path: 'M1 13V9h4V6h4V3h6v10z', tone: '--p4' },
};

/** How numbers of people are said; few are not told. */
export function useHeads() {
  const t = useText(shortfalls);
  return {
    people: (n: number | null): string => (n === null ? t.fewPeople : t.people(formatNumber(n))),
    count: (n: number | null): string => (n === null ? t.fewHeads : formatNumber(n)),
  };
}

/** Minutes begun. */
export const minutesOf = (seconds: number): string => formatNumber(Math.ceil(seconds / 60));

/** Minutes of a day as a clock shows them. */
export const clockOf = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

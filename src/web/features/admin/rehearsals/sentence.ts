import type { SameWords } from '#web/i18n/area.ts';
import type { rehearsals } from '#web/i18n/rehearsals.ts';
import type { Figures } from './queries.ts';

type Words = SameWords<(typeof rehearsals)['zh']>['sentence'];

/** The answer before all tables: who would get them, what would be late. Only what differs is told. */
export function sentenceOf(figures: Figures, t: Words, number: (n: number) => string): string {
  if (figures.events === 0) return t.none;
  const { moved, transfers, returnsAvoided, late } = figures;
  const parts = [
    moved > 0 ? t.moved(number(moved)) : t.stayed,
    ...(transfers.fewer > 0 ? [t.fewer(number(transfers.fewer))] : []),
    ...(transfers.more > 0 ? [t.more(number(transfers.more))] : []),
    ...(returnsAvoided > 0 ? [t.returned(number(returnsAvoided))] : []),
    lateWords(late, t, number),
  ];
  return `${t.start(number(figures.events))}${parts.join(t.comma)}${t.end}`;
}

function lateWords({ before, after }: Figures['late'], t: Words, number: (n: number) => string): string {
  if (before === after) return t.same(number(after));
  return (after < before ? t.down : t.up)(number(before), number(after));
}

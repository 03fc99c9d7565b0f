import { weekdayOf } from '#kit/shanghai-days.ts';
import { useText } from '#web/i18n/area.ts';
import { formatDate, formatNumber } from '#web/i18n/format.ts';
import { patterns } from '#web/i18n/patterns.ts';
import { useNamed } from '#web/i18n/use-named.ts';

/** Hook: words that all parts say. */
export function useSay() {
  const t = useText(patterns);
  const named = useNamed();
  return {
    t,
    named,
    kind: (one: { code: string; name: string; nameEn: string }): string => (one.code === '' ? t.anyKind : named(one)),
    day: (day: string): string => t.day(formatDate(day), t.weekdays[weekdayOf(day) - 1] ?? ''),
  };
}

/** At most one decimal; whole from 10 on. */
export function roughly(value: number): string {
  return formatNumber(value >= 10 ? Math.round(value) : Math.round(value * 10) / 10);
}

/** A chance, with two figures that count. */
export function chance(p: number): string {
  return p < 0.0001 ? '0.0001' : String(Number(p.toPrecision(2)));
}

/** Squares 'column:row' in the short form that the list of cases takes: those beside one another in a row as one run. */
export function runsOf(cells: readonly string[]): string {
  const squares = cells.map((cell) => cell.split(':').map(Number) as [number, number]);
  squares.sort((a, b) => a[1] - b[1] || a[0] - b[0]);
  const runs: { from: number; to: number; row: number }[] = [];
  for (const [column, row] of squares) {
    const last = runs.at(-1);
    if (last !== undefined && last.row === row && last.to + 1 === column) last.to = column;
    else runs.push({ from: column, to: column, row });
  }
  return runs.map(({ from, to, row }) => (from === to ? `${from}:${row}` : `${from}-${to}:${row}`)).join(',');
}

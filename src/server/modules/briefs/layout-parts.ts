/** The pieces sections are laid out from. Pure. */
import type { SectionKey } from '#contract/briefs.ts';
import type { BriefFacts } from './gather.ts';
import type { Days } from './rules-period.ts';
import type { Body } from './store.ts';

export type Section = Body['sections'][number];
export type Part = Section['parts'][number];
export type Table = NonNullable<Part['table']>;
export type Link = Table['links'][number][number];
type Cell = Table['rows'][number][number];

export function section(key: SectionKey, text: readonly string[], more: Partial<Section> = {}): Section {
  return { key, heading: '', text: [...text], table: null, chart: null, parts: [], ...more };
}

const numerals = ['一', '二', '三', '四', '五', '六', '七', '八'] as const;

/** Sections with their headings and numerals; those that have nothing to say are left out. */
export function numberedSections(all: readonly [SectionKey, string, Section | undefined][]): Section[] {
  const told = all.flatMap(([, heading, one]) => (one === undefined ? [] : [{ ...one, heading }]));
  return told.map((one, at) => ({ ...one, heading: `${numerals[at] ?? ''}、${one.heading}` }));
}

export function part(heading: string, text: readonly string[], more: Partial<Part> = {}): Part {
  return { heading, text: [...text], table: null, chart: null, ...more };
}

/** Rows with the cases behind their numbers; rows without links open nothing. */
export function table(
  heads: readonly string[],
  lines: readonly { cells: Cell[]; links?: Link[] }[],
  bar?: number,
): Table {
  return {
    heads: [...heads],
    rows: lines.map(({ cells }) => cells),
    links: lines.map(({ cells, links }) => links ?? cells.map(() => null)),
    bar: bar ?? null,
  };
}

/** '2026 年 11 月 23 日至 29 日' */
export function spanWords({ first, last }: Days): string {
  const [year, month, day] = wordsOf(first);
  const [otherYear, otherMonth, otherDay] = wordsOf(last);
  const from = `${year} 年 ${month} 月 ${day} 日`;
  if (first === last) return from;
  const to = `${otherYear === year ? '' : `${otherYear} 年 `}${otherMonth === month && otherYear === year ? '' : `${otherMonth} 月 `}${otherDay} 日`;
  return `${from}至 ${to}`;
}

const wordsOf = (day: string): [number, number, number] => [
  Number(day.slice(0, 4)),
  Number(day.slice(5, 7)),
  Number(day.slice(8)),
];

/** 'up by 12.5 %', in Chinese; where there was nothing before, no share can be told. */
export function changeWords(now: number, before: number): string {
  if (now === before) return '持平';
  if (before === 0) return '上期为 0';
  const share = Math.abs(((now - before) / before) * 100).toFixed(1);
  return now > before ? `增加 ${share}%` : `减少 ${share}%`;
}

export const shareWords = (value: number | null): string => (value === null ? '—' : `${(value * 100).toFixed(1)}%`);

/** The cases of this place and these days. */
export const casesIn = ({ place, days }: BriefFacts, more: NonNullable<Link> = {}): NonNullable<Link> => ({
  from: days.first,
  to: days.last,
  area: place.code,
  ...more,
});

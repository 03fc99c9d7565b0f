/** What a month holds, and when it may be published. Pure. */
import { addDays, startOf } from '#kit/shanghai-days.ts';
import type { CategoryName } from './parts.ts';
import { medianOf, type Tally } from './rules-groups.ts';

/** Cases fixed within a month, alike in place, kind, week and days; as the store counts them. */
export interface FixedRow {
  street: string | null;
  community: string | null;
  categoryCode: string;
  /** Monday of the week they were closed in. */
  week: string;
  days: number;
  n: number;
  reopened: number;
}

/** '2026-05' → its first moment and the first of the next month. */
export function momentsOf(month: string): { fromMs: number; toMs: number } {
  return { fromMs: startOf(`${month}-01`), toMs: startOf(`${nextMonth(month)}-01`) };
}

export function nextMonth(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`;
}

export function monthBefore(month: string): string {
  return addDays(`${month}-01`, -1).slice(0, 7);
}

/** The first day a month may be published on. */
export const readyOn = (month: string, delayDays: number): string => addDays(`${nextMonth(month)}-01`, delayDays);

/** May nothing be published of this class? So it is for a class that no rule names, itself or one above it. */
export function isWithheld(
  code: string,
  categories: ReadonlyMap<string, CategoryName>,
  rules: ReadonlyMap<string, { tell: boolean }>,
): boolean {
  const nearest = lineOf(code, categories).findLast((one) => rules.has(one));
  return nearest === undefined || rules.get(nearest)?.tell !== true;
}

/** A code and those above it, from the top down. */
function lineOf(code: string, categories: ReadonlyMap<string, CategoryName>): string[] {
  const line: string[] = [];
  for (let at = categories.get(code); at !== undefined && line.length < 10;) {
    line.unshift(at.code);
    at = at.parentCode === null ? undefined : categories.get(at.parentCode);
  }
  return line;
}

/** Cases as tallies of everything that could be told of them: street, class, community, smallest class, week. */
export function talliesOf(rows: readonly FixedRow[], categories: ReadonlyMap<string, CategoryName>): Tally[] {
  const found = new Map<string, { path: string[]; n: number; days: Map<number, number> }>();
  for (const row of rows) {
    const [top = '-', second = top, leaf = '-'] = lineOf(row.categoryCode, categories);
    const path = [row.street ?? '-', second, row.community ?? '-', leaf, row.week];
    const key = path.join('/');
    const tally = found.get(key) ?? { path, n: 0, days: new Map<number, number>() };
    tally.n += row.n;
    tally.days.set(row.days, (tally.days.get(row.days) ?? 0) + row.n);
    found.set(key, tally);
  }
  return [...found.values()];
}

export interface Totals {
  fixed: number;
  reported: number | null;
  reportedFixed: number | null;
  reopened: number | null;
  medianDays: number;
}

interface Sums {
  tallies: readonly Tally[];
  /** Cases the published groups hold. */
  fixed: number;
  reopened: number;
  reported: number;
  reportedFixed: number;
}

/** A part is told only where it and what is left of the whole both hold k, or where it is nothing or everything. */
function partOf(part: number, whole: number, k: number): number | null {
  const small = (n: number): boolean => n > 0 && n < k;
  return small(part) || small(whole - part) ? null : part;
}

/** What is told of the whole. */
export function totalsOf({ tallies, fixed, reopened, reported, reportedFixed }: Sums, k: number): Totals {
  return {
    fixed,
    reported: reported > 0 && reported < k ? null : reported,
    reportedFixed: reported > 0 && reported < k ? null : partOf(reportedFixed, reported, k),
    reopened: partOf(reopened, fixed, k),
    medianDays: medianOf(tallies),
  };
}

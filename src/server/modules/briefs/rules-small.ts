/** Which counts are told alone. Pure. */
import { briefRules, withheldCodes } from './dictionary.ts';

interface Counted {
  value: string;
  n: number;
  before: number;
}

/**
 * The largest rows, and what is left over as one. A withheld class (db/data/open-data-classes.csv) with a small count, now
 * or before, is never a row: it goes to what is left over, and where it would be there alone, the smallest row goes with it,
 * or the total less the rows would tell it.
 */
export function foldSmall<R extends Counted>(
  rows: readonly R[],
  most: number,
  least = briefRules().small_count,
): { rows: R[]; rest: { n: number; before: number } | null } {
  const small = (n: number): boolean => n > 0 && n < least;
  const hidden = rows.filter((row) => isWithheld(row.value) && (small(row.n) || small(row.before)));
  const open = rows.filter((row) => !hidden.includes(row));
  const told = open.slice(0, most);
  const left = [...hidden, ...open.slice(most)];
  while (
    hidden.length > 0 &&
    told.length > 0 &&
    (small(sumOf(left, 'n')) || small(sumOf(left, 'before')) || left.length < 2)
  ) {
    const smallest = told.pop();
    if (smallest !== undefined) left.push(smallest);
  }
  return { rows: told, rest: left.length === 0 ? null : { n: sumOf(left, 'n'), before: sumOf(left, 'before') } };
}

const sumOf = (rows: readonly Counted[], key: 'n' | 'before'): number => rows.reduce((sum, row) => sum + row[key], 0);

/** Is it, or does it hold, one of the withheld classes? A main class that holds some only may be told. */
function isWithheld(code: string): boolean {
  return withheldCodes().some((one) => code.startsWith(one));
}

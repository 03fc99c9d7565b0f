import { AppError } from '#kit/errors.ts';
import { readDictionary } from '#server/files/dictionary.ts';
import { grantsFor, type Actor } from '#server/modules/identity/index.ts';

export interface CoverageRules {
  visitedWithinDays: number;
  suppressBelow: number;
}

let rules: CoverageRules | undefined;

/** The figures' own terms, from db/data/coverage-rules.csv; read once. */
export function coverageRules(): CoverageRules {
  if (rules !== undefined) return rules;
  const words = readDictionary('coverage-rules.csv', (row) => ({ value: Number(row['value']) }));
  const value = (code: string): number => {
    const found = words.get(code)?.value;
    if (found === undefined || !Number.isInteger(found) || found < 0)
      throw new Error(`coverage-rules.csv: expected a whole number for ${code}, found ${String(found)}.`);
    return found;
  };
  rules = { visitedWithinDays: value('visited_within'), suppressBelow: value('suppress_below') };
  return rules;
}

export interface Share {
  part: number | null;
  whole: number;
  percent: number | null;
}

/**
 * A part of a whole, per cent with two decimals. A part of 1 to `below` − 1 people is not told, nor one that leaves so
 * few out: both would say something about somebody. Zero and all are told.
 */
export function shareOf(part: number, whole: number, below: number): Share {
  const few = (n: number): boolean => n > 0 && n < below;
  if (few(part) || few(whole - part)) return { part: null, whole, percent: null };
  return { part, whole, percent: whole === 0 ? null : Math.round((part / whole) * 10_000) / 100 };
}

/** What is counted of one grid. */
export interface GridCount {
  residents: number;
  registered: number;
  members: number;
  households: number;
  visited: number;
}

export const nothing: GridCount = { residents: 0, registered: 0, members: 0, households: 0, visited: 0 };

export function plus(a: GridCount, b: GridCount): GridCount {
  return {
    residents: a.residents + b.residents,
    registered: a.registered + b.registered,
    members: a.members + b.members,
    households: a.households + b.households,
    visited: a.visited + b.visited,
  };
}

/**
 * Parts of a sum that hide nothing when only one of them is not told: the smallest told one is then hidden as well, so
 * that subtracting from the whole brings nothing out.
 */
export function hideAlone(parts: Share[]): Share[] {
  const hidden = parts.filter(({ part }) => part === null);
  if (hidden.length !== 1) return parts;
  const told = parts.filter(({ part }) => part !== null && part > 0);
  const least = told.reduce<Share | undefined>((a, b) => ((a?.part ?? Infinity) <= (b.part ?? 0) ? a : b), undefined);
  return parts.map((one) => (one === least ? { ...one, part: null, percent: null } : one));
}

/** True when an appointment lets them visit in an area of this path; the program's own acts always may. */
export function mayVisit(actor: Actor, path: readonly string[], word: 'visit.do' | 'visit.plan' = 'visit.do'): boolean {
  return actor.kind === 'system' || grantsFor(actor, word, { path, units: [] }).length > 0;
}

/** @throws AppError not_allowed naming the area */
export function assertMayVisit(actor: Actor, code: string, path: readonly string[], word?: 'visit.plan'): void {
  if (mayVisit(actor, path, word)) return;
  throw new AppError('not_allowed', `None of your appointments lets you keep households of area ${code}.`, { code });
}

/** Two writings of one door: width, case and spaces make no difference. */
export function plainDoor(address: string, door: string): string {
  const plain = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/\s/g, '');
  return `${plain(address)}|${plain(door)}`;
}

import type { AreaHeads, Cell, Matrix } from './queries.ts';
import type { Limit } from './search.ts';

export interface Heads {
  people: number | null;
  elders: number | null;
  children: number | null;
}
export type Group = keyof Heads;
export const groups = ['people', 'elders', 'children'] as const;

const names = { standard: 'standard', '5': 'five', '10': 'ten', '15': 'fifteen' } as const;

/** Who of an area is within the limit of a class; undefined where the run has no such class. */
export function withinOf(matrix: Matrix, areaCode: string, classCode: string, limit: Limit): Heads | undefined {
  return matrix.items.find((item) => item.areaCode === areaCode && item.classCode === classCode)?.within[names[limit]];
}

/** Who is beyond it. Null where either number is too small to be shown. */
export function beyondOf(whole: Heads, within: Heads | undefined): Heads {
  const less = (group: Group): number | null => {
    const [all, near] = [whole[group], within?.[group] ?? null];
    return all === null || near === null ? null : all - near;
  };
  return { people: less('people'), elders: less('elders'), children: less('children') };
}

/** A circle of five, ten or fifteen minutes: its classes by how many of an area reach them by their own standard. */
export interface Circle {
  level: number;
  all: number;
  good: number;
  /** Missing: those fewest reach first. */
  missing: { code: string; percent: number }[];
}

/** What each circle has and lacks in an area. Classes whose numbers are not shown are left out. */
export function circlesOf(
  matrix: Matrix,
  areaCode: string,
  rules: { goodShare: number; desertShare: number },
): Circle[] {
  const area = [matrix.area, ...matrix.parts].find(({ code }) => code === areaCode);
  const levels = [...new Set(matrix.classes.map(({ level }) => level))].toSorted((a, b) => a - b);
  return levels.map((level) => {
    const shares = matrix.classes
      .filter((norm) => norm.level === level)
      .map(({ code }) => ({
        code,
        percent: percentOf(withinOf(matrix, areaCode, code, 'standard')?.people, area?.people ?? null),
      }))
      .flatMap(({ code, percent }) => (percent === null ? [] : [{ code, percent }]));
    return {
      level,
      all: shares.length,
      good: shares.filter(({ percent }) => percent >= rules.goodShare).length,
      missing: shares.filter(({ percent }) => percent < rules.desertShare).toSorted((a, b) => a.percent - b.percent),
    };
  });
}

/** Whole per cent that are within; null where nobody lives or a number is not shown. 100 only when it is everybody, 0 only when nobody. */
export function percentOf(part: number | null | undefined, whole: number | null): number | null {
  if (part === null || part === undefined || whole === null || whole === 0) return null;
  const exact = (part / whole) * 100;
  return part === whole || part === 0 ? exact : Math.min(99, Math.max(1, Math.round(exact)));
}

/** Seconds of the limit for a class. */
export function limitSeconds(limit: Limit, walkMin: number): number {
  return limit === 'standard' ? walkMin * 60 : Number(limit) * 60;
}

export type CellState = 'near' | 'beyond' | 'none';

/** How a cell stands to a limit: within it, beyond it, or nothing within the measuring range. */
export function stateOf({ seconds }: Pick<Cell, 'seconds'>, limitS: number): CellState {
  if (seconds === null) return 'none';
  return seconds <= limitS ? 'near' : 'beyond';
}

/** Cells beyond a limit, those of most people first; where numbers are not shown they come last. */
export function beyondFirst(cells: readonly Cell[], limitS: number): Cell[] {
  return cells
    .filter((cell) => stateOf(cell, limitS) !== 'near')
    .toSorted((a, b) => (b.people ?? 0) - (a.people ?? 0) || (a.code < b.code ? -1 : 1));
}

/** Minutes, rounded up to whole ones: nobody is told they are there sooner. */
export const toMinutes = (seconds: number): number => Math.ceil(seconds / 60);

/** Whether the way back is so much slower that it is told. */
export function isSlowBack(
  { seconds, back }: { seconds: number | null; back: number | null },
  rules: { backSlower: number; backSlowerSeconds: number },
): boolean {
  if (seconds === null || back === null) return false;
  return back >= seconds * rules.backSlower && back - seconds >= rules.backSlowerSeconds;
}

/** Areas with most people beyond first; what is not shown comes last. */
export function mostBeyondFirst(matrix: Matrix, classCode: string, limit: Limit): AreaHeads[] {
  const beyond = (area: AreaHeads): number =>
    beyondOf(area, withinOf(matrix, area.code, classCode, limit)).people ?? -1;
  return matrix.parts.toSorted((a, b) => beyond(b) - beyond(a) || (a.code < b.code ? -1 : 1));
}

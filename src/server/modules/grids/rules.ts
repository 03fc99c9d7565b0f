/** Decisions about the territory that need no database: who may change what, and whether outlines still fit. */
import { checkTiling, defaultToleranceM2, type TiledArea, type TilingProblem } from '#engine/territory/tiling.ts';
import { areaM2 } from '#engine/territory/measure.ts';
import type { AreaGeometry } from '#engine/territory/geometry.ts';
import { AppError } from '#kit/errors.ts';
import { grantsFor, type Actor } from '#server/modules/identity/index.ts';

/** True when an appointment carries the word over an area of this path; the program's own acts always may. */
export function mayEdit(
  actor: Actor,
  path: readonly string[],
  word: 'grids.edit' | 'risk.edit' = 'grids.edit',
): boolean {
  return actor.kind === 'system' || grantsFor(actor, word, { path, units: [] }).length > 0;
}

/** @throws AppError not_allowed naming the area */
export function assertMayEdit(
  actor: Actor,
  area: { code: string; path: readonly string[] },
  word?: 'grids.edit' | 'risk.edit',
): void {
  if (mayEdit(actor, area.path, word)) return;
  throw new AppError(
    'not_allowed',
    `None of your appointments lets you change area ${area.code}. Ask the administrator of an area that contains it.`,
    {
      code: area.code,
    },
  );
}

/** @throws AppError version_conflict telling both versions */
export function assertVersion(found: { code: string; version: number }, seen: number): void {
  if (found.version === seen) return;
  throw new AppError(
    'version_conflict',
    `${found.code} was changed in the meantime: you saw version ${seen}, it is now ${found.version}. Load it again and repeat.`,
    { code: found.code, expected: seen, found: found.version },
  );
}

export interface Outline {
  code: string;
  /** null: not drawn yet */
  geometry: AreaGeometry | null;
}

/** The children of one parent before and after a change. */
export interface Siblings {
  parentCode: string;
  parentBefore: AreaGeometry | null;
  parentAfter: AreaGeometry | null;
  before: readonly Outline[];
  after: readonly Outline[];
  /** Codes that a split or merge gave to what was another area before: new code → code it counts as. */
  sameAs?: ReadonlyMap<string, string>;
}

export interface Fit {
  /** What the change makes worse. */
  refused: TilingProblem[];
  /** What is not right yet, but was so before. */
  warnings: TilingProblem[];
}

/**
 * Siblings may not overlap or leave their parent, and what was covered must stay covered. What was wrong before and is
 * no worse now (imported outlines are seldom perfect; areas are drawn one after another) is only told, so that it can be
 * mended step by step. Tolerance: 1 m² for each piece.
 */
export function fitOf(siblings: Siblings): Fit {
  const before = drawn(siblings.before);
  const after = drawn(siblings.after);
  const parent = frameOf(siblings.parentCode, siblings.parentAfter);
  if (before.length === 0 && after.length === 0) return { refused: [], warnings: [] };
  const found = checkTiling(after, parent);
  if (found.length === 0) return { refused: [], warnings: [] };
  const fit = worseThan(
    checkTiling(before, frameOf(siblings.parentCode, siblings.parentBefore)),
    found,
    siblings.sameAs,
  );
  const gaps = found.filter(({ kind }) => kind === 'gap');
  const opened = gaps.length === 0 ? [] : openedGaps(siblings, before, after, parent);
  fit.refused.push(...opened);
  if (opened.length === 0) fit.warnings.push(...gaps);
  return fit;
}

/** Overlaps and areas outside, judged pair by pair: more m² than before is refused. */
function worseThan(
  before: TilingProblem[],
  after: TilingProblem[],
  sameAs: ReadonlyMap<string, string> = new Map(),
): Fit {
  const keyOf = ({ kind, codes }: TilingProblem): string =>
    [kind, ...codes.map((code) => sameAs.get(code) ?? code).toSorted()].join(' ');
  const old = new Map<string, number>();
  for (const problem of before) old.set(keyOf(problem), (old.get(keyOf(problem)) ?? 0) + problem.areaM2);
  const now = new Map<string, number>();
  for (const problem of after) now.set(keyOf(problem), (now.get(keyOf(problem)) ?? 0) + problem.areaM2);
  const fit: Fit = { refused: [], warnings: [] };
  for (const problem of after.filter(({ kind }) => kind !== 'gap')) {
    const key = keyOf(problem);
    const worse =
      problem.kind === 'invalid' ? !old.has(key) : (now.get(key) ?? 0) > (old.get(key) ?? 0) + defaultToleranceM2;
    (worse ? fit.refused : fit.warnings).push(problem);
  }
  return fit;
}

/** Uncovered share of a parent above which its areas are still being drawn, so that a gap is no fault yet. */
const stillDrawing = 0.02;

/**
 * Gaps of `after` that were covered before: old gaps are laid over as if they were areas, what is left is new. Empty
 * while the parent is still being drawn.
 */
function openedGaps(
  siblings: Siblings,
  before: TiledArea[],
  after: TiledArea[],
  parent: TiledArea | undefined,
): TilingProblem[] {
  const frame = frameOf(siblings.parentCode, siblings.parentBefore);
  const unfinished = siblings.after.some(({ geometry }) => geometry === null);
  // Without an outline of the parent only enclosed gaps are known; while siblings are still to be drawn these may be theirs.
  if (parent === undefined ? unfinished : frame === undefined) return [];
  const old = checkTiling(before, frame).filter(({ kind }) => kind === 'gap');
  const uncovered = old.reduce((sum, gap) => sum + gap.areaM2, 0);
  if (frame !== undefined && uncovered > stillDrawing * areaM2(frame.geometry)) return [];
  const patches = old.flatMap(({ geometry }, k) => (geometry === null ? [] : [{ code: `old-gap-${k}`, geometry }]));
  return checkTiling([...after, ...patches], parent).filter(({ kind }) => kind === 'gap');
}

function drawn(areas: readonly Outline[]): TiledArea[] {
  return areas.flatMap(({ code, geometry }) => (geometry === null ? [] : [{ code, geometry }]));
}

function frameOf(code: string, geometry: AreaGeometry | null): TiledArea | undefined {
  return geometry === null ? undefined : { code, geometry };
}

/** Overlaps of one area with areas of its tier below other parents, as far as they are worse than before. */
export function cousinFit(before: Outline, after: Outline, cousins: readonly Outline[]): Fit {
  const overlapsWith = (own: Outline): TilingProblem[] =>
    drawn(cousins).flatMap((cousin) => checkTiling([...drawn([own]), cousin]).filter(({ kind }) => kind === 'overlap'));
  const found = overlapsWith(after);
  if (found.length === 0) return { refused: [], warnings: [] };
  return worseThan(overlapsWith(before), found, new Map([[after.code, before.code]]));
}

/** @throws AppError territory_overlap with every place in `detail.problems` */
export function refuseProblems(problems: readonly TilingProblem[]): void {
  const [first] = problems;
  if (first === undefined) return;
  const more = problems.length > 1 ? ` There are ${problems.length - 1} more places.` : '';
  throw new AppError('territory_overlap', `${first.message}${more} Move the boundary there; nothing was saved.`, {
    problems: problems.slice(0, 50),
  });
}

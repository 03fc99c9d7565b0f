/** Who sees which run, and how much of it: those above the area all, those below their own part. */
import type { Permission } from '#contract/route.ts';
import { AppError } from '#kit/errors.ts';
import { scopeFor, type Actor } from '#server/modules/identity/index.ts';
import type { LiveTerritory } from '#server/modules/grids/index.ts';
import type { RunRow } from './store-run.ts';

export const absentRun = (): AppError =>
  new AppError('not_found', 'There is no such measurement, or it is not yours to see. Look it up in the list of runs.');
export const absentArea = (): AppError =>
  new AppError('not_found', 'There is no such area, or it is not yours to measure. Choose one in your own areas.');

type Ground = Pick<LiveTerritory, 'area'>;

/** Codes of the areas in which an actor has the word; null: everywhere. */
export function areasOf(actor: Actor, word: Permission): readonly string[] | null {
  const scope = scopeFor(actor, word);
  return scope.seeAll ? null : scope.areas;
}

/**
 * The parts of a run an actor sees with the word: its own area, or their areas within it; empty: none of it.
 */
export function partsSeen(
  territory: Ground,
  actor: Actor,
  run: Pick<RunRow, 'areaCode' | 'path'>,
  word: Permission = 'circle.read',
): string[] {
  const areas = areasOf(actor, word);
  if (areas === null || areas.some((code) => run.path.includes(code))) return [run.areaCode];
  return areas.filter((code) => territory.area(code)?.path.includes(run.areaCode) === true);
}

/** The area asked about, when the actor sees it in this run; else what they see first. @throws AppError not_found */
export function areaSeen(territory: Ground, actor: Actor, run: RunRow, asked: string | undefined): string {
  const seen = partsSeen(territory, actor, run);
  const own = seen[0];
  if (own === undefined) throw absentRun();
  if (asked === undefined) return own;
  const path = territory.area(asked)?.path ?? [];
  if (path.includes(run.areaCode) && seen.some((code) => path.includes(code))) return asked;
  throw absentArea();
}

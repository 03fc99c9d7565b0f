import { AppError } from '#kit/errors.ts';
import { districtOf } from '#server/modules/grids/index.ts';
import { grantsFor, type Actor } from '#server/modules/identity/index.ts';
import type { ShortfallsParts } from './parts.ts';

export const noProblem = (): AppError =>
  new AppError(
    'not_found',
    'There is no such line on the list of problems, or it is not yours to see. Load the list again.',
  );
export const noDemand = (): AppError =>
  new AppError('not_found', 'There is no such line in the ledger of demand, or it is not yours to see. Load it again.');

/** May the actor change rows that lie here? */
export function mayPlan(actor: Actor, path: readonly string[]): boolean {
  return actor.kind === 'system' || grantsFor(actor, 'circle.plan', { path, units: [] }).length > 0;
}

/** @throws AppError version_conflict when somebody changed it since it was read */
export function assertSeen({ version }: { version: number }, seen: number): void {
  if (version === seen) return;
  throw new AppError('version_conflict', 'Somebody changed this line in the meantime. Load it again and repeat.', {
    expected: seen,
    found: version,
  });
}

/** An area lists can be made for: a district or below. @throws AppError bad_input, not_found when it is not the actor's to plan */
export function areaToPlan({ territory }: Pick<ShortfallsParts, 'territory'>, actor: Actor, code: string) {
  const area = territory.area(code);
  if (area === undefined || !mayPlan(actor, area.path))
    throw new AppError('not_found', 'There is no such area, or it is not yours to plan. Choose one of your own.');
  if (area.tier === 'city')
    throw new AppError('bad_input', 'areaCode: expected a district, street or community, found a whole city.', {
      field: 'areaCode',
    });
  return { code: area.code, name: area.name, path: [...area.path], district: districtOf(area.path) };
}

/** Path and district of a community. */
export function pathOf({ territory }: Pick<ShortfallsParts, 'territory'>, areaCode: string) {
  const area = territory.area(areaCode);
  return area === undefined ? undefined : { path: [...area.path], district: districtOf(area.path) };
}

export function areaName({ territory }: Pick<ShortfallsParts, 'territory'>, areaCode: string): string {
  return territory.area(areaCode)?.name ?? areaCode;
}

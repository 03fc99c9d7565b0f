import { AppError } from '#kit/errors.ts';
import type { Area, Unit } from '#server/modules/grids/index.ts';
import { grantsFor, type Actor } from '#server/modules/identity/index.ts';
import type { BriefsParts } from './parts.ts';

export const noBrief = (): AppError =>
  new AppError('not_found', 'There is no such brief, or it is not yours to see. Load the list again.');

/** May the actor draft, write and issue for this area? */
export function mayEdit(actor: Actor, path: readonly string[]): boolean {
  return actor.kind === 'system' || grantsFor(actor, 'analytics.edit', { path, units: [] }).length > 0;
}

/** The centre that issues for an area: its own, or that of the nearest area above it. */
export function centreOf({ territory }: Pick<BriefsParts, 'territory'>, path: readonly string[]): Unit | undefined {
  return territory.unitsByRole('centre', path)[0];
}

/** An area the actor makes briefs of, and the centre that issues them. @throws AppError not_found */
export function placeToBrief(
  parts: Pick<BriefsParts, 'territory'>,
  actor: Actor,
  code: string,
): { place: Area; centre: Unit } {
  const place = parts.territory.area(code);
  const centre = place === undefined ? undefined : centreOf(parts, place.path);
  if (place === undefined || centre === undefined || !mayEdit(actor, place.path))
    throw new AppError(
      'not_found',
      'There is no such area, or its briefs are not yours to make. Choose one of your own.',
    );
  return { place, centre };
}

/** @throws AppError version_conflict, transition_not_allowed for a brief that is issued or discarded */
export function assertDraft({ version, state }: { version: number; state: string }, seen: number): void {
  if (state !== 'draft')
    throw new AppError('transition_not_allowed', `This brief is ${state}: it stays as it is. Make a new one.`, {
      state,
    });
  if (version !== seen)
    throw new AppError('version_conflict', 'Somebody changed this brief in the meantime. Load it again and repeat.', {
      expected: seen,
      found: version,
    });
}

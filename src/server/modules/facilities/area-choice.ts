import { AppError } from '#kit/errors.ts';
import type { Area } from '#server/modules/grids/index.ts';
import { scopeFor, type Actor } from '#server/modules/identity/index.ts';
import type { FacilitiesParts } from './parts.ts';

/** Areas the actor sees the life circle of, in the order of their appointments; the city for the program itself. */
export function areasOf({ territory }: Pick<FacilitiesParts, 'territory'>, actor: Actor): Area[] {
  const scope = scopeFor(actor, 'circle.read');
  return scope.seeAll ? [territory.city()] : scope.areas.flatMap((code) => territory.area(code) ?? []);
}

/**
 * The area asked for, or the actor's own. An area above the actor's own is given to them too: their scope leaves of its rows
 * what is theirs. @throws AppError not_found for an area that is neither theirs, nor above, nor below it
 */
export function areaFor(parts: Pick<FacilitiesParts, 'territory'>, actor: Actor, code: string | undefined): Area {
  const own = areasOf(parts, actor);
  const area = code === undefined ? own[0] : parts.territory.area(code);
  const isNear =
    area !== undefined && own.some(({ path }) => area.path.includes(path.at(-1) ?? '') || path.includes(area.code));
  if (area !== undefined && isNear) return area;
  throw new AppError('not_found', 'There is no such area, or it is not yours to see. Choose one of your own.');
}

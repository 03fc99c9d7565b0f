import { AppError } from '#kit/errors.ts';
import { districtOf } from '#server/modules/grids/index.ts';
import { grantsFor, type Actor } from '#server/modules/identity/index.ts';
import type { FacilitiesParts } from './parts.ts';

/** Where something stands: the finest area that holds the position. */
export interface Placed {
  areaCode: string;
  path: string[];
  district: string;
}

/** @throws AppError bad_input outside every known area */
export function placeOf(
  { territory }: Pick<FacilitiesParts, 'territory'>,
  { lon, lat }: { lon: number; lat: number },
): Placed {
  const area = territory.locate(lon, lat);
  if (area === undefined)
    throw new AppError(
      'bad_input',
      `lon, lat: expected a position inside a known area, found ${lon}, ${lat}. Choose a place on the map.`,
      {
        field: 'lon',
      },
    );
  return { areaCode: area.code, path: [...area.path], district: districtOf(area.path) };
}

/** @throws AppError not_allowed when the place lies outside the areas the actor keeps facilities of */
export function assertMayKeep(actor: Actor, { path }: Pick<Placed, 'path'>): void {
  if (mayKeep(actor, path)) return;
  throw new AppError(
    'not_allowed',
    'This place lies outside the areas whose facilities you keep. Choose a place inside.',
  );
}

export function mayKeep(actor: Actor, path: readonly string[]): boolean {
  return actor.kind === 'system' || grantsFor(actor, 'facility.edit', { path, units: [] }).length > 0;
}

export const noFacility = (): AppError =>
  new AppError('not_found', 'There is no such facility, or it is not yours to see. Look it up in the list.');
export const noIdle = (): AppError =>
  new AppError('not_found', 'There is no such idle resource, or it is not yours to see. Look it up in the list.');

/** @throws AppError version_conflict when somebody changed it since it was read */
export function assertSeen(found: { version: number }, seen: number): void {
  if (found.version === seen) return;
  throw new AppError('version_conflict', 'Somebody changed this in the meantime. Load it again and repeat.', {
    expected: seen,
    found: found.version,
  });
}

import type * as z from 'zod';
import type { ogcRoutes } from '#contract/ogc.ts';
import { AppError } from '#kit/errors.ts';
import type { AreaFeature } from '#server/modules/grids/index.ts';
import { fromCursor, pageLimit, spanOf, toCursor, windowsOf } from './parameters.ts';
import type { Feature, FeaturePage, Parts } from './parts.ts';

type Query = z.output<(typeof ogcRoutes)['areas']['query']>;

export function listAreas({ grids }: Parts, query: Query): FeaturePage {
  const { bbox, datetime, limit, cursor, f: _f, ...properties } = query;
  spanOf(datetime); // areas have no time: any right one matches them all
  const size = pageLimit(limit);
  const [after] = fromCursor(cursor, 1) ?? [];
  const { items, total } = grids.areas({ windows: windowsOf(bbox), ...properties }, { after, limit: size + 1 });
  const last = items.length > size ? items[size - 1] : undefined;
  return {
    features: items.slice(0, size).map(toFeature),
    total,
    next: last === undefined ? undefined : toCursor([last.code]),
  };
}

/** @throws AppError not_found */
export function getArea({ grids }: Parts, code: string): Feature {
  const area = grids.area(code);
  if (area === undefined) throw new AppError('not_found', 'There is no such area in use. Look it up in the items.');
  return toFeature(area);
}

function toFeature({ code, tier, name, parentCode, kind, residents, households, geometry }: AreaFeature): Feature {
  return {
    type: 'Feature',
    id: code,
    geometry,
    properties: { code, name, tier, parentCode, kind, residents, households },
  };
}

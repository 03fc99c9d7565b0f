import type * as z from 'zod';
import type { ogcRoutes } from '#contract/ogc.ts';
import type { FacilityFeature } from '#server/modules/facilities/index.ts';
import { fromCursor, pageLimit, spanOf, toCursor, windowsOf } from './parameters.ts';
import type { Ask, Feature, FeaturePage, Parts } from './parts.ts';

type Query = z.output<(typeof ogcRoutes)['facilities']['query']>;

/** A city has some ten thousand facilities: they are read whole and cut here. */
export async function listFacilities({ facilities }: Parts, ask: Ask, query: Query): Promise<FeaturePage> {
  const { bbox, datetime, limit, cursor, areaCode, classCode, code, openNow } = query;
  spanOf(datetime); // a facility has no time of its own: any right one matches it
  const windows = windowsOf(bbox);
  const size = pageLimit(limit);
  const [after = ''] = fromCursor(cursor, 1) ?? [];
  const all = (await facilities.list(ask.actor, { area: areaCode, classCode }))
    .filter((one) => code === undefined || one.code === code)
    .filter((one) => openNow === undefined || one.openNow === openNow)
    .filter(
      ({ lon, lat }) =>
        windows.length === 0 ||
        windows.some(({ west, south, east, north }) => lon >= west && lon <= east && lat >= south && lat <= north),
    )
    .toSorted((a, b) => (a.code < b.code ? -1 : 1));
  const rest = all.filter((one) => one.code > after);
  const last = rest.length > size ? rest[size - 1] : undefined;
  return {
    features: rest.slice(0, size).map((one) => toFeature(ask, one)),
    total: all.length,
    next: last === undefined ? undefined : toCursor([last.code]),
  };
}

/** @throws AppError not_found */
export async function getFacility({ facilities }: Parts, ask: Ask, code: string): Promise<Feature> {
  return toFeature(ask, await facilities.one(ask.actor, code));
}

function toFeature({ locale }: Ask, { lon, lat, className, classNameEn, ...facts }: FacilityFeature): Feature {
  return {
    type: 'Feature',
    id: facts.code,
    geometry: { type: 'Point', coordinates: [lon, lat] },
    properties: { ...facts, className: locale === 'en' ? classNameEn : className },
  };
}

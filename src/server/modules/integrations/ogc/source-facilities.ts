import type * as z from 'zod';
import type { ogcRoutes } from '#contract/ogc.ts';
import type { FacilityFeature } from '#server/modules/facilities/index.ts';
import { pageByCode } from './page-by-code.ts';
import type { Ask, Feature, FeaturePage, Parts } from './parts.ts';

type Query = z.output<(typeof ogcRoutes)['facilities']['query']>;

/** A city has some ten thousand facilities: they are read whole and cut here. */
export function listFacilities({ facilities }: Parts, ask: Ask, query: Query): Promise<FeaturePage> {
  const { areaCode, classCode } = query;
  return pageByCode(
    () => facilities.list(ask.actor, { area: areaCode, classCode }),
    query,
    (one) => toFeature(ask, one),
  );
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

import type * as z from 'zod';
import type { ogcRoutes } from '#contract/ogc.ts';
import type { StationFeature } from '#server/modules/stations/index.ts';
import { pageByCode } from './page-by-code.ts';
import type { Ask, Feature, FeaturePage, Parts } from './parts.ts';

type Query = z.output<(typeof ogcRoutes)['stations']['query']>;

/** A city has hundreds of stations at most: they are read whole and cut here. */
export function listStations({ stations }: Parts, ask: Ask, query: Query): Promise<FeaturePage> {
  return pageByCode(
    () => stations.list(ask.actor, { area: query.areaCode }),
    query,
    (one) => toFeature(ask, one),
  );
}

/** @throws AppError not_found */
export async function getStation({ stations }: Parts, ask: Ask, code: string): Promise<Feature> {
  return toFeature(ask, await stations.one(ask.actor, code));
}

function toFeature({ locale }: Ask, station: StationFeature): Feature {
  const { code, name, nameEn, areaCode, address, addressEn, phone, lon, lat, openNow, changesAt, facilities } = station;
  const english = locale === 'en';
  return {
    type: 'Feature',
    id: code,
    geometry: { type: 'Point', coordinates: [lon, lat] },
    properties: {
      code,
      name: english && nameEn !== '' ? nameEn : name,
      areaCode,
      address: english && addressEn !== '' ? addressEn : address,
      phone,
      openNow,
      openUntil: openNow ? changesAt : null,
      opensAt: openNow ? null : changesAt,
      facilities: facilities.join(' '),
    },
  };
}

import type * as z from 'zod';
import type { ogcRoutes } from '#contract/ogc.ts';
import type { MapWindow } from '#server/modules/grids/index.ts';
import type { StationFeature } from '#server/modules/stations/index.ts';
import { fromCursor, pageLimit, spanOf, toCursor, windowsOf } from './parameters.ts';
import type { Ask, Feature, FeaturePage, Parts } from './parts.ts';

type Query = z.output<(typeof ogcRoutes)['stations']['query']>;

/** A city has hundreds of stations at most: they are read whole and cut here. */
export async function listStations({ stations }: Parts, ask: Ask, query: Query): Promise<FeaturePage> {
  const { bbox, datetime, limit, cursor, areaCode, code, openNow } = query;
  spanOf(datetime); // a station has no time of its own: any right one matches it
  const windows = windowsOf(bbox);
  const size = pageLimit(limit);
  const [after = ''] = fromCursor(cursor, 1) ?? [];
  const all = (await stations.list(ask.actor, { area: areaCode }))
    .filter((one) => code === undefined || one.code === code)
    .filter((one) => openNow === undefined || one.openNow === openNow)
    .filter((one) => windows.length === 0 || windows.some((window) => lies(one, window)))
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
export async function getStation({ stations }: Parts, ask: Ask, code: string): Promise<Feature> {
  return toFeature(ask, await stations.one(ask.actor, code));
}

function lies({ lon, lat }: StationFeature, { west, south, east, north }: MapWindow): boolean {
  return lon >= west && lon <= east && lat >= south && lat <= north;
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

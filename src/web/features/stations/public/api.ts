import type { ClientOutput } from '#contract/route.ts';
import type { stationPublicRoutes } from '#contract/stations.ts';
import type { RouteRefs } from '#web/app/call.ts';

type Routes = typeof stationPublicRoutes;

/** The public routes without their schemas (Zod stays off the phone). */
export const stationApi: RouteRefs<Omit<Routes, 'photo'>> = {
  list: { method: 'GET', path: '/api/public/stations' },
  get: { method: 'GET', path: '/api/public/stations/:code' },
};

export type StationList = ClientOutput<Routes['list']>;
export type PublicRow = StationList['items'][number];
export type StationAnswer = ClientOutput<Routes['get']>;
export type PublicStation = StationAnswer['station'];
export type Opening = PublicRow['openings'][number];
export type Facility = StationList['facilities'][number];

/** Address of a photo of a station. */
export function photoAddress(code: string, id: string, size: 'full' | 'thumb'): string {
  return `/api/public/stations/${code}/photos/${id}?size=${size}`;
}

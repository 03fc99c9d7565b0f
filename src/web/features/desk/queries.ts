import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { eventRoutes } from '#contract/events.ts';
import { gridsRoutes } from '#contract/grids.ts';
import { libraryRoutes } from '#contract/library.ts';
import { publicRoutes } from '#contract/public.ts';
import type { ClientOutput } from '#contract/route.ts';
import { ask } from '#web/app/ask.ts';
import { toEventQuery, type DeskFilter, type Sort } from './queue/filters.ts';

export type EventDetail = ClientOutput<typeof eventRoutes.get>;
export type EventRow = ClientOutput<typeof eventRoutes.list>['items'][number];
export type MapPoint = ClientOutput<typeof eventRoutes.map>['points'][number];
export type Board = ClientOutput<typeof eventRoutes.board>;
export type Candidate = ClientOutput<typeof eventRoutes.candidates>['items'][number];
export type SimilarEvent = ClientOutput<typeof eventRoutes.similar>['items'][number];
export type Task = EventDetail['tasks'][number];
export type ClockView = EventDetail['clocks'][number];

/** Degrees, WGS-84. */
export interface MapWindow {
  west: number;
  south: number;
  east: number;
  north: number;
}

const day = 86_400_000;

/** Keys of everything that a change of an event may alter; the live stream makes them stale. */
export const eventKeys = {
  all: ['events'],
  lists: ['events', 'list'],
  maps: ['events', 'map'],
  board: ['events', 'board'],
  detail: (id: string) => ['events', 'detail', id],
} as const;

export function listQuery(filter: DeskFilter, sort: Sort) {
  return infiniteQueryOptions({
    queryKey: [...eventKeys.lists, filter, sort],
    queryFn: ({ pageParam, signal }) =>
      ask(
        eventRoutes.list,
        { query: { ...toEventQuery(filter), sort, limit: 100, ...(pageParam === null ? {} : { cursor: pageParam }) } },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
  });
}

export function mapQuery(filter: DeskFilter, window: MapWindow | null) {
  return queryOptions({
    queryKey: [...eventKeys.maps, filter, window],
    queryFn: ({ signal }) => {
      const { west, south, east, north } = window ?? { west: -180, south: -90, east: 180, north: 90 };
      const edges = { west: `${west}`, south: `${south}`, east: `${east}`, north: `${north}` };
      return ask(eventRoutes.map, { query: { ...toEventQuery(filter), ...edges } }, { signal });
    },
    enabled: window !== null,
    placeholderData: keepPreviousData,
  });
}

export const boardQuery = queryOptions({
  queryKey: eventKeys.board,
  queryFn: ({ signal }) => ask(eventRoutes.board, {}, { signal }),
});

export function eventQuery(id: string) {
  return queryOptions({
    queryKey: eventKeys.detail(id),
    queryFn: ({ signal }) => ask(eventRoutes.get, { params: { id } }, { signal }),
  });
}

export function candidatesQuery(id: string) {
  return queryOptions({
    queryKey: [...eventKeys.detail(id), 'candidates'],
    queryFn: ({ signal }) => ask(eventRoutes.candidates, { params: { id } }, { signal }),
  });
}

export function similarQuery(place: { categoryCode: string; lon: number; lat: number; exceptId?: string }) {
  const query = { ...place, lon: `${place.lon}`, lat: `${place.lat}` };
  return queryOptions({
    queryKey: [...eventKeys.all, 'similar', query],
    queryFn: ({ signal }) => ask(eventRoutes.similar, { query }, { signal }),
  });
}

/** The level library: every category with its names, retired ones too (old events still carry them). */
export const categoriesQuery = queryOptions({
  queryKey: ['library'],
  queryFn: ({ signal }) => ask(libraryRoutes.list, {}, { signal }),
  staleTime: day,
});

/** Streets and communities by code, for names beside rows. */
export const streetsQuery = queryOptions({
  queryKey: ['streets'],
  queryFn: ({ signal }) => ask(publicRoutes.streets, {}, { signal }),
  staleTime: day,
});

export function areaQuery(code: string) {
  return queryOptions({
    queryKey: ['areas', code],
    queryFn: ({ signal }) => ask(gridsRoutes.area, { params: { code } }, { signal }),
    staleTime: day,
  });
}

export function childAreasQuery(parent: string) {
  return queryOptions({
    queryKey: ['areas', 'below', parent],
    queryFn: ({ signal }) => ask(gridsRoutes.areas, { query: { parent } }, { signal }),
    staleTime: day,
  });
}

export function placeSearchQuery(q: string) {
  return queryOptions({
    queryKey: ['areas', 'search', q],
    queryFn: ({ signal }) => ask(gridsRoutes.searchAreas, { query: { q } }, { signal }),
    enabled: q !== '',
    staleTime: 60_000,
    placeholderData: keepPreviousData,
  });
}

export const unitsQuery = queryOptions({
  queryKey: ['units'],
  queryFn: ({ signal }) => ask(gridsRoutes.units, { query: {} }, { signal }),
  staleTime: day,
});

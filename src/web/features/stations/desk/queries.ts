import { queryOptions } from '@tanstack/react-query';
import type { ClientOutput } from '#contract/route.ts';
import { stationRoutes } from '#contract/stations.ts';
import { ask } from '#web/app/ask.ts';

export const stationKeys = { all: ['stations'] } as const;

export type StationRow = ClientOutput<typeof stationRoutes.list>['items'][number];
export type StationDetail = ClientOutput<typeof stationRoutes.get>;
export type StationWords = ClientOutput<typeof stationRoutes.words>;

/** Those the reader may see; asked again each minute, since doors open and close. */
export function stationsQuery(past: boolean) {
  return queryOptions({
    queryKey: [...stationKeys.all, 'list', past],
    queryFn: ({ signal }) => ask(stationRoutes.list, { query: past ? { past: 'true' } : {} }, { signal }),
    refetchInterval: 60_000,
  });
}

export function stationQuery(code: string) {
  return queryOptions({
    queryKey: [...stationKeys.all, 'one', code],
    queryFn: ({ signal }) => ask(stationRoutes.get, { params: { code } }, { signal }),
    refetchInterval: 60_000,
  });
}

export const stationWordsQuery = queryOptions({
  queryKey: [...stationKeys.all, 'words'],
  queryFn: ({ signal }) => ask(stationRoutes.words, {}, { signal }),
  staleTime: Infinity,
});

export function historyQuery(id: string) {
  return queryOptions({
    queryKey: [...stationKeys.all, 'history', id],
    queryFn: ({ signal }) => ask(stationRoutes.history, { params: { id } }, { signal }),
  });
}

export const freeUnitsQuery = queryOptions({
  queryKey: [...stationKeys.all, 'units'],
  queryFn: ({ signal }) => ask(stationRoutes.freeUnits, {}, { signal }),
});

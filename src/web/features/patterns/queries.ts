import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { libraryRoutes } from '#contract/library.ts';
import { patternRoutes } from '#contract/patterns.ts';
import type { ClientInput, ClientOutput } from '#contract/route.ts';
import { ask } from '#web/app/ask.ts';
import type { PatternSearch } from './search.ts';

type Routes = typeof patternRoutes;
export type HotSpots = ClientOutput<Routes['hotSpots']>;
export type Spot = HotSpots['spots'][number];
export type Clusters = ClientOutput<Routes['clusters']>;
export type Anomaly = ClientOutput<Routes['anomalies']>['items'][number];
export type AnomalyDetail = ClientOutput<Routes['anomaly']>;
export type Recurrences = ClientOutput<Routes['recurrences']>;
export type Flow = ClientOutput<Routes['flow']>;
export type Forecasts = ClientOutput<Routes['forecast']>;
export type CasesWish = NonNullable<ClientInput<Routes['cases']>['query']>;

export const patternKey = ['patterns'] as const;
const key = (...more: unknown[]) => [...patternKey, ...more];
const kept = { placeholderData: keepPreviousData, staleTime: 60_000 } as const;

const spanOf = ({ area, from, to, category }: PatternSearch) => ({ area, from, to, category });

export function hotSpotsQuery(search: PatternSearch) {
  const query = spanOf(search);
  return queryOptions({
    queryKey: key('spots', query),
    queryFn: ({ signal }) => ask(patternRoutes.hotSpots, { query }, { signal }),
    ...kept,
  });
}

export function casesQuery(wish: CasesWish) {
  return infiniteQueryOptions({
    queryKey: key('cases', wish),
    queryFn: ({ pageParam, signal }) =>
      ask(
        patternRoutes.cases,
        { query: { ...wish, limit: 20, ...(pageParam === null ? {} : { cursor: pageParam }) } },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });
}

export function clustersQuery({ area }: PatternSearch) {
  return queryOptions({
    queryKey: key('clusters', area ?? ''),
    queryFn: ({ signal }) => ask(patternRoutes.clusters, { query: { area } }, { signal }),
    ...kept,
  });
}

export function anomaliesQuery({ area, past }: PatternSearch) {
  const state = past === '1' ? 'open,acknowledged,expired' : 'open';
  return infiniteQueryOptions({
    queryKey: key('anomalies', area ?? '', state),
    queryFn: ({ pageParam, signal }) =>
      ask(
        patternRoutes.anomalies,
        { query: { area, state, limit: 30, ...(pageParam === null ? {} : { cursor: pageParam }) } },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    refetchInterval: 60_000,
  });
}

export function anomalyQuery(id: string) {
  return queryOptions({
    queryKey: key('anomaly', id),
    queryFn: ({ signal }) => ask(patternRoutes.anomaly, { params: { id } }, { signal }),
  });
}

export function recurrencesQuery(search: PatternSearch) {
  const query = spanOf(search);
  return queryOptions({
    queryKey: key('recurrences', query),
    queryFn: ({ signal }) => ask(patternRoutes.recurrences, { query }, { signal }),
    ...kept,
  });
}

export function flowQuery(search: PatternSearch) {
  const query = { ...spanOf(search), by: search.by === 'steps' ? ('steps' as const) : ('units' as const) };
  return queryOptions({
    queryKey: key('flow', query),
    queryFn: ({ signal }) => ask(patternRoutes.flow, { query }, { signal }),
    ...kept,
  });
}

export function forecastQuery({ area }: PatternSearch) {
  return queryOptions({
    queryKey: key('forecast', area ?? ''),
    queryFn: ({ signal }) => ask(patternRoutes.forecast, { query: { area } }, { signal }),
    ...kept,
  });
}

export const libraryQuery = queryOptions({
  queryKey: key('library'),
  queryFn: ({ signal }) => ask(libraryRoutes.list, {}, { signal }),
  staleTime: 600_000,
});

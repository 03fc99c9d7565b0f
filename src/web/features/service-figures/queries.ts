import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { ClientOutput } from '#contract/route.ts';
import { serviceFigureRoutes } from '#contract/service-figures.ts';
import { ask } from '#web/app/ask.ts';
import { whichOf, type FiguresSearch } from './search.ts';

export type Figures = ClientOutput<typeof serviceFigureRoutes.get>;
export type Counted = Figures['byKind'][number];
export type Demand = ClientOutput<typeof serviceFigureRoutes.demand>;
export type RecordRow = ClientOutput<typeof serviceFigureRoutes.records>['items'][number];

export function figuresQuery(search: FiguresSearch) {
  const query = whichOf(search);
  return queryOptions({
    queryKey: ['service-figures', 'get', query],
    queryFn: ({ signal }) => ask(serviceFigureRoutes.get, { query }, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  });
}

export function demandQuery(search: FiguresSearch) {
  const query = whichOf(search);
  return queryOptions({
    queryKey: ['service-figures', 'demand', query],
    queryFn: ({ signal }) => ask(serviceFigureRoutes.demand, { query }, { signal }),
    placeholderData: keepPreviousData,
  });
}

export function recordsQuery(search: FiguresSearch) {
  const { kind, visitor, weather, partner, activity, weekday, hour } = search.of ?? {};
  const query = {
    ...whichOf(search),
    ...(kind === undefined ? {} : { kind }),
    ...(visitor === undefined ? {} : { visitor }),
    ...(weather === undefined ? {} : { weather }),
    ...(partner === undefined ? {} : { partner }),
    ...(activity === undefined ? {} : { activity }),
    ...(weekday === undefined ? {} : { weekday }),
    ...(hour === undefined ? {} : { hour }),
  };
  return infiniteQueryOptions({
    queryKey: ['service-figures', 'records', query],
    queryFn: ({ pageParam, signal }) =>
      ask(
        serviceFigureRoutes.records,
        { query: { ...query, limit: 50, ...(pageParam === null ? {} : { cursor: pageParam }) } },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });
}

export const todayQuery = queryOptions({
  queryKey: ['service-figures', 'today'],
  queryFn: ({ signal }) => ask(serviceFigureRoutes.today, {}, { signal }),
  refetchInterval: 60_000,
});

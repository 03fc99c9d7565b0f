import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { analyticsUnitRoutes as routes, type exclusionStates } from '#contract/analytics-units.ts';
import type { ClientOutput } from '#contract/route.ts';
import { ask } from '#web/app/ask.ts';

export type Comparison = ClientOutput<typeof routes.compare>;
export type UnitLine = Comparison['units'][number];
export type Due = ClientOutput<typeof routes.toRate>;
export type Criterion = ClientOutput<typeof routes.criteria>['items'][number];
export type Rating = ClientOutput<typeof routes.ratings>['items'][number];
export type Summary = ClientOutput<typeof routes.ratingSummary>;
export type Exclusion = ClientOutput<typeof routes.exclusions>['items'][number];
export type RatingSide = 'all' | 'given' | 'received';

export const ratingKey = ['analytics', 'ratings'] as const;
export const exclusionKey = ['analytics', 'exclusions'] as const;

export function compareQuery(query: { area?: string; from?: string; to?: string }) {
  return queryOptions({
    queryKey: ['analytics', 'compare', query],
    queryFn: ({ signal }) => ask(routes.compare, { query }, { signal }),
    placeholderData: keepPreviousData,
  });
}

export const criteriaQuery = queryOptions({
  queryKey: ['analytics', 'criteria'],
  queryFn: ({ signal }) => ask(routes.criteria, {}, { signal }),
  staleTime: 600_000,
});

export const dueQuery = queryOptions({
  queryKey: [...ratingKey, 'due'],
  queryFn: ({ signal }) => ask(routes.toRate, {}, { signal }),
});

export const summaryQuery = queryOptions({
  queryKey: [...ratingKey, 'summary'],
  queryFn: ({ signal }) => ask(routes.ratingSummary, {}, { signal }),
});

export function ratingsQuery(side: RatingSide) {
  return infiniteQueryOptions({
    queryKey: [...ratingKey, 'list', side],
    queryFn: ({ pageParam, signal }) =>
      ask(
        routes.ratings,
        { query: { side, limit: 20, ...(pageParam === null ? {} : { cursor: pageParam }) } },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });
}

export function exclusionsQuery(state: (typeof exclusionStates)[number] | undefined) {
  return infiniteQueryOptions({
    queryKey: [...exclusionKey, state],
    queryFn: ({ pageParam, signal }) =>
      ask(
        routes.exclusions,
        {
          query: {
            limit: 30,
            ...(state === undefined ? {} : { state }),
            ...(pageParam === null ? {} : { cursor: pageParam }),
          },
        },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });
}

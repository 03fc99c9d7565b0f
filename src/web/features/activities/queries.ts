import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { activityRoutes, activityStates } from '#contract/activities.ts';
import type { ClientInput, ClientOutput } from '#contract/route.ts';
import { serviceFigureRoutes } from '#contract/service-figures.ts';
import { ask } from '#web/app/ask.ts';

export type Activity = ClientOutput<typeof activityRoutes.get>;
export type PlanBody = NonNullable<ClientInput<typeof activityRoutes.plan>['body']>;
export const activitiesKey = ['activities'] as const;

/** What the address says. */
export interface ActivitiesSearch {
  state?: (typeof activityStates)[number];
  from?: string;
  to?: string;
  station?: string;
}

const matching = (value: unknown, pattern: RegExp): string | undefined => {
  const found = typeof value === 'string' ? value : '';
  return pattern.test(found) ? found : undefined;
};
const day = /^\d{4}-\d{2}-\d{2}$/;

/** Anything unknown is left out. */
export function parseActivitiesSearch(search: Record<string, unknown>): ActivitiesSearch {
  const found = {
    state: activityStates.find((one) => one === search['state']),
    from: matching(search['from'], day),
    to: matching(search['to'], day),
    station: matching(search['station'], /^[0-9a-f-]{36}$/),
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined)) as ActivitiesSearch;
}

export function activitiesQuery(search: ActivitiesSearch) {
  return infiniteQueryOptions({
    queryKey: [...activitiesKey, 'list', search],
    queryFn: ({ pageParam, signal }) =>
      ask(
        activityRoutes.list,
        { query: { ...search, limit: 30, ...(pageParam === null ? {} : { cursor: pageParam }) } },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
  });
}

export const kindsQuery = queryOptions({
  queryKey: [...activitiesKey, 'kinds'],
  queryFn: ({ signal }) => ask(activityRoutes.kinds, {}, { signal }),
  staleTime: Infinity,
});

export function partnersQuery(station: string, on: string) {
  return queryOptions({
    queryKey: [...activitiesKey, 'partners', station, on],
    queryFn: ({ signal }) => ask(activityRoutes.partners, { query: { station, day: on } }, { signal }),
    enabled: station !== '' && on !== '',
  });
}

/** The stations one sees, by name. */
export const stationsQuery = queryOptions({
  queryKey: [...activitiesKey, 'stations'],
  queryFn: async ({ signal }) => (await ask(serviceFigureRoutes.today, {}, { signal })).items,
  staleTime: 300_000,
});

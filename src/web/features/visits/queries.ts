import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { ClientOutput } from '#contract/route.ts';
import { visitRoutes } from '#contract/visits.ts';
import { ask } from '#web/app/ask.ts';
import type { VisitsSearch } from './search.ts';

export type PlanRow = ClientOutput<typeof visitRoutes.plan>['items'][number];
export type PlanWorker = ClientOutput<typeof visitRoutes.plan>['workers'][number];
export type VisitRule = ClientOutput<typeof visitRoutes.rules>['items'][number];
export type FigureRow = ClientOutput<typeof visitRoutes.figures>['items'][number];

export const visitKeys = { plan: ['visits', 'plan'], rules: ['visits', 'rules'] } as const;

export function planQuery({ worker, state, day }: VisitsSearch) {
  const query = {
    ...(worker === undefined ? {} : { worker }),
    ...(state === undefined ? {} : { state }),
    ...(day === undefined ? {} : { day }),
  };
  return infiniteQueryOptions({
    queryKey: [...visitKeys.plan, query],
    queryFn: ({ pageParam, signal }) =>
      ask(
        visitRoutes.plan,
        { query: { ...query, limit: 100, ...(pageParam === null ? {} : { cursor: pageParam }) } },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  });
}

export function workersQuery(area: string) {
  return queryOptions({
    queryKey: ['visits', 'workers', area],
    queryFn: ({ signal }) => ask(visitRoutes.workers, { query: { area } }, { signal }),
  });
}

export function figuresQuery(from: string, to: string) {
  return queryOptions({
    queryKey: ['visits', 'figures', from, to],
    queryFn: ({ signal }) => ask(visitRoutes.figures, { query: { from, to } }, { signal }),
    placeholderData: keepPreviousData,
  });
}

export const rulesQuery = queryOptions({
  queryKey: visitKeys.rules,
  queryFn: ({ signal }) => ask(visitRoutes.rules, {}, { signal }),
});

import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { ClientOutput } from '#contract/route.ts';
import { visitPastRoutes } from '#contract/visits-past.ts';
import { visitRoutes } from '#contract/visits.ts';
import { ask } from '#web/app/ask.ts';
import type { VisitsSearch } from './search.ts';

export type PlanRow = ClientOutput<typeof visitRoutes.plan>['items'][number];
export type PlanWorker = ClientOutput<typeof visitRoutes.plan>['workers'][number];
export type VisitRule = ClientOutput<typeof visitRoutes.rules>['items'][number];
export type PastVisit = ClientOutput<typeof visitPastRoutes.past>['items'][number];
export type OpenedVisit = ClientOutput<typeof visitPastRoutes.open>['items'][number];
export type HeldPerson = ClientOutput<typeof visitPastRoutes.held>['items'][number];
export type WaitingVisit = ClientOutput<typeof visitPastRoutes.waiting>['items'][number];
export type FigureRow = ClientOutput<typeof visitRoutes.figures>['items'][number];

export const visitKeys = { plan: ['visits', 'plan'], rules: ['visits', 'rules'], held: ['visits', 'held'] } as const;

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

export function pastQuery(personId: string, limit: number) {
  return queryOptions({
    queryKey: ['visits', 'past', personId],
    queryFn: ({ signal }) => ask(visitPastRoutes.past, { params: { id: personId }, query: { limit } }, { signal }),
  });
}

export const heldQuery = queryOptions({
  queryKey: visitKeys.held,
  queryFn: ({ signal }) => ask(visitPastRoutes.held, {}, { signal }),
});

export const waitingQuery = queryOptions({
  queryKey: ['visits', 'waiting'],
  queryFn: ({ signal }) => ask(visitPastRoutes.waiting, {}, { signal }),
  refetchInterval: 30_000,
});

export const wordsQuery = queryOptions({
  queryKey: ['visits', 'words'],
  queryFn: ({ signal }) => ask(visitRoutes.words, {}, { signal }),
  staleTime: Infinity,
});

export const rulesQuery = queryOptions({
  queryKey: visitKeys.rules,
  queryFn: ({ signal }) => ask(visitRoutes.rules, {}, { signal }),
});

import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { burdenRoutes } from '#contract/burden.ts';
import { forceRoutes } from '#contract/force.ts';
import type { ClientOutput } from '#contract/route.ts';
import { ask } from '#web/app/ask.ts';

export type GridForce = ClientOutput<typeof forceRoutes.grids>['items'][number];
export type Reachable = ClientOutput<typeof forceRoutes.reachable>['items'][number];
export type Roster = ClientOutput<typeof forceRoutes.roster>;
export type Leave = ClientOutput<typeof forceRoutes.leaves>['items'][number];
export type Note = ClientOutput<typeof forceRoutes.notes>['items'][number];
export type Member = ClientOutput<typeof forceRoutes.members>['items'][number];
export type Mine = ClientOutput<typeof forceRoutes.mine>;
export type AskedTask = ClientOutput<typeof burdenRoutes.list>['items'][number];

/** Everything of the grid force goes stale together: it is small, and one act touches several parts. */
export const forceKey = ['force'] as const;

export const wordsQuery = queryOptions({
  queryKey: ['force-words'],
  queryFn: ({ signal }) => ask(forceRoutes.words, {}, { signal }),
  staleTime: Infinity,
});
export const gridsQuery = queryOptions({
  queryKey: [...forceKey, 'grids'],
  queryFn: ({ signal }) => ask(forceRoutes.grids, {}, { signal }),
});
export const reachableQuery = (area: string, offer: string) =>
  queryOptions({
    queryKey: [...forceKey, 'reachable', area, offer],
    queryFn: ({ signal }) =>
      ask(forceRoutes.reachable, { query: { area, ...(offer === '' ? {} : { offer }) } }, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  });
export const rostersQuery = queryOptions({
  queryKey: [...forceKey, 'rosters'],
  queryFn: ({ signal }) => ask(forceRoutes.rosters, {}, { signal }),
});
export const rosterQuery = (unitId: string, month: string | undefined) =>
  queryOptions({
    queryKey: [...forceKey, 'roster', unitId, month],
    queryFn: ({ signal }) =>
      ask(forceRoutes.roster, { params: { unitId }, query: month === undefined ? {} : { month } }, { signal }),
    enabled: unitId !== '',
    placeholderData: keepPreviousData,
  });
export const leavesQuery = queryOptions({
  queryKey: [...forceKey, 'leaves'],
  queryFn: ({ signal }) => ask(forceRoutes.leaves, {}, { signal }),
});
export const notesQuery = queryOptions({
  queryKey: [...forceKey, 'notes'],
  queryFn: ({ signal }) => ask(forceRoutes.notes, {}, { signal }),
  refetchInterval: 300_000,
});
export const membersQuery = queryOptions({
  queryKey: [...forceKey, 'members'],
  queryFn: ({ signal }) => ask(forceRoutes.members, {}, { signal }),
});
export const mineQuery = queryOptions({
  queryKey: [...forceKey, 'mine'],
  queryFn: ({ signal }) => ask(forceRoutes.mine, {}, { signal }),
});
export const burdenQuery = queryOptions({
  queryKey: [...forceKey, 'burden'],
  queryFn: ({ signal }) => ask(burdenRoutes.mine, { query: { weeks: 8 } }, { signal }),
});
export const askedQuery = (state: 'open' | 'all') =>
  queryOptions({
    queryKey: [...forceKey, 'asked', state],
    queryFn: ({ signal }) => ask(burdenRoutes.list, { query: { state } }, { signal }),
    placeholderData: keepPreviousData,
  });

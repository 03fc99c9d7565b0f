import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { ClientOutput } from '#contract/route.ts';
import { volunteerRoutes } from '#contract/volunteers.ts';
import { ask } from '#web/app/ask.ts';

type Routes = typeof volunteerRoutes;
export type Roster = ClientOutput<Routes['roster']>;
export type Shift = Roster['shifts'][number];
export type SignUp = Shift['signUps'][number];
export type Waiting = ClientOutput<Routes['waiting']>['items'][number];
export type Request = ClientOutput<Routes['requests']>['items'][number];
export type Person = ClientOutput<Routes['people']>['items'][number];
export type PersonDetail = ClientOutput<Routes['person']>;
export type Pattern = ClientOutput<Routes['patterns']>['items'][number];

/** Everything of a roster goes stale together: one act touches several parts. */
export const volunteersKey = ['volunteers'] as const;

export const volunteerWordsQuery = queryOptions({
  queryKey: ['volunteer-words'],
  queryFn: ({ signal }) => ask(volunteerRoutes.words, {}, { signal }),
  staleTime: Infinity,
});
export const volunteersTodayQuery = queryOptions({
  queryKey: [...volunteersKey, 'today'],
  queryFn: ({ signal }) => ask(volunteerRoutes.today, {}, { signal }),
  refetchInterval: 60_000,
});
export const rosterQuery = (id: string, from: string | undefined) =>
  queryOptions({
    queryKey: [...volunteersKey, 'roster', id, from],
    queryFn: ({ signal }) =>
      ask(volunteerRoutes.roster, { params: { id }, query: from === undefined ? {} : { from } }, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  });
export const patternsQuery = (id: string) =>
  queryOptions({
    queryKey: [...volunteersKey, 'patterns', id],
    queryFn: ({ signal }) => ask(volunteerRoutes.patterns, { params: { id } }, { signal }),
  });
export const waitingQuery = (id: string) =>
  queryOptions({
    queryKey: [...volunteersKey, 'waiting', id],
    queryFn: ({ signal }) => ask(volunteerRoutes.waiting, { params: { id } }, { signal }),
  });
export const requestsQuery = (id: string) =>
  queryOptions({
    queryKey: [...volunteersKey, 'requests', id],
    queryFn: ({ signal }) => ask(volunteerRoutes.requests, { params: { id } }, { signal }),
  });
export const peopleQuery = (id: string) =>
  queryOptions({
    queryKey: [...volunteersKey, 'people', id],
    queryFn: ({ signal }) => ask(volunteerRoutes.people, { params: { id } }, { signal }),
  });
export const personQuery = (id: string, volunteerId: string) =>
  queryOptions({
    queryKey: [...volunteersKey, 'person', id, volunteerId],
    queryFn: ({ signal }) => ask(volunteerRoutes.person, { params: { id, volunteerId } }, { signal }),
  });
export const hoursQuery = (id: string, from: string, until: string) =>
  queryOptions({
    queryKey: [...volunteersKey, 'hours', id, from, until],
    queryFn: ({ signal }) => ask(volunteerRoutes.hours, { params: { id }, query: { from, until } }, { signal }),
    enabled: from !== '' && until !== '' && from <= until,
    placeholderData: keepPreviousData,
  });

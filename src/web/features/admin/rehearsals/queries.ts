import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { rehearsalRoutes } from '#contract/rehearsals.ts';
import type { ClientInput, ClientOutput } from '#contract/route.ts';
import { ask } from '#web/app/ask.ts';

export type RehearsalHead = ClientOutput<typeof rehearsalRoutes.list>['items'][number];
export type RehearsalDetail = ClientOutput<typeof rehearsalRoutes.get>;
export type Figures = NonNullable<RehearsalDetail['figures']>;
export type CaseItem = ClientOutput<typeof rehearsalRoutes.cases>['items'][number];
export type CaseWish = Omit<NonNullable<ClientInput<typeof rehearsalRoutes.cases>['query']>, 'after'>;

export const rehearsalsKey = ['rehearsals'];
const askAgainMs = 1_000;

export function rehearsalsQuery(proposal?: 'open' | 'adopted' | 'turned_down') {
  return queryOptions({
    queryKey: [...rehearsalsKey, 'list', proposal ?? 'all'],
    queryFn: ({ signal }) =>
      ask(rehearsalRoutes.list, { query: proposal === undefined ? {} : { proposal } }, { signal }),
  });
}

/** Asked again every second while it is under way. */
export function rehearsalQuery(id: string) {
  return queryOptions({
    queryKey: [...rehearsalsKey, id],
    queryFn: ({ signal }) => ask(rehearsalRoutes.get, { params: { id } }, { signal }),
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? askAgainMs : false),
  });
}

export function casesQuery(id: string, wish: CaseWish) {
  return infiniteQueryOptions({
    queryKey: [...rehearsalsKey, id, 'cases', wish],
    queryFn: ({ signal, pageParam }) =>
      ask(
        rehearsalRoutes.cases,
        { params: { id }, query: { ...wish, ...(pageParam === '' ? {} : { after: pageParam }) } },
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: (page) => (page.more ? page.items.at(-1)?.id : undefined),
  });
}

import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { attemptOutcomes } from '#contract/identity-views.ts';
import { securityRoutes } from '#contract/identity.ts';
import type { ClientOutput } from '#contract/route.ts';
import { ask } from '#web/app/ask.ts';

export type SecurityAccount = ClientOutput<typeof securityRoutes.accounts>['items'][number];
export type Attempt = ClientOutput<typeof securityRoutes.attempts>['items'][number];
export const accountStates = ['all', 'locked', 'held', 'admins'] as const;
export const securityKey = ['security'];

export function accountsQuery(q: string | undefined, show: string | undefined) {
  const state = accountStates.find((one) => one === show) ?? 'all';
  return infiniteQueryOptions({
    queryKey: [...securityKey, 'accounts', q ?? '', state],
    queryFn: ({ pageParam, signal }) =>
      ask(securityRoutes.accounts, { query: { q, state, limit: 50, cursor: pageParam ?? undefined } }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
  });
}

export function attemptsQuery(wanted: string | undefined, accountId?: string) {
  const outcome = attemptOutcomes.find((one) => one === wanted);
  return infiniteQueryOptions({
    queryKey: [...securityKey, 'attempts', outcome ?? '', accountId ?? ''],
    queryFn: ({ pageParam, signal }) =>
      ask(
        securityRoutes.attempts,
        { query: { outcome, accountId, limit: 50, cursor: pageParam ?? undefined } },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
  });
}

export function sessionsQuery(id: string) {
  return queryOptions({
    queryKey: [...securityKey, 'sessions', id],
    queryFn: ({ signal }) =>
      ask(securityRoutes.accountSessions, { params: { id } }, { signal }).then(({ items }) => items),
  });
}

export const tokensKey = ['tokens'];

import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { groupRoutes } from '#contract/groups.ts';
import type { ClientOutput } from '#contract/route.ts';
import { ask } from '#web/app/ask.ts';
import type { GroupSearch } from './search.ts';

export type GroupRow = ClientOutput<typeof groupRoutes.list>['items'][number];
export type GroupDetail = ClientOutput<typeof groupRoutes.get>;
export type GroupMessage = ClientOutput<typeof groupRoutes.messages>['items'][number];
export type GroupPoll = ClientOutput<typeof groupRoutes.polls>['items'][number];

export const groupKeys = { all: ['groups'] } as const;
const freshMs = 8_000;

export function groupsQuery({ q, platform, waiting }: GroupSearch) {
  return queryOptions({
    queryKey: [...groupKeys.all, 'list', { q, platform, waiting }],
    queryFn: ({ signal }) =>
      ask(groupRoutes.list, { query: { q, platform, waiting: waiting === true ? 'true' : undefined } }, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: freshMs * 2,
  });
}

export const groupQuery = (id: string) =>
  queryOptions({
    queryKey: [...groupKeys.all, 'one', id],
    queryFn: ({ signal }) => ask(groupRoutes.get, { params: { id } }, { signal }),
  });

export const messagesQuery = (id: string) =>
  queryOptions({
    queryKey: [...groupKeys.all, 'messages', id],
    queryFn: ({ signal }) => ask(groupRoutes.messages, { params: { id }, query: { limit: 100 } }, { signal }),
    refetchInterval: freshMs,
  });

/** What was said under a poll. */
export const commentsQuery = (id: string, poll: string) =>
  queryOptions({
    queryKey: [...groupKeys.all, 'comments', poll],
    queryFn: ({ signal }) => ask(groupRoutes.messages, { params: { id }, query: { poll, limit: 100 } }, { signal }),
    refetchInterval: freshMs,
  });

export const noticesQuery = (id: string) =>
  queryOptions({
    queryKey: [...groupKeys.all, 'notices', id],
    queryFn: ({ signal }) => ask(groupRoutes.notices, { query: { group: id } }, { signal }),
  });

export const pollsQuery = (id: string) =>
  queryOptions({
    queryKey: [...groupKeys.all, 'polls', id],
    queryFn: ({ signal }) => ask(groupRoutes.polls, { params: { id } }, { signal }),
    refetchInterval: freshMs * 2,
  });

export const draftQuery = (id: string, messageId: string) =>
  queryOptions({
    queryKey: [...groupKeys.all, 'draft', messageId],
    queryFn: ({ signal }) => ask(groupRoutes.draft, { params: { id, messageId } }, { signal }),
    staleTime: 60_000,
  });

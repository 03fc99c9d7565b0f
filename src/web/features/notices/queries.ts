import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { noticeRoutes } from '#contract/notices.ts';
import type { ClientOutput } from '#contract/route.ts';
import { ask } from '#web/app/ask.ts';

export type Notice = ClientOutput<typeof noticeRoutes.inbox>['items'][number];
export type Setting = ClientOutput<typeof noticeRoutes.settings>;

export const noticesKey = ['notices'];

export const unreadQuery = queryOptions({
  queryKey: [...noticesKey, 'unread'],
  queryFn: ({ signal }) => ask(noticeRoutes.unread, {}, { signal }),
  // A notice is made a moment after its line is told; this catches what the live stream did not announce.
  refetchInterval: 60_000,
});

export function inboxQuery(unread: boolean) {
  return infiniteQueryOptions({
    queryKey: [...noticesKey, 'inbox', unread],
    queryFn: ({ pageParam, signal }) =>
      ask(
        noticeRoutes.inbox,
        { query: { unread: unread ? 'true' : 'false', limit: 30, cursor: pageParam ?? undefined } },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
  });
}

export const settingQuery = queryOptions({
  queryKey: [...noticesKey, 'settings'],
  queryFn: ({ signal }) => ask(noticeRoutes.settings, {}, { signal }),
});

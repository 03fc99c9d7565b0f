import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { noticeAdminRoutes, webhookRoutes } from '#contract/notices.ts';
import { deliveryStates } from '#contract/notices-words.ts';
import type { ClientOutput } from '#contract/route.ts';
import { ask } from '#web/app/ask.ts';

export type NoticeChannel = ClientOutput<typeof noticeAdminRoutes.channels>['items'][number];
export type Delivery = ClientOutput<typeof noticeAdminRoutes.queue>['items'][number];
export type Endpoint = ClientOutput<typeof webhookRoutes.endpoints>['items'][number];

export const channelsKey = ['notice-admin', 'channels'];
export const queueKey = ['notice-admin', 'queue'];
export const endpointsKey = ['notice-admin', 'endpoints'];

export const channelsQuery = queryOptions({
  queryKey: channelsKey,
  queryFn: ({ signal }) => ask(noticeAdminRoutes.channels, {}, { signal }),
});

export function queueQuery(wanted: string | undefined) {
  const state = deliveryStates.find((one) => one === wanted);
  return infiniteQueryOptions({
    queryKey: [...queueKey, state ?? ''],
    queryFn: ({ pageParam, signal }) =>
      ask(
        noticeAdminRoutes.queue,
        { query: { states: state === undefined ? undefined : [state], limit: 50, cursor: pageParam ?? undefined } },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
    refetchInterval: 10_000,
  });
}

export const endpointsQuery = queryOptions({
  queryKey: endpointsKey,
  queryFn: ({ signal }) => ask(webhookRoutes.endpoints, {}, { signal }).then(({ items }) => items),
});

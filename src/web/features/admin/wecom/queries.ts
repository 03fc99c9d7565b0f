import { queryOptions } from '@tanstack/react-query';
import type { ClientOutput } from '#contract/route.ts';
import { wecomRoutes } from '#contract/wecom.ts';
import { ask } from '#web/app/ask.ts';

export type BridgeItem = ClientOutput<typeof wecomRoutes.bridges>['items'][number];

export const bridgesKey = ['group-bridges'];

export const bridgesQuery = queryOptions({
  queryKey: bridgesKey,
  queryFn: ({ signal }) => ask(wecomRoutes.bridges, {}, { signal }).then(({ items }) => items),
  refetchInterval: 15_000,
});

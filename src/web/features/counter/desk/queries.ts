import { infiniteQueryOptions, queryOptions, useQueryClient } from '@tanstack/react-query';
import type { ClientOutput } from '#contract/route.ts';
import { serviceRoutes } from '#contract/services.ts';
import { ask } from '#web/app/ask.ts';
import { useLiveChanges } from '#web/app/live-bus.ts';
import type { LiveChange } from '#web/app/live.ts';

export type ServicesToday = ClientOutput<typeof serviceRoutes.today>;
export type ServicePage = ClientOutput<typeof serviceRoutes.list>;

const keys = { today: ['services', 'today'], list: ['services', 'list'] } as const;

export const serviceWordsQuery = queryOptions({
  queryKey: ['services', 'words'],
  queryFn: ({ signal }) => ask(serviceRoutes.words, {}, { signal }),
  staleTime: Infinity,
});

export const servicesTodayQuery = queryOptions({
  queryKey: keys.today,
  queryFn: ({ signal }) => ask(serviceRoutes.today, {}, { signal }),
  refetchInterval: 60_000,
});

export interface ServiceFilter {
  kind: string;
  aidOnly: boolean;
  day: string;
}

export function servicesQuery(stationId: string, { kind, aidOnly, day }: ServiceFilter) {
  return infiniteQueryOptions({
    queryKey: [...keys.list, stationId, kind, aidOnly, day],
    queryFn: ({ pageParam, signal }) =>
      ask(
        serviceRoutes.list,
        {
          params: { id: stationId },
          query: {
            limit: 50,
            ...(kind === '' ? {} : { kind }),
            ...(day === '' ? {} : { day }),
            ...(aidOnly ? { aidOnly: 'true' as const } : {}),
            ...(pageParam === null ? {} : { cursor: pageParam }),
          },
        },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });
}

/** Hook: what is shown of services follows what happens at the counters. */
export function useServicesLive(concerns: (change: LiveChange) => boolean): void {
  const client = useQueryClient();
  useLiveChanges((heard) => {
    if (heard !== 'reset' && (heard.subjectType !== 'service' || !concerns(heard))) return;
    void client.invalidateQueries({ queryKey: keys.today });
    void client.invalidateQueries({ queryKey: keys.list });
  });
}

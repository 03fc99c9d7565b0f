import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { sensingRoutes } from '#contract/sensing.ts';
import type { ClientOutput } from '#contract/route.ts';
import { ask } from '#web/app/ask.ts';
import type { AlarmFilter } from './search.ts';

export type AlarmRow = ClientOutput<typeof sensingRoutes.alarms>['items'][number];
export type AlarmDetail = ClientOutput<typeof sensingRoutes.alarm>;
export type Series = ClientOutput<typeof sensingRoutes.alarmReadings>['series'][number];

export const alarmKeys = {
  all: ['alarms'],
  waiting: ['alarms', 'waiting'],
  lists: ['alarms', 'list'],
  detail: (id: string) => ['alarms', 'detail', id],
} as const;

export function alarmsQuery(filter: AlarmFilter) {
  return infiniteQueryOptions({
    queryKey: [...alarmKeys.lists, filter],
    queryFn: ({ pageParam, signal }) =>
      ask(
        sensingRoutes.alarms,
        {
          query: {
            show: filter.show,
            ...(filter.kind === undefined ? {} : { kind: [filter.kind] }),
            ...(filter.priority === undefined ? {} : { priority: [filter.priority] }),
            limit: 50,
            ...(pageParam === null ? {} : { cursor: pageParam }),
          },
        },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
  });
}

export function alarmQuery(id: string) {
  return queryOptions({
    queryKey: alarmKeys.detail(id),
    queryFn: ({ signal }) => ask(sensingRoutes.alarm, { params: { id } }, { signal }),
  });
}

export function readingsQuery(id: string, hours: number) {
  return queryOptions({
    queryKey: [...alarmKeys.detail(id), 'readings', hours],
    queryFn: ({ signal }) => ask(sensingRoutes.alarmReadings, { params: { id }, query: { hours } }, { signal }),
    placeholderData: keepPreviousData,
  });
}

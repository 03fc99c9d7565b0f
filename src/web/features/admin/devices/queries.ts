import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { deviceKinds, deviceRoutes, deviceStates } from '#contract/devices.ts';
import type { ClientOutput } from '#contract/route.ts';
import { deadLetterStates } from '#contract/sensing-views.ts';
import { sensingRoutes } from '#contract/sensing.ts';
import { ask } from '#web/app/ask.ts';

export type Device = ClientOutput<typeof deviceRoutes.device>;
export type DeadLetter = ClientOutput<typeof sensingRoutes.deadLetters>['items'][number];

export const devicesKey = ['devices'];
export const lettersKey = ['dead-letters'];

type Words = Readonly<Record<string, string>>;

export function devicesQuery({ q = '', kind, state }: Words) {
  const kinds = deviceKinds.filter((one) => one === kind);
  const states = deviceStates.filter((one) => one === state);
  return infiniteQueryOptions({
    queryKey: [...devicesKey, 'list', q, kinds, states],
    queryFn: ({ pageParam, signal }) =>
      ask(
        deviceRoutes.devices,
        {
          query: {
            limit: 50,
            ...(q === '' ? {} : { q }),
            ...(kinds.length === 0 ? {} : { kinds }),
            ...(states.length === 0 ? {} : { states }),
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

export function deviceQuery(id: string) {
  return queryOptions({
    queryKey: [...devicesKey, 'one', id],
    queryFn: ({ signal }) => ask(deviceRoutes.device, { params: { id } }, { signal }),
  });
}

export function lettersQuery(wanted: string | undefined, deviceId: string | undefined) {
  const state = deadLetterStates.find((one) => one === wanted) ?? 'waiting';
  return infiniteQueryOptions({
    queryKey: [...lettersKey, state, deviceId ?? ''],
    queryFn: ({ pageParam, signal }) =>
      ask(
        sensingRoutes.deadLetters,
        {
          query: {
            state,
            limit: 50,
            ...(deviceId === undefined ? {} : { deviceId }),
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

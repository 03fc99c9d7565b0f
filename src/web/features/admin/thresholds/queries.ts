import { queryOptions } from '@tanstack/react-query';
import { deviceRoutes } from '#contract/devices.ts';
import { libraryRoutes } from '#contract/library.ts';
import type { ClientOutput } from '#contract/route.ts';
import { sensingRoutes } from '#contract/sensing.ts';
import { ask } from '#web/app/ask.ts';

export type Threshold = ClientOutput<typeof sensingRoutes.thresholds>['items'][number];
export type Source = ClientOutput<typeof sensingRoutes.sources>['items'][number];

export const thresholdsKey = ['thresholds'];
export const sourcesKey = ['alert-sources'];

export function thresholdsQuery(deviceId: string | undefined, retired: boolean) {
  return queryOptions({
    queryKey: [...thresholdsKey, deviceId ?? '', retired],
    queryFn: ({ signal }) =>
      ask(
        sensingRoutes.thresholds,
        { query: { ...(deviceId === undefined ? {} : { deviceId }), ...(retired ? { retired: 'true' } : {}) } },
        { signal },
      ).then(({ items }) => items),
  });
}

export const sourcesQuery = queryOptions({
  queryKey: sourcesKey,
  queryFn: ({ signal }) => ask(sensingRoutes.sources, {}, { signal }).then(({ items }) => items),
});

export function devicePickQuery(q: string) {
  return queryOptions({
    queryKey: ['devices', 'pick', q],
    queryFn: ({ signal }) =>
      ask(deviceRoutes.devices, { query: { limit: 20, ...(q === '' ? {} : { q }) } }, { signal }).then(
        ({ items }) => items,
      ),
  });
}

/** Categories an event can have: those still in use. */
export const categoriesQuery = queryOptions({
  queryKey: ['library'],
  queryFn: ({ signal }) => ask(libraryRoutes.list, {}, { signal }),
});

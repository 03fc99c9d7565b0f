import { queryOptions } from '@tanstack/react-query';
import type { ClientInput, ClientOutput } from '#contract/route.ts';
import { screenRoutes } from '#contract/screens.ts';
import { ask } from '#web/app/ask.ts';

export type Screen = ClientOutput<typeof screenRoutes.list>['items'][number];
export type KioskLink = ClientOutput<typeof screenRoutes.links>['items'][number];
export type CreateBody = NonNullable<ClientInput<typeof screenRoutes.create>['body']>;
export const screensKey = ['screens'] as const;

export const screensQuery = queryOptions({
  queryKey: [...screensKey, 'list'],
  queryFn: ({ signal }) => ask(screenRoutes.list, {}, { signal }),
});

/** The first arrangement of an area; of one's own when none is named. */
export function firstQuery(area: string | undefined) {
  return queryOptions({
    queryKey: [...screensKey, 'first', area ?? ''],
    queryFn: ({ signal }) => ask(screenRoutes.first, { query: { area } }, { signal }),
    staleTime: 300_000,
  });
}

export function linksQuery(id: string) {
  return queryOptions({
    queryKey: [...screensKey, 'links', id],
    queryFn: ({ signal }) => ask(screenRoutes.links, { params: { id } }, { signal }),
  });
}

export interface ScreensSearch {
  /** Id of the screen arranged. */
  screen?: string;
}

/** Anything unknown is left out. */
export function parseScreensSearch({ screen }: Record<string, unknown>): ScreensSearch {
  return typeof screen === 'string' && /^[0-9a-f-]{36}$/.test(screen) ? { screen } : {};
}

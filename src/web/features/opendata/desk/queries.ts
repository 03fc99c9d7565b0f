import { queryOptions } from '@tanstack/react-query';
import { openReleaseRoutes } from '#contract/opendata.ts';
import type { ClientOutput } from '#contract/route.ts';
import { ask } from '#web/app/ask.ts';

export type Releases = ClientOutput<typeof openReleaseRoutes.list>;
export type Preview = ClientOutput<typeof openReleaseRoutes.preview>;

export const openDataKey = ['open-data'] as const;

export const releasesQuery = queryOptions({
  queryKey: [...openDataKey, 'list'],
  queryFn: ({ signal }) => ask(openReleaseRoutes.list, {}, { signal }),
});

export function previewQuery(area: string, month: string) {
  return queryOptions({
    queryKey: [...openDataKey, 'preview', area, month],
    queryFn: ({ signal }) => ask(openReleaseRoutes.preview, { query: { area, month } }, { signal }),
  });
}

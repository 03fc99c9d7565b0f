import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { coverageRoutes } from '#contract/coverage.ts';
import type { ClientOutput } from '#contract/route.ts';
import { ask } from '#web/app/ask.ts';

export type Coverage = ClientOutput<typeof coverageRoutes.get>;
export type CoverageRow = Coverage['area'];
export type Household = ClientOutput<typeof coverageRoutes.households>['items'][number];

export const coverageKeys = { figures: ['coverage'], households: ['households'] } as const;

export function coverageQuery(area: string | undefined) {
  return queryOptions({
    queryKey: [...coverageKeys.figures, area ?? ''],
    queryFn: ({ signal }) => ask(coverageRoutes.get, { query: area === undefined ? {} : { area } }, { signal }),
    placeholderData: keepPreviousData,
  });
}

export function householdsQuery(area: string, due: boolean) {
  return infiniteQueryOptions({
    queryKey: [...coverageKeys.households, area, due],
    queryFn: ({ pageParam, signal }) =>
      ask(
        coverageRoutes.households,
        {
          query: {
            area,
            ...(due ? { due: 'true' } : {}),
            ...(pageParam === null ? {} : { cursor: pageParam }),
            limit: 50,
          },
        },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });
}

import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { ClientOutput } from '#contract/route.ts';
import { warningSourceRoutes } from '#contract/warning-sources.ts';
import { warningRoutes } from '#contract/warnings.ts';
import { ask } from '#web/app/ask.ts';

export type WarningRow = ClientOutput<typeof warningRoutes.list>['items'][number];
export type WarningDetail = ClientOutput<typeof warningRoutes.get>;
export type EffectRow = ClientOutput<typeof warningRoutes.effects>['items'][number];
export type SourceRow = ClientOutput<typeof warningSourceRoutes.sources>['items'][number];
export type LetterRow = ClientOutput<typeof warningSourceRoutes.letters>['items'][number];

export const warningKeys = {
  all: ['warnings'],
  effects: ['warning-effects'],
  sources: ['warning-sources'],
} as const;

export function warningsQuery(show: 'running' | 'all') {
  return infiniteQueryOptions({
    queryKey: [...warningKeys.all, 'list', show],
    queryFn: ({ pageParam, signal }) =>
      ask(
        warningRoutes.list,
        {
          query: {
            limit: 50,
            ...(show === 'running' ? { running: 'true' } : {}),
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

/** Real warnings that are active over the viewer's ground. */
export const activeQuery = queryOptions({
  queryKey: [...warningKeys.all, 'active'],
  queryFn: async ({ signal }) => {
    const { items } = await ask(
      warningRoutes.list,
      { query: { running: 'true', status: 'Actual', limit: 50 } },
      { signal },
    );
    return items.filter(({ state, outside }) => state === 'active' && !outside);
  },
  refetchInterval: 60_000,
});

export function warningQuery(id: string) {
  return queryOptions({
    queryKey: [...warningKeys.all, 'detail', id],
    queryFn: ({ signal }) => ask(warningRoutes.get, { params: { id } }, { signal }),
  });
}

export const kindsQuery = queryOptions({
  queryKey: ['warning-kinds'],
  queryFn: ({ signal }) => ask(warningRoutes.kinds, {}, { signal }),
  staleTime: Infinity,
});

export const effectsQuery = queryOptions({
  queryKey: warningKeys.effects,
  queryFn: ({ signal }) => ask(warningRoutes.effects, {}, { signal }),
});

export const sourcesQuery = queryOptions({
  queryKey: [...warningKeys.sources, 'list'],
  queryFn: ({ signal }) => ask(warningSourceRoutes.sources, {}, { signal }),
});

export const lettersQuery = queryOptions({
  queryKey: [...warningKeys.sources, 'letters'],
  queryFn: ({ signal }) => ask(warningSourceRoutes.letters, {}, { signal }),
});

export function letterQuery(id: string) {
  return queryOptions({
    queryKey: [...warningKeys.sources, 'letter', id],
    queryFn: ({ signal }) => ask(warningSourceRoutes.letter, { params: { id } }, { signal }),
  });
}

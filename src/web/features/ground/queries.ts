import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { careRoutes } from '#contract/care.ts';
import { gridsRoutes } from '#contract/grids.ts';
import { riskRoutes } from '#contract/risk-points.ts';
import type { ClientOutput } from '#contract/route.ts';
import { ask } from '#web/app/ask.ts';
import type { GroundSearch } from './search.ts';

export type RiskRow = ClientOutput<typeof riskRoutes.list>['items'][number];
export type RiskDetail = ClientOutput<typeof riskRoutes.get>;
export type CareRow = ClientOutput<typeof careRoutes.list>['items'][number];
export type CareDetail = ClientOutput<typeof careRoutes.get>;
export type CareGlance = ClientOutput<typeof careRoutes.glance>;
export type CareSecrets = ClientOutput<typeof careRoutes.reveal>;
export type CareTag = ClientOutput<typeof careRoutes.tags>['items'][number];

export const groundKeys = { risks: ['risk-points'], care: ['care'], exports: ['care-exports'] } as const;

export function risksQuery({ kind, level, state, q }: GroundSearch) {
  return infiniteQueryOptions({
    queryKey: [...groundKeys.risks, 'list', { kind, level, state, q }],
    queryFn: ({ pageParam, signal }) =>
      ask(
        riskRoutes.list,
        {
          query: {
            ...(kind === undefined ? {} : { kinds: [kind] }),
            ...(level === undefined ? {} : { levels: [level] }),
            ...(state === undefined ? {} : { states: [state] }),
            ...(q === undefined ? {} : { q }),
            ...(pageParam === null ? {} : { cursor: pageParam }),
            limit: 200,
          },
        },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
  });
}

export function riskQuery(id: string) {
  return queryOptions({
    queryKey: [...groundKeys.risks, 'one', id],
    queryFn: ({ signal }) => ask(riskRoutes.get, { params: { id } }, { signal }),
  });
}

export function careListQuery({ tag }: GroundSearch) {
  return infiniteQueryOptions({
    queryKey: [...groundKeys.care, 'list', { tag }],
    queryFn: ({ pageParam, signal }) =>
      ask(
        careRoutes.list,
        {
          query: {
            ...(tag === undefined ? {} : { tags: [tag] }),
            ...(pageParam === null ? {} : { cursor: pageParam }),
            limit: 50,
          },
        },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
  });
}

export const glanceQuery = queryOptions({
  queryKey: [...groundKeys.care, 'glance'],
  queryFn: ({ signal }) => ask(careRoutes.glance, {}, { signal }),
});

export function careQuery(id: string) {
  return queryOptions({
    queryKey: [...groundKeys.care, 'one', id],
    queryFn: ({ signal }) => ask(careRoutes.get, { params: { id } }, { signal }),
  });
}

/** Units whose area is the street of this area. */
export function streetUnitsQuery(areaCode: string) {
  const area = areaCode.slice(0, 9);
  return queryOptions({
    queryKey: ['units', 'of', area],
    queryFn: ({ signal }) => ask(gridsRoutes.units, { query: { area } }, { signal }),
    enabled: areaCode !== '',
  });
}

import { queryOptions } from '@tanstack/react-query';
import { gridsDocuments, gridsRoutes } from '#contract/grids.ts';
import { peopleRoutes } from '#contract/identity.ts';
import type { ClientOutput } from '#contract/route.ts';
import type { AreaGeometry } from '#engine/territory/geometry.ts';
import type { Tier } from '#kit/tiers.ts';
import { ask } from '#web/app/ask.ts';

export type AreaRow = ClientOutput<typeof gridsRoutes.areas>['items'][number];
export type AreaDetail = ClientOutput<typeof gridsRoutes.area>;
export type Unit = ClientOutput<typeof gridsRoutes.units>['items'][number];
export type Board = ClientOutput<typeof gridsRoutes.boards>['items'][number];
export type TerritoryProblem = ClientOutput<typeof gridsRoutes.tiling>['problems'][number];

/** Everything about areas; acts on outlines make it stale. The desk's own names of these keys are the same. */
export const areaKeys = { areas: ['areas'], outlines: ['outlines'], units: ['units'] } as const;

export function childAreasQuery(parent: string | null) {
  return queryOptions({
    queryKey: ['areas', 'children', parent],
    queryFn: ({ signal }) =>
      ask(gridsRoutes.areas, { query: parent === null ? {} : { parent } }, { signal }).then(({ items }) => items),
  });
}

/** All areas of one tier, in the order of their codes. */
export function tierQuery(tier: Tier) {
  return queryOptions({
    queryKey: ['areas', 'tier', tier],
    queryFn: ({ signal }) => ask(gridsRoutes.areas, { query: { tier } }, { signal }).then(({ items }) => items),
  });
}

export function areaQuery(code: string) {
  return queryOptions({
    queryKey: ['areas', 'one', code],
    queryFn: ({ signal }) => ask(gridsRoutes.area, { params: { code } }, { signal }),
    enabled: code !== '',
  });
}

export function answerersQuery(code: string) {
  return queryOptions({
    queryKey: ['areas', 'answerers', code],
    queryFn: ({ signal }) => ask(gridsRoutes.answerers, { params: { code } }, { signal }),
    enabled: code !== '',
  });
}

export function areaSearchQuery(q: string) {
  return queryOptions({
    queryKey: ['areas', 'find', q],
    queryFn: ({ signal }) => ask(gridsRoutes.searchAreas, { query: { q, limit: 30 } }, { signal }),
    enabled: q !== '',
    staleTime: 60_000,
  });
}

export function unitsQuery(retired = false) {
  return queryOptions({
    queryKey: ['units', 'all', retired],
    queryFn: ({ signal }) =>
      ask(gridsRoutes.units, { query: { retired: retired ? 'true' : 'false' } }, { signal }).then(({ items }) => items),
  });
}

export const boardsQuery = queryOptions({
  queryKey: ['units', 'boards'],
  queryFn: ({ signal }) => ask(gridsRoutes.boards, {}, { signal }).then(({ items }) => items),
});

export const rolesQuery = queryOptions({
  queryKey: ['people', 'roles'],
  queryFn: ({ signal }) => ask(peopleRoutes.roles, {}, { signal }).then(({ items }) => items),
  staleTime: Infinity,
});

export interface OutlineFeature {
  code: string;
  name: string;
  tier: Tier;
  parentCode: string | null;
  kind: 'ordinary' | 'exclusive';
  residents: number;
  households: number;
  version: number;
  geometry: AreaGeometry | null;
}

interface RawFeature {
  properties: Omit<OutlineFeature, 'geometry'>;
  geometry: AreaGeometry | null;
}

/** All outlines of one tier inside a window (degrees). */
export function outlinesQuery(tier: Tier, bbox: readonly number[] | null) {
  const window = bbox?.map((number) => number.toFixed(6)).join(',');
  return queryOptions({
    queryKey: ['outlines', 'edit', tier, window],
    queryFn: async ({ signal }) => {
      const query = { tier, ...(window === undefined ? {} : { bbox: window }) } as never;
      const answer = await ask(gridsDocuments.outlines, { query }, { signal });
      return (answer.features as RawFeature[]).map(({ properties, geometry }) => ({ ...properties, geometry }));
    },
  });
}

import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { careColours, careRoutes } from '#contract/care.ts';
import { gridsRoutes } from '#contract/grids.ts';
import { inspectionRoutes } from '#contract/inspections.ts';
import { riskRoutes } from '#contract/risk-points.ts';
import type { ClientOutput } from '#contract/route.ts';
import { ask } from '#web/app/ask.ts';
import type { GroundSearch } from './search.ts';

export type RiskRow = ClientOutput<typeof riskRoutes.list>['items'][number];
export type RiskMark = ClientOutput<typeof riskRoutes.map>['items'][number];
export type LookHistory = ClientOutput<typeof inspectionRoutes.history>;
export type LookTask = ClientOutput<typeof inspectionRoutes.tasks>['items'][number];
export type LookRules = ClientOutput<typeof inspectionRoutes.rules>;
export type CareAroundPoint = ClientOutput<typeof inspectionRoutes.careAround>;
export type RiskDetail = ClientOutput<typeof riskRoutes.get>;
export type CareRow = ClientOutput<typeof careRoutes.list>['items'][number];
export type CareDetail = ClientOutput<typeof careRoutes.get>;
export type CareGlance = ClientOutput<typeof careRoutes.glance>;
export type CareSecrets = ClientOutput<typeof careRoutes.reveal>;
export type CareTag = ClientOutput<typeof careRoutes.tags>['items'][number];

export const groundKeys = { risks: ['risk-points'], care: ['care'], exports: ['care-exports'] } as const;

/** The filter of the address, as list, map and file ask for it. */
function riskFilter({ area, kind, level, state, unit, overdue, older, q }: GroundSearch) {
  // To the day: a time that moves with every rendering would ask anew without end.
  const day = Math.floor(Date.now() / 86_400_000) * 86_400_000;
  return {
    ...(area === undefined ? {} : { area }),
    ...(kind === undefined ? {} : { kinds: [kind] }),
    ...(level === undefined ? {} : { levels: [level] }),
    ...(state === undefined ? {} : { states: [state] }),
    ...(unit === undefined ? {} : { units: [unit] }),
    ...(overdue === undefined ? {} : { overdue: 'true' }),
    ...(older === undefined ? {} : { lookedBefore: new Date(day - Number(older) * 86_400_000).toISOString() }),
    ...(q === undefined ? {} : { q }),
  };
}

export function risksQuery(search: GroundSearch) {
  const filter = riskFilter(search);
  const sort = search.sort === 'code' ? 'code' : 'due';
  return infiniteQueryOptions({
    queryKey: [...groundKeys.risks, 'list', filter, sort],
    queryFn: ({ pageParam, signal }) =>
      ask(
        riskRoutes.list,
        { query: { ...filter, sort, ...(pageParam === null ? {} : { cursor: pageParam }), limit: 100 } },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
  });
}

/** Every point that fits, for the map. */
export function riskMapQuery(search: GroundSearch) {
  const filter = riskFilter(search);
  return queryOptions({
    queryKey: [...groundKeys.risks, 'map', filter],
    queryFn: ({ signal }) => ask(riskRoutes.map, { query: filter }, { signal }),
    placeholderData: keepPreviousData,
  });
}

/** Address of the file with what the filter leaves. */
export function riskFile(search: GroundSearch, format: 'csv' | 'geojson'): string {
  const query = new URLSearchParams({ format });
  for (const [key, value] of Object.entries(riskFilter(search))) query.set(key, String(value));
  return `${riskRoutes.export.path}?${query.toString()}`;
}

export function lookHistoryQuery(id: string) {
  return queryOptions({
    queryKey: [...groundKeys.risks, 'looks', id],
    queryFn: ({ signal }) => ask(inspectionRoutes.history, { params: { id } }, { signal }),
  });
}

/** Open inspections that fit, the one due first at the top. */
export function lookTasksQuery({ area, kind, reason, unit, overdue }: GroundSearch) {
  const filter = {
    ...(area === undefined ? {} : { area }),
    ...(kind === undefined ? {} : { kinds: [kind] }),
    ...(reason === undefined ? {} : { reasons: [reason as LookTask['reason']] }),
    ...(unit === undefined ? {} : { units: [unit] }),
    ...(overdue === undefined ? {} : { late: 'true' }),
  };
  return infiniteQueryOptions({
    queryKey: [...groundKeys.risks, 'tasks', filter],
    queryFn: ({ pageParam, signal }) =>
      ask(
        inspectionRoutes.tasks,
        { query: { ...filter, ...(pageParam === null ? {} : { cursor: pageParam }), limit: 100 } },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  });
}

export const lookRulesQuery = queryOptions({
  queryKey: ['inspection-rules'],
  queryFn: ({ signal }) => ask(inspectionRoutes.rules, {}, { signal }),
});

export function careAroundQuery(id: string) {
  return queryOptions({
    queryKey: [...groundKeys.care, 'around', id],
    queryFn: ({ signal }) => ask(inspectionRoutes.careAround, { params: { id } }, { signal }),
  });
}

export function lookOfEventQuery(id: string) {
  return queryOptions({
    queryKey: ['event', id, 'risk-point'],
    queryFn: ({ signal }) => ask(inspectionRoutes.ofEvent, { params: { id } }, { signal }),
  });
}

export function riskQuery(id: string) {
  return queryOptions({
    queryKey: [...groundKeys.risks, 'one', id],
    queryFn: ({ signal }) => ask(riskRoutes.get, { params: { id } }, { signal }),
  });
}

const isColour = (word: string | undefined): word is (typeof careColours)[number] =>
  careColours.some((colour) => colour === word);

/** `groupTags`: the tags of the chosen family, when no single tag is chosen. */
export function careListQuery({ tag, colour }: GroundSearch, groupTags: readonly string[]) {
  const tags = tag === undefined ? groupTags : [tag];
  return infiniteQueryOptions({
    queryKey: [...groundKeys.care, 'list', { tags, colour }],
    queryFn: ({ pageParam, signal }) =>
      ask(
        careRoutes.list,
        {
          query: {
            ...(tags.length === 0 ? {} : { tags: [...tags] }),
            ...(isColour(colour) ? { colour } : {}),
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

import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { facilityRoutes, populationRoutes, standardRoutes } from '#contract/facilities.ts';
import type { idleConditions, idleStates, missingFacts } from '#contract/facilities-views.ts';
import { idleRoutes } from '#contract/idle.ts';
import type { ClientOutput } from '#contract/route.ts';
import { ask } from '#web/app/ask.ts';
import type { FacilitySearch } from './search.ts';

export type FacilityRow = ClientOutput<typeof facilityRoutes.list>['items'][number];
export type FacilityMark = ClientOutput<typeof facilityRoutes.map>['items'][number];
export type FacilityDetail = ClientOutput<typeof facilityRoutes.get>;
export type Hours = NonNullable<FacilityRow['hours']>;
export type HistoryLine = ClientOutput<typeof facilityRoutes.history>['items'][number];
export type StandardRow = ClientOutput<typeof standardRoutes.list>['items'][number];
export type Sums = ClientOutput<typeof populationRoutes.sums>;
export type Cell = ClientOutput<typeof populationRoutes.cells>['items'][number];
export type IdleRow = ClientOutput<typeof idleRoutes.list>['items'][number];
export type IdleDetail = ClientOutput<typeof idleRoutes.get>;

export const facilityKeys = {
  facilities: ['facilities'],
  standards: ['facility-standards'],
  population: ['population'],
  idle: ['idle'],
} as const;

/** The filter of the address, as list, map and file ask for it. */
function facilityFilter({ area, class: one, family, open, past, missing, q }: FacilitySearch) {
  return {
    ...(area === undefined ? {} : { area }),
    ...(one === undefined ? {} : { classes: [one] }),
    ...(one !== undefined || family === undefined ? {} : { families: [family] }),
    ...(open === undefined ? {} : { open: 'now' as const }),
    ...(past === undefined ? {} : { past: 'true' }),
    ...(missing === undefined ? {} : { missing: [missing as (typeof missingFacts)[number]] }),
    ...(q === undefined ? {} : { q }),
  };
}

export function facilitiesQuery(search: FacilitySearch) {
  const filter = facilityFilter(search);
  return infiniteQueryOptions({
    queryKey: [...facilityKeys.facilities, 'list', filter],
    queryFn: ({ pageParam, signal }) =>
      ask(
        facilityRoutes.list,
        { query: { ...filter, ...(pageParam === null ? {} : { cursor: pageParam }), limit: 100 } },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
  });
}

/** Every facility that fits, for the map. */
export function facilityMapQuery(search: FacilitySearch) {
  const filter = facilityFilter(search);
  return queryOptions({
    queryKey: [...facilityKeys.facilities, 'map', filter],
    queryFn: ({ signal }) => ask(facilityRoutes.map, { query: filter }, { signal }),
    placeholderData: keepPreviousData,
  });
}

/** Address of the file with what the filter leaves. */
export function facilityFile(search: FacilitySearch, format: 'csv' | 'geojson'): string {
  return fileOf(facilityRoutes.export.path, { ...facilityFilter(search), format });
}

function fileOf(path: string, values: Readonly<Record<string, unknown>>): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(values)) query.set(key, String(value));
  return `${path}?${query.toString()}`;
}

export function facilityQuery(id: string) {
  return queryOptions({
    queryKey: [...facilityKeys.facilities, 'one', id],
    queryFn: ({ signal }) => ask(facilityRoutes.get, { params: { id } }, { signal }),
  });
}

export function facilityHistoryQuery(id: string) {
  return queryOptions({
    queryKey: [...facilityKeys.facilities, 'history', id],
    queryFn: ({ signal }) => ask(facilityRoutes.history, { params: { id } }, { signal }),
  });
}

export function standardsQuery(area: string | undefined) {
  return queryOptions({
    queryKey: [...facilityKeys.standards, area],
    queryFn: ({ signal }) => ask(standardRoutes.list, { query: area === undefined ? {} : { area } }, { signal }),
    placeholderData: keepPreviousData,
  });
}

export function standardHistoryQuery(classCode: string, area: string) {
  return queryOptions({
    queryKey: [...facilityKeys.standards, 'history', classCode, area],
    queryFn: ({ signal }) => ask(standardRoutes.history, { params: { classCode }, query: { area } }, { signal }),
  });
}

export function sumsQuery(area: string | undefined) {
  return queryOptions({
    queryKey: [...facilityKeys.population, 'sums', area],
    queryFn: ({ signal }) => ask(populationRoutes.sums, { query: area === undefined ? {} : { area } }, { signal }),
    placeholderData: keepPreviousData,
  });
}

export function cellsQuery(area: string | undefined) {
  return queryOptions({
    queryKey: [...facilityKeys.population, 'cells', area],
    queryFn: ({ signal }) => ask(populationRoutes.cells, { query: area === undefined ? {} : { area } }, { signal }),
    placeholderData: keepPreviousData,
  });
}

function idleFilter({ area, class: use, state, owner, condition, m2, q }: FacilitySearch) {
  return {
    ...(area === undefined ? {} : { area }),
    ...(use === undefined ? {} : { uses: [use] }),
    ...(state === undefined ? {} : { states: [state as (typeof idleStates)[number]] }),
    ...(owner === undefined ? {} : { owners: [owner] }),
    ...(condition === undefined ? {} : { conditions: [condition as (typeof idleConditions)[number]] }),
    ...(m2 === undefined || Number(m2) < 1 ? {} : { leastM2: Number(m2) }),
    ...(q === undefined ? {} : { q }),
  };
}

export function idleListQuery(search: FacilitySearch) {
  const filter = idleFilter(search);
  return queryOptions({
    queryKey: [...facilityKeys.idle, 'list', filter],
    queryFn: ({ signal }) => ask(idleRoutes.list, { query: filter }, { signal }),
    placeholderData: keepPreviousData,
  });
}

/** Address of the file with what the filter leaves. */
export function idleFile(search: FacilitySearch, format: 'xlsx' | 'docx'): string {
  return fileOf(idleRoutes.export.path, { ...idleFilter(search), format });
}

export function idleQuery(id: string) {
  return queryOptions({
    queryKey: [...facilityKeys.idle, 'one', id],
    queryFn: ({ signal }) => ask(idleRoutes.get, { params: { id } }, { signal }),
  });
}

export function idleHistoryQuery(id: string) {
  return queryOptions({
    queryKey: [...facilityKeys.idle, 'history', id],
    queryFn: ({ signal }) => ask(idleRoutes.history, { params: { id } }, { signal }),
  });
}

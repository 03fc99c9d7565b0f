import { infiniteQueryOptions, keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { facilityRoutes } from '#contract/facilities.ts';
import type { ClientOutput } from '#contract/route.ts';
import { shortfallRoutes } from '#contract/shortfalls.ts';
import type { DemandState, ProblemKind, ProblemState } from '#contract/shortfalls-views.ts';
import { ask } from '#web/app/ask.ts';
import { languageChoice } from '#web/i18n/language.ts';
import type { ShortfallSearch } from './search.ts';

export type ProblemRow = ClientOutput<typeof shortfallRoutes.problems>['items'][number];
export type DemandRow = ClientOutput<typeof shortfallRoutes.demands>['items'][number];
export type ProblemDetail = ClientOutput<typeof shortfallRoutes.problem>;
export type DemandDetail = ClientOutput<typeof shortfallRoutes.demand>;
export type Match = ClientOutput<typeof shortfallRoutes.matches>['items'][number];
export type Standing = ClientOutput<typeof shortfallRoutes.standing>;

export const shortfallKey = ['shortfalls'] as const;

function filterOf({ class: classCode, area, gone }: ShortfallSearch) {
  return {
    ...(classCode === undefined ? {} : { class: [classCode] }),
    ...(area === undefined ? {} : { area }),
    ...(gone === undefined ? {} : { gone: 'yes' as const }),
    limit: 200,
  };
}

/** A page of the list of problems, most people first. */
export function problemsQuery(search: ShortfallSearch) {
  const { kind, state } = search;
  const filter = {
    ...filterOf(search),
    ...(kind === undefined ? {} : { kind: [kind as ProblemKind] }),
    ...(state === undefined ? {} : { state: [state as ProblemState] }),
  };
  return infiniteQueryOptions({
    queryKey: [...shortfallKey, 'problems', filter],
    queryFn: ({ pageParam, signal }) =>
      ask(
        shortfallRoutes.problems,
        { query: { ...filter, ...(pageParam === null ? {} : { cursor: pageParam }) } },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
    enabled: search.list === 'problems',
  });
}

/** A page of the ledger of demand, most people first. */
export function demandsQuery(search: ShortfallSearch) {
  const { state } = search;
  const filter = { ...filterOf(search), ...(state === undefined ? {} : { state: [state as DemandState] }) };
  return infiniteQueryOptions({
    queryKey: [...shortfallKey, 'demands', filter],
    queryFn: ({ pageParam, signal }) =>
      ask(
        shortfallRoutes.demands,
        { query: { ...filter, ...(pageParam === null ? {} : { cursor: pageParam }) } },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
    enabled: search.list === 'demand',
  });
}

export function problemQuery(id: string) {
  return queryOptions({
    queryKey: [...shortfallKey, 'problem', id],
    queryFn: ({ signal }) => ask(shortfallRoutes.problem, { params: { id } }, { signal }),
  });
}

export function demandQuery(id: string) {
  return queryOptions({
    queryKey: [...shortfallKey, 'demand', id],
    queryFn: ({ signal }) => ask(shortfallRoutes.demand, { params: { id } }, { signal }),
  });
}

/** Rooms that could answer a demand. Reckoned anew: not asked again while the page is open. */
export function matchesQuery(id: string) {
  return queryOptions({
    queryKey: [...shortfallKey, 'matches', id],
    queryFn: ({ signal }) => ask(shortfallRoutes.matches, { params: { id } }, { signal }),
    staleTime: 60_000,
  });
}

export function standingQuery(area: string | undefined) {
  return queryOptions({
    queryKey: [...shortfallKey, 'standing', area],
    queryFn: ({ signal }) => ask(shortfallRoutes.standing, { query: area === undefined ? {} : { area } }, { signal }),
    placeholderData: keepPreviousData,
  });
}

const wordsQuery = queryOptions({
  queryKey: ['facilities', 'words'],
  queryFn: ({ signal }) => ask(facilityRoutes.words, {}, { signal }),
  staleTime: 600_000,
});

/** Classes of facilities, and what a code is called in the reader's language. */
export function useClassNames() {
  const lang = languageChoice.use();
  const words = useQuery(wordsQuery).data;
  const classes = words?.classes ?? [];
  const nameIn = (list: readonly { code: string; name: string; nameEn: string }[], code: string): string => {
    const found = list.find((one) => one.code === code);
    return found === undefined ? code : lang === 'zh' ? found.name : found.nameEn;
  };
  return { classes, nameOf: (code: string) => nameIn(classes, code) };
}

/** Facilities of a class, by code. */
export function facilitiesQuery(classCode: string) {
  return queryOptions({
    queryKey: ['facilities', 'of', classCode],
    queryFn: ({ signal }) => ask(facilityRoutes.list, { query: { classes: [classCode], limit: 200 } }, { signal }),
    enabled: classCode !== '',
  });
}

/** Address of the file with all four lists. */
export function fileOf(format: 'xlsx' | 'docx', area: string | undefined): string {
  const path = shortfallRoutes.export.path.replace(':format', format);
  return area === undefined ? path : `${path}?area=${area}`;
}

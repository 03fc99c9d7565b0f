import { infiniteQueryOptions, keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { analyticsRoutes } from '#contract/analytics.ts';
import type { ClientOutput } from '#contract/route.ts';
import { ask } from '#web/app/ask.ts';
import { languageChoice } from '#web/i18n/language.ts';
import type { CasesSearch, FiguresSearch } from './search.ts';

export type CaseRow = ClientOutput<typeof analyticsRoutes.cases>['items'][number];
type Words = ClientOutput<typeof analyticsRoutes.words>;

export function casesQuery({ ids, ...search }: CasesSearch) {
  const query = { ...search, ...(ids === undefined ? {} : { ids: ids.split(',') }) };
  return infiniteQueryOptions({
    queryKey: ['analytics', 'cases', query],
    queryFn: ({ pageParam, signal }) =>
      ask(
        analyticsRoutes.cases,
        { query: { ...query, limit: 50, ...(pageParam === null ? {} : { cursor: pageParam }) } },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });
}

const wordsQuery = queryOptions({
  queryKey: ['analytics', 'words'],
  queryFn: ({ signal }) => ask(analyticsRoutes.words, {}, { signal }),
  staleTime: 600_000,
});

interface Named {
  code: string;
  name: string;
  nameEn: string;
}

/** The dictionary of the figures, with names in the reader's language. */
export function useFigureWords() {
  const lang = languageChoice.use();
  const words: Words | undefined = useQuery(wordsQuery).data;
  const nameOf = (one: Named): string => (lang === 'zh' ? one.name : one.nameEn);
  const find = (list: readonly Named[] | undefined, code: string): string => {
    const found = list?.find((one) => one.code === code);
    return found === undefined ? code : nameOf(found);
  };
  return {
    words,
    nameOf,
    indicator: (code: string) => find(words?.indicators, code),
    measure: (code: string) => find(words?.measures, code),
    mainClass: (code: string) => find(words?.classes, code),
    exclusion: (code: string) => find(words?.exclusions, code),
  };
}

export type Figures = ClientOutput<typeof analyticsRoutes.figures>;
export type Figure = Figures['indicators'][number];
export type Wait = Figures['waits'][number];
export type IndicatorWord = Words['indicators'][number];
export type MapAnswer = ClientOutput<typeof analyticsRoutes.map>;

/** Figures are seconds behind the ledger; a page left open follows. */
const followMs = 15_000;

export function figuresQuery({ indicator: _indicator, ...query }: FiguresSearch) {
  return queryOptions({
    queryKey: ['analytics', 'figures', query],
    queryFn: ({ signal }) => ask(analyticsRoutes.figures, { query }, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: followMs,
  });
}

export function mapQuery(search: FiguresSearch & { indicator: string }) {
  const { unit: _unit, ...query } = search;
  return queryOptions({
    queryKey: ['analytics', 'map', query],
    queryFn: ({ signal }) => ask(analyticsRoutes.map, { query }, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: followMs,
  });
}

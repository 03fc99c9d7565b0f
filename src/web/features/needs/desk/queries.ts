import { infiniteQueryOptions, keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { gridsRoutes } from '#contract/grids.ts';
import { needRoutes } from '#contract/needs.ts';
import type { ClientOutput } from '#contract/route.ts';
import { ask } from '#web/app/ask.ts';
import { toSearchText } from '#web/app/search-text.ts';
import { inLanguage, languageChoice } from '#web/i18n/language.ts';
import type { NeedSearch } from './search.ts';

export type NeedRow = ClientOutput<typeof needRoutes.list>['items'][number];
export type NeedDetail = ClientOutput<typeof needRoutes.get>;
export type NeedVoice = NeedDetail['voiceList'][number];
export type NeedWords = ClientOutput<typeof needRoutes.words>;

export const needKeys = { all: ['needs'] } as const;

/** What the list is asked for. */
function wantedOf({ class: classCode, area, group, state, source, q }: NeedSearch) {
  return { class: classCode, area, group, source, q, states: state };
}

export function needsQuery(search: NeedSearch) {
  const wanted = wantedOf(search);
  return infiniteQueryOptions({
    queryKey: [...needKeys.all, 'list', wanted],
    queryFn: ({ pageParam, signal }) =>
      ask(
        needRoutes.list,
        { query: { ...wanted, limit: 60, ...(pageParam === null ? {} : { cursor: pageParam }) } },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
  });
}

export const needQuery = (id: string) =>
  queryOptions({
    queryKey: [...needKeys.all, 'one', id],
    queryFn: ({ signal }) => ask(needRoutes.get, { params: { id } }, { signal }),
  });

export const needHistoryQuery = (id: string) =>
  queryOptions({
    queryKey: [...needKeys.all, 'history', id],
    queryFn: ({ signal }) => ask(needRoutes.history, { params: { id } }, { signal }),
  });

export const wordsQuery = queryOptions({
  queryKey: [...needKeys.all, 'words'],
  queryFn: ({ signal }) => ask(needRoutes.words, {}, { signal }),
  staleTime: Infinity,
});

/** What an area of the address is called. */
export const areaNameQuery = (code: string) =>
  queryOptions({
    queryKey: ['area-name', code],
    queryFn: async ({ signal }) => {
      const { areas } = await ask(gridsRoutes.searchAreas, { query: { q: code, limit: 8 } }, { signal });
      return areas.find((one) => one.code === code)?.name ?? code;
    },
    staleTime: Infinity,
  });

/** Names of classes and groups in the reader's language; a code nobody knows stays as it is. */
export function useNeedNames(): { classOf: (code: string) => string; groupOf: (code: string) => string } {
  const lang = languageChoice.use();
  const words = useQuery(wordsQuery).data;
  const nameIn = (
    list: readonly { code: string; name: string; nameEn: string }[] | undefined,
    code: string,
  ): string => {
    const word = list?.find((one) => one.code === code);
    return word === undefined ? code : inLanguage(lang, word.name, word.nameEn);
  };
  return { classOf: (code) => nameIn(words?.classes, code), groupOf: (code) => nameIn(words?.groups, code) };
}

/** The address of the list as a file. */
export function listFile(search: NeedSearch, format: 'xlsx' | 'docx', lang: 'zh' | 'en'): string {
  return `/api/need-list${toSearchText({ ...wantedOf(search), format, lang })}`;
}

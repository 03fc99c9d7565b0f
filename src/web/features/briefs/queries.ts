import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { briefRoutes } from '#contract/briefs.ts';
import type { ClientOutput } from '#contract/route.ts';
import { textRoutes } from '#contract/texts.ts';
import { ask } from '#web/app/ask.ts';
import type { BriefsSearch } from './search.ts';

export type Brief = ClientOutput<typeof briefRoutes.get>;
export type BriefRow = ClientOutput<typeof briefRoutes.list>['items'][number];
export type Choices = ClientOutput<typeof briefRoutes.choices>;
export type Schedule = Choices['schedules'][number];
export type Section = Brief['body']['sections'][number];
export type Part = Section['parts'][number];
export type Link = NonNullable<NonNullable<Part['table']>['links'][number][number]>;

export const briefsKey = ['briefs'] as const;

export function briefsQuery(search: Omit<BriefsSearch, 'issue'>) {
  return infiniteQueryOptions({
    queryKey: [...briefsKey, 'list', search],
    queryFn: ({ pageParam, signal }) =>
      ask(briefRoutes.list, { query: { ...search, ...(pageParam === '' ? {} : { cursor: pageParam }) } }, { signal }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
  });
}

export const choicesQuery = queryOptions({
  queryKey: [...briefsKey, 'choices'],
  queryFn: ({ signal }) => ask(briefRoutes.choices, {}, { signal }),
});

/** The hot issue a special brief is to tell of. */
export function issueQuery(id: string) {
  return queryOptions({
    queryKey: [...briefsKey, 'issue', id],
    queryFn: ({ signal }) => ask(textRoutes.issue, { params: { id } }, { signal }),
  });
}

export function briefQuery(id: string) {
  return queryOptions({
    queryKey: [...briefsKey, 'one', id],
    queryFn: ({ signal }) => ask(briefRoutes.get, { params: { id } }, { signal }),
  });
}

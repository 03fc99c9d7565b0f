import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { ClientOutput } from '#contract/route.ts';
import { textRoutes } from '#contract/texts.ts';
import { ask } from '#web/app/ask.ts';
import type { HotSearch } from './search.ts';

export type Issue = ClientOutput<typeof textRoutes.issues>['items'][number];
export type IssueDetail = ClientOutput<typeof textRoutes.issue>;
export type Case = IssueDetail['cases'][number];
export type Figures = ClientOutput<typeof textRoutes.figures>;
export type Advice = ClientOutput<typeof textRoutes.advise>;
export type Suggestion = Advice['suggestions'][number];

export const hotKey = ['texts', 'issues'] as const;

export function issuesQuery({ area }: HotSearch) {
  return queryOptions({
    queryKey: [...hotKey, 'list', area],
    queryFn: ({ signal }) => ask(textRoutes.issues, { query: area === undefined ? {} : { area } }, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  });
}

export function issueQuery(id: string) {
  return queryOptions({
    queryKey: [...hotKey, id],
    queryFn: ({ signal }) => ask(textRoutes.issue, { params: { id } }, { signal }),
  });
}

export function figuresQuery(days: number) {
  return queryOptions({
    queryKey: ['texts', 'figures', days],
    queryFn: ({ signal }) => ask(textRoutes.figures, { query: { days: String(days) } }, { signal }),
    placeholderData: keepPreviousData,
  });
}

/** `version`: asked anew once the event has changed. */
export function adviceQuery(id: string, version: number) {
  return queryOptions({
    queryKey: ['texts', 'advice', id, version],
    queryFn: ({ signal }) => ask(textRoutes.advise, { params: { id } }, { signal }),
    staleTime: 300_000,
  });
}

export function similarQuery(id: string, version: number) {
  return queryOptions({
    queryKey: ['texts', 'similar', id, version],
    queryFn: ({ signal }) => ask(textRoutes.similar, { params: { id } }, { signal }),
    staleTime: 60_000,
  });
}

import { useNavigate, useSearch } from '@tanstack/react-router';
import { demandStates, problemKinds, problemStates } from '#contract/shortfalls-views.ts';

/** What the address of the page says: any view can be sent in a message. */
export interface ShortfallSearch {
  list: 'problems' | 'demand';
  class?: string | undefined;
  kind?: string | undefined;
  state?: string | undefined;
  /** Code of an area: it and all below. */
  area?: string | undefined;
  /** '1': what is found no more. */
  gone?: string | undefined;
  /** Id of the line shown in full. */
  row?: string | undefined;
}

const oneOf = (words: readonly string[]): RegExp => new RegExp(`^(${words.join('|')})$`);
const forms = {
  class: /^[a-z][a-z0-9_]{0,40}$/,
  kind: oneOf(problemKinds),
  state: oneOf([...problemStates, ...demandStates]),
  area: /^\d{6,17}$/,
  gone: /^1$/,
  row: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
} as const satisfies Record<string, RegExp>;

/** Anything unknown is left out. */
export function parseShortfallSearch(search: Record<string, unknown>): ShortfallSearch {
  const list = search['list'] === 'demand' ? 'demand' : 'problems';
  const rest = Object.entries(forms).flatMap(([key, form]) => {
    const text = search[key] === undefined ? '' : String(search[key]);
    return form.test(text) ? [[key, text]] : [];
  });
  return { list, ...Object.fromEntries(rest) };
}

/** The address as values, and how to change some of them. */
export function useShortfallSearch(): [ShortfallSearch, (change: Partial<ShortfallSearch>) => void] {
  const search = parseShortfallSearch(useSearch({ strict: false }));
  const navigate = useNavigate();
  const go = (change: Partial<ShortfallSearch>): void => {
    const next = Object.entries({ ...search, ...change }).filter(([, value]) => value !== undefined && value !== '');
    void navigate({ to: '.', search: Object.fromEntries(next) as never, replace: change.row === undefined });
  };
  return [search, go];
}

/** An address of the desk with what is known of its search. */
export function hrefOf(page: string, search: Readonly<Record<string, string | null | undefined>>): string {
  const known = Object.entries(search).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return `/desk/${page}?${new URLSearchParams(known).toString()}`;
}

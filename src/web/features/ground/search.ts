import { useNavigate, useSearch } from '@tanstack/react-router';

/** What the address of these pages may hold. Names and numbers of people never stand in it. */
export interface GroundSearch {
  /** Id of the row shown in full. */
  row?: string | undefined;
  kind?: string | undefined;
  level?: string | undefined;
  state?: string | undefined;
  tag?: string | undefined;
  /** Family of tags. */
  group?: string | undefined;
  colour?: string | undefined;
  q?: string | undefined;
  /** Id of the responsible unit. */
  unit?: string | undefined;
  /** '1': only points that should have been looked at by now. */
  overdue?: string | undefined;
  /** Days since the last look, at least. */
  older?: string | undefined;
  sort?: string | undefined;
  /** Code of an area: it and all below. */
  area?: string | undefined;
  /** Why somebody should look. */
  reason?: string | undefined;
  /** Part of the page about inspections. */
  tab?: string | undefined;
}

const forms: Record<keyof GroundSearch, RegExp> = {
  row: /^[0-9a-f-]{36}$/,
  kind: /^[a-z_]{1,40}$/,
  level: /^[1-4]$/,
  state: /^(open|controlled|retired)$/,
  tag: /^[a-z_]{1,40}$/,
  group: /^[a-z_]{1,40}$/,
  colour: /^(red|orange|yellow|blue)$/,
  q: /^.{1,40}$/,
  unit: /^[0-9a-f-]{36}$/,
  overdue: /^1$/,
  older: /^(7|30|90|180)$/,
  sort: /^(code|due)$/,
  area: /^\d{6,18}$/,
  reason: /^(cycle|warning|follow_up)$/,
  tab: /^(tasks|cycles)$/,
};

/** Reads the address of the page; what does not fit is left out. */
export function parseGroundSearch(search: Record<string, unknown>): GroundSearch {
  return Object.fromEntries(
    Object.entries(forms).flatMap(([key, form]) => {
      const text = search[key] === undefined ? '' : String(search[key]);
      return form.test(text) ? [[key, text]] : [];
    }),
  );
}

/** The address as values, and how to change some of them. */
export function useGroundSearch(): [GroundSearch, (change: GroundSearch) => void] {
  const search = parseGroundSearch(useSearch({ strict: false }));
  const navigate = useNavigate();
  const go = (change: GroundSearch): void => {
    const next = Object.fromEntries(
      Object.entries({ ...search, ...change }).filter(([, value]) => value !== undefined && value !== ''),
    );
    void navigate({ to: '.', search: next as never, replace: change.row === undefined });
  };
  return [search, go];
}

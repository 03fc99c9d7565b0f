import { useNavigate, useSearch } from '@tanstack/react-router';

/** What the address of these pages may hold. */
export interface StationSearch {
  /** '1': only those open now. */
  open?: string | undefined;
  /** '1': also those given up. */
  past?: string | undefined;
  /** Code of a facility that must be there. */
  with?: string | undefined;
  /** Part of one station. */
  part?: string | undefined;
}

const forms: Record<keyof StationSearch, RegExp> = {
  open: /^1$/,
  past: /^1$/,
  with: /^[a-z0-9_-]{1,40}$/,
  part: /^[a-z0-9-]{1,30}$/,
};

/** Reads the address; what does not fit is left out. What other features add for their own parts passes through as text. */
export function parseStationSearch(search: Record<string, unknown>): StationSearch & Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(search).filter(([key, value]) => {
      if (typeof value !== 'string' && typeof value !== 'number') return false;
      const form = forms[key as keyof StationSearch];
      return form === undefined ? String(value).length <= 100 : form.test(String(value));
    }),
  );
}

/** The address as values, and how to change some of them. */
export function useStationSearch(): [StationSearch, (change: StationSearch) => void] {
  const search = parseStationSearch(useSearch({ strict: false }));
  const asText = Object.fromEntries(
    Object.entries(search).map(([key, value]) => [key, String(value)]),
  ) as StationSearch;
  const navigate = useNavigate();
  const go = (change: StationSearch): void => {
    const next = Object.fromEntries(
      Object.entries({ ...asText, ...change }).filter(([, value]) => value !== undefined && value !== ''),
    );
    void navigate({ to: '.', search: next as never, replace: change.part === undefined });
  };
  return [asText, go];
}

import { useNavigate, useSearch } from '@tanstack/react-router';

/** What the address of these pages may hold. */
export interface FacilitySearch {
  tab?: string | undefined;
  /** Id of the row shown in full. */
  row?: string | undefined;
  /** Class of facilities. */
  class?: string | undefined;
  family?: string | undefined;
  /** Code of an area: it and all below. */
  area?: string | undefined;
  /** '1': only those open now. */
  open?: string | undefined;
  /** '1': also those closed for good. */
  past?: string | undefined;
  missing?: string | undefined;
  q?: string | undefined;
  state?: string | undefined;
  owner?: string | undefined;
  condition?: string | undefined;
  /** At least so many square metres. */
  m2?: string | undefined;
}

const forms: Record<keyof FacilitySearch, RegExp> = {
  tab: /^(list|standards|population)$/,
  row: /^[0-9a-f-]{36}$/,
  class: /^[a-z_]{1,40}$/,
  family: /^[a-z_]{1,40}$/,
  area: /^\d{6,18}$/,
  open: /^1$/,
  past: /^1$/,
  missing: /^(hours|capacity|step_free|checked)$/,
  q: /^.{1,40}$/,
  state: /^(idle|reserved|used|withdrawn)$/,
  owner: /^[a-z_]{1,40}$/,
  condition: /^(ready|repair|rebuild|unsafe)$/,
  m2: /^\d{1,6}$/,
};

/** Reads the address; what does not fit is left out. */
export function parseFacilitySearch(search: Record<string, unknown>): FacilitySearch {
  return Object.fromEntries(
    Object.entries(forms).flatMap(([key, form]) => {
      const text = search[key] === undefined ? '' : String(search[key]);
      return form.test(text) ? [[key, text]] : [];
    }),
  );
}

/** The address as values, and how to change some of them. */
export function useFacilitySearch(): [FacilitySearch, (change: FacilitySearch) => void] {
  const search = parseFacilitySearch(useSearch({ strict: false }));
  const navigate = useNavigate();
  const go = (change: FacilitySearch): void => {
    const next = Object.fromEntries(
      Object.entries({ ...search, ...change }).filter(([, value]) => value !== undefined && value !== ''),
    );
    void navigate({ to: '.', search: next as never, replace: change.row === undefined && change.tab === undefined });
  };
  return [search, go];
}

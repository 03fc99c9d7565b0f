import { useNavigate, useSearch } from '@tanstack/react-router';

export const measures = ['online', 'visited'] as const;
export type Measure = (typeof measures)[number];

/** What the address of the page says; doors and addresses never stand in it. */
export interface CoverageSearch {
  area?: string | undefined;
  measure: Measure;
}

/** Anything unknown is left out. */
export function parseCoverageSearch(search: Record<string, unknown>): CoverageSearch {
  const area = String(search['area'] ?? '');
  return {
    measure: search['measure'] === 'visited' ? 'visited' : 'online',
    ...(/^\d{6,17}$/.test(area) ? { area } : {}),
  };
}

export function useCoverageSearch(): [CoverageSearch, (change: Partial<CoverageSearch>) => void] {
  const search = parseCoverageSearch(useSearch({ strict: false }));
  const navigate = useNavigate();
  return [
    search,
    (change) =>
      void navigate({ to: '.', search: { ...search, ...change } as never, replace: change.area === undefined }),
  ];
}

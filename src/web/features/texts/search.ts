import { useSearch } from '@tanstack/react-router';

/** What the address of the hot issues says. */
export interface HotSearch {
  /** Code of an area: it and all below. */
  area?: string | undefined;
}

export const periods = [30, 90, 365] as const;

export interface FigureSearch {
  days: (typeof periods)[number];
}

/** Anything unknown is left out. */
export function parseHotSearch(search: Record<string, unknown>): HotSearch {
  const area = search['area'] === undefined ? '' : String(search['area']);
  return /^\d{6,17}$/.test(area) ? { area } : {};
}

export function parseFigureSearch(search: Record<string, unknown>): FigureSearch {
  return { days: periods.find((days) => String(days) === String(search['days'])) ?? 90 };
}

export function useHotSearch(): HotSearch {
  return parseHotSearch(useSearch({ strict: false }));
}

export function useFigureSearch(): FigureSearch {
  return parseFigureSearch(useSearch({ strict: false }));
}

/** The address of the list, or of one issue beside it. */
export function hotHref({ area }: HotSearch, id?: string): string {
  return `/desk/hot-issues${id === undefined ? '' : `/${id}`}${area === undefined ? '' : `?area=${area}`}`;
}

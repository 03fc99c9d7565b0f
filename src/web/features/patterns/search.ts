import { useNavigate, useSearch } from '@tanstack/react-router';

export const parts = ['anomalies', 'spots', 'clusters', 'recurrences', 'flow', 'forecast'] as const;
export type Part = (typeof parts)[number];

/** What the address of the page says: any view can be sent in a message. */
export interface PatternSearch {
  part: Part;
  area?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  /** Code of a kind of event. */
  category?: string | undefined;
  /** Id of the anomaly shown in full. */
  anomaly?: string | undefined;
  /** '1': anomalies that were answered or put away too. */
  past?: string | undefined;
  by?: string | undefined;
  /** Number of the finding whose cases are open, from 0. */
  open?: string | undefined;
}

const day = /^\d{4}-\d{2}-\d{2}$/;
const forms = {
  area: /^\d{6,17}$/,
  from: day,
  to: day,
  category: /^[A-Za-z0-9]{1,20}$/,
  anomaly: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  past: /^1$/,
  by: /^(units|steps)$/,
  open: /^\d{1,3}$/,
} as const satisfies Record<string, RegExp>;

/** Anything unknown is left out. */
export function parsePatternSearch(search: Record<string, unknown>): PatternSearch {
  const part = parts.find((one) => one === search['part']) ?? 'anomalies';
  const rest = Object.entries(forms).flatMap(([key, form]) => {
    const text = search[key] === undefined ? '' : String(search[key]);
    return form.test(text) ? [[key, text]] : [];
  });
  return { part, ...Object.fromEntries(rest) };
}

/** The address as values, and how to change some of them. */
export function usePatternSearch(): [PatternSearch, (change: Partial<PatternSearch>) => void] {
  const search = parsePatternSearch(useSearch({ strict: false }));
  const navigate = useNavigate();
  const go = (change: Partial<PatternSearch>): void => {
    const next = Object.entries({ ...search, ...change }).filter(([, value]) => value !== undefined && value !== '');
    void navigate({ to: '.', search: Object.fromEntries(next) as never });
  };
  return [search, go];
}

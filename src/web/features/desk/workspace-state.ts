import { useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { useGo } from '#web/app/Go.tsx';
import { toSearchText } from '#web/app/search-text.ts';
import { parseDeskSearch, type DeskSearch } from './queue/filters.ts';

/** The desk's address as values, and a way to change some of them. Selecting does not fill the history. */
export function useDeskSearch(): { search: DeskSearch; change: (part: Partial<DeskSearch>) => void } {
  const raw = useSearch({ strict: false });
  const go = useGo();
  const search = useMemo(() => parseDeskSearch(raw), [raw]);
  const change = useCallback(
    (part: Partial<DeskSearch>) => {
      const next = parseDeskSearch({ ...search, ...part });
      // Without any filter the address would fall back to the first view; "all" is said by its order.
      const text = toSearchText(next);
      go(`/desk${text === '' ? '?sort=newest' : text}`, { replace: 'event' in part });
    },
    [search, go],
  );
  return { search, change };
}

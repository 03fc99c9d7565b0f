import { useMemo, useState } from 'react';
import type { EventRow } from '../queries.ts';

/** Most events one bulk act may carry (the contract's limit). */
const mostPicks = 200;

/** The rows picked for acting on together. Rows that leave the list leave the selection. */
export function usePicks(rows: readonly EventRow[]) {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const [anchor, setAnchor] = useState<string | null>(null);
  const picked = useMemo(() => rows.filter((row) => ids.has(row.id)), [rows, ids]);
  return {
    rows: picked,
    has: (id: string) => ids.has(id),
    clear: () => setIds(new Set()),
    all: () => setIds(new Set(rows.slice(0, mostPicks).map((row) => row.id))),
    /** `range`: everything between the last picked row and this one. */
    toggle(id: string, range: boolean) {
      const from = rows.findIndex((row) => row.id === anchor);
      const to = rows.findIndex((row) => row.id === id);
      setAnchor(id);
      if (range && from >= 0 && to >= 0) {
        const between = rows.slice(Math.min(from, to), Math.max(from, to) + 1).map((row) => row.id);
        return setIds(new Set([...ids, ...between].slice(0, mostPicks)));
      }
      const next = new Set(ids);
      if (next.has(id)) next.delete(id);
      else if (next.size < mostPicks) next.add(id);
      setIds(next);
    },
  };
}

import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';

export const forceTabs = ['grids', 'roster', 'leave', 'notes', 'helpers'] as const;
export type ForceTab = (typeof forceTabs)[number];

/** What the address of the page says. */
export interface ForceSearch {
  tab: ForceTab;
  area?: string;
  unit?: string;
  month?: string;
}

/** Anything unknown is left out. */
export function parseForceSearch({ tab, area, unit, month }: Record<string, unknown>): ForceSearch {
  const code = typeof area === 'number' ? String(area) : area;
  return {
    tab: forceTabs.find((one) => one === tab) ?? 'grids',
    ...(typeof code === 'string' && /^\d{6,17}$/.test(code) ? { area: code } : {}),
    ...(typeof unit === 'string' && /^[0-9a-f-]{36}$/.test(unit) ? { unit } : {}),
    ...(typeof month === 'string' && /^\d{4}-\d\d$/.test(month) ? { month } : {}),
  };
}

export function useForceSearch(): [ForceSearch, (change: Partial<ForceSearch>) => void] {
  const search = parseForceSearch(useSearch({ strict: false }));
  const navigate = useNavigate();
  const go = useCallback(
    (change: Partial<ForceSearch>) => void navigate({ to: '.', search: { ...search, ...change } as never }),
    // The search is made anew on each render; its text says when it means something else.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [navigate, JSON.stringify(search)],
  );
  return [search, go];
}

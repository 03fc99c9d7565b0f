import { useNavigate, useSearch } from '@tanstack/react-router';

export const tabs = ['plan', 'held', 'figures', 'rules'] as const;
export type Tab = (typeof tabs)[number];
export const planStates = ['due', 'late', 'no_answer', 'done'] as const;

/** What the address of the page says: ids and days only. */
export interface VisitsSearch {
  tab: Tab;
  worker?: string | undefined;
  state?: (typeof planStates)[number] | undefined;
  day?: string | undefined;
}

/** Anything unknown is left out. */
export function parseVisitsSearch(search: Record<string, unknown>): VisitsSearch {
  const tab = tabs.find((one) => one === search['tab']) ?? 'plan';
  const state = planStates.find((one) => one === search['state']);
  const worker = String(search['worker'] ?? '');
  const day = String(search['day'] ?? '');
  return {
    tab,
    ...(/^([0-9a-f-]{36}|none)$/.test(worker) ? { worker } : {}),
    ...(state === undefined ? {} : { state }),
    ...(/^\d{4}-\d{2}-\d{2}$/.test(day) ? { day } : {}),
  };
}

export function useVisitsSearch(): [VisitsSearch, (change: Partial<VisitsSearch>) => void] {
  const search = parseVisitsSearch(useSearch({ strict: false }));
  const navigate = useNavigate();
  return [search, (change) => void navigate({ to: '.', search: { ...search, ...change } as never, replace: true })];
}

import { useSyncExternalStore } from 'react';
import { parseSearchText, toSearchText } from '#web/app/search-text.ts';
import { filterOf, parseDeskSearch, type DeskSearch } from './filters.ts';

/** Views everybody has. The key names its words. */
export const builtInViews = {
  mine: { mine: true },
  open: { open: true },
  toReceive: { status: ['reported', 'verifying'] },
  toDispatch: { status: ['filed'] },
  toAccept: { status: ['dispatched'] },
  inWork: { status: ['handling'] },
  toCheck: { status: ['checking'] },
  late: { open: true, late: true },
  supervised: { open: true, supervised: true },
  shelved: { status: ['shelved'] },
  closed: { status: ['closed'] },
  all: {},
} as const satisfies Record<string, { [K in keyof DeskSearch]: unknown }>;
export type BuiltInView = keyof typeof builtInViews;
export const builtInViewKeys = Object.keys(builtInViews) as BuiltInView[];

/** A view this person named, kept on this device. */
export interface SavedView {
  name: string;
  /** Search part of the address, such as `?status=filed`. */
  search: string;
}

const key = 'huangge.desk.views';
const listeners = new Set<() => void>();
let views: readonly SavedView[] = read();

export function useSavedViews(): readonly SavedView[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => views,
  );
}

/** Keeps the view under this name; the same name is replaced. */
export function saveView(name: string, search: DeskSearch): void {
  const text = viewText(search);
  write([...views.filter((view) => view.name !== name), { name, search: text }]);
}

export function removeView(name: string): void {
  write(views.filter((view) => view.name !== name));
}

/** What a view remembers of the address: filters and order, never the selected event. */
export function viewText(search: DeskSearch): string {
  return toSearchText({ ...filterOf(search), sort: search.sort });
}

/** The built-in view that shows exactly this, if any. */
export function builtInOf(search: DeskSearch): BuiltInView | undefined {
  const text = toSearchText(filterOf(search));
  return builtInViewKeys.find((name) => toSearchText(filterOf(parseDeskSearch(builtInViews[name]))) === text);
}

function read(): readonly SavedView[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
    if (!Array.isArray(found)) return [];
    return found.flatMap((one: Partial<SavedView> | null) =>
      typeof one?.name === 'string' && typeof one.search === 'string'
        ? [{ name: one.name, search: viewText(parseDeskSearch(parseSearchText(one.search))) }]
        : [],
    );
  } catch {
    return [];
  }
}

function write(next: readonly SavedView[]): void {
  views = next;
  try {
    localStorage.setItem(key, JSON.stringify(next));
  } catch {
    // Refused storage: the views last for the visit.
  }
  for (const listener of listeners) listener();
}

import { useSyncExternalStore } from 'react';
import { byCategory, type Draft, type Rule } from './draft.ts';

const key = 'huangge.library-draft';

interface Kept {
  /** The version the changes were made against, and its rules for those categories. */
  version: number;
  before: readonly Rule[];
  draft: Draft;
}

let kept: Kept = read();
const listeners = new Set<() => void>();

/** Changes not yet published; they survive a reload in this browser, and are nobody else's business until published. */
export function useDraft(): Kept {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => kept,
  );
}

/** The same outside components. */
export function draftNow(): Kept {
  return kept;
}

export function setDraft(next: Kept): void {
  kept = next;
  try {
    localStorage.setItem(key, JSON.stringify({ ...next, draft: [...next.draft.values()] }));
  } catch {
    // Refused storage only shortens how long the draft lasts.
  }
  for (const listener of listeners) listener();
}

function read(): Kept {
  try {
    const found = JSON.parse(localStorage.getItem(key) ?? 'null') as {
      version: number;
      before: Rule[];
      draft: Rule[];
    } | null;
    if (found !== null) return { version: found.version, before: found.before, draft: byCategory(found.draft) };
  } catch {
    // A draft that cannot be read is none.
  }
  return { version: 0, before: [], draft: new Map() };
}

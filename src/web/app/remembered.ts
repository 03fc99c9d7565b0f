import { useSyncExternalStore } from 'react';

/** One choice of this reader, kept on this device. Storage may be refused (private mode): then it lasts for the visit. */
export interface Remembered<T extends string> {
  get(): T;
  set(next: T): void;
  /** Hook: the value, re-rendering on change. */
  use(): T;
}

/** `fallback` decides until the reader has chosen; `apply` runs at once and after each change. */
export function remembered<T extends string>(
  key: string,
  allowed: readonly T[],
  fallback: () => T,
  apply: (value: T) => void,
): Remembered<T> {
  const listeners = new Set<() => void>();
  let value = read(key, allowed) ?? fallback();
  const subscribe = (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  const get = (): T => value;
  const take = (next: T): void => {
    value = next;
    apply(next);
    for (const listener of listeners) listener();
  };
  apply(value);
  // Chosen in another tab of this device: this one follows.
  if (typeof window !== 'undefined')
    window.addEventListener('storage', (event) => {
      if (event.key === key) take(read(key, allowed) ?? fallback());
    });
  return {
    get,
    set: (next) => {
      try {
        localStorage.setItem(key, next);
      } catch {
        // Refused storage only shortens how long the choice lasts.
      }
      take(next);
    },
    use: () => useSyncExternalStore(subscribe, get, get),
  };
}

function read<T extends string>(key: string, allowed: readonly T[]): T | undefined {
  try {
    const found = localStorage.getItem(key);
    return allowed.find((word) => word === found);
  } catch {
    return undefined;
  }
}

/** Sets an attribute of <html>, where there is one (tests without a page have none). */
export function markPage(name: string, value: string): void {
  if (typeof document !== 'undefined') document.documentElement.setAttribute(name, value);
}

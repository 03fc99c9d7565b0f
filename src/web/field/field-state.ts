import { useSyncExternalStore } from 'react';

/** A value that screens show and that changes outside them. */
export interface Shown<T> {
  get(): T;
  set(next: T): void;
  use(): T;
}

export function shown<T>(first: T): Shown<T> {
  let value = first;
  const listeners = new Set<() => void>();
  const subscribe = (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  const get = (): T => value;
  return {
    get,
    set(next) {
      value = next;
      for (const listener of listeners) listener();
    },
    use: () => useSyncExternalStore(subscribe, get),
  };
}

/**
 * The last copy of what this phone read of stations: public facts only, nothing about the reader. Shown at once and
 * without network; replaced by each answer.
 */
import { useEffect, useState } from 'react';

const prefix = 'huangge.stations.';

export interface Kept<T> {
  value: T | undefined;
  /** What went wrong when it was asked for last; the copy is shown all the same. */
  error: unknown;
  /** False: `value` is a copy from before, and no answer has come yet (or none can). */
  fresh: boolean;
  reload: () => void;
}

/** The kept copy of `key` at once, then what `load` answers. */
export function useKept<T>(key: string, load: (signal: AbortSignal) => Promise<T>): Kept<T> {
  const [state, setState] = useState<{ key: string; value: T | undefined; error: unknown; fresh: boolean }>(() => ({
    key,
    value: readKept<T>(key),
    error: undefined,
    fresh: false,
  }));
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const stop = new AbortController();
    load(stop.signal).then(
      (value) => {
        if (stop.signal.aborted) return;
        keep(key, value);
        setState({ key, value, error: undefined, fresh: true });
      },
      (error: unknown) => {
        if (!stop.signal.aborted) setState({ key, value: readKept<T>(key), error, fresh: false });
      },
    );
    const online = (): void => setTurn((n) => n + 1);
    addEventListener('online', online);
    return () => {
      stop.abort();
      removeEventListener('online', online);
    };
    // `load` is made anew on each render; `key` says when it means something else.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [key, turn]);
  const current = state.key === key ? state : { value: readKept<T>(key), error: undefined, fresh: false };
  return { ...current, reload: () => setTurn((n) => n + 1) };
}

/** Undefined when nothing was kept, or storage is refused (private mode). */
export function readKept<T>(key: string): T | undefined {
  try {
    const text = localStorage.getItem(prefix + key);
    return text === null ? undefined : (JSON.parse(text) as T);
  } catch {
    return undefined;
  }
}

function keep(key: string, value: unknown): void {
  try {
    localStorage.setItem(prefix + key, JSON.stringify(value));
  } catch {
    // Storage refused or full: it works with the network all the same.
  }
}

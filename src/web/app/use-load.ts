import { useCallback, useEffect, useState } from 'react';

export interface Loaded<T> {
  /** The last answer; kept while a newer one is fetched or cannot be had. */
  value: T | undefined;
  error: unknown;
  /** When the last answer came, epoch ms; 0 before any. */
  asOf: number;
  loading: boolean;
  reload: () => void;
}

/** Fetches when the page shows it and whenever `key` changes; null fetches nothing. For light pages without TanStack Query. */
export function useLoad<T>(key: string | null, load: (signal: AbortSignal) => Promise<T>): Loaded<T> {
  const [state, setState] = useState<{ key: string | null; value?: T; asOf?: number; error?: unknown }>({ key: null });
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    if (key === null) return;
    const stop = new AbortController();
    load(stop.signal).then(
      (value) => !stop.signal.aborted && setState({ key, value, asOf: Date.now() }),
      (error: unknown) =>
        !stop.signal.aborted &&
        setState((before) => ({
          key,
          ...(before.key === key ? { value: before.value, asOf: before.asOf } : {}),
          error,
        })),
    );
    return () => stop.abort();
    // `load` is made anew on each render; `key` says when it means something else.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [key, turn]);
  const reload = useCallback(() => setTurn((n) => n + 1), []);
  const current = state.key === key;
  return {
    value: current ? state.value : undefined,
    error: current ? state.error : undefined,
    asOf: (current ? state.asOf : undefined) ?? 0,
    loading: key !== null && !current,
    reload,
  };
}

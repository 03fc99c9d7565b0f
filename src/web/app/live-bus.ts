import { useEffect, useRef } from 'react';
import type { LiveChange } from './live.ts';

type Heard = LiveChange | 'reset';

const listeners = new Set<(heard: Heard) => void>();

/** Passes on what the desk's one live connection hears; 'reset' means: too far behind, read everything anew. */
export function tellLive(heard: Heard): void {
  for (const listener of listeners) listener(heard);
}

/** Hears every change while the component is shown. The desk's shell holds the connection. */
export function useLiveChanges(listener: (heard: Heard) => void): void {
  const latest = useRef(listener);
  latest.current = listener;
  useEffect(() => {
    const hear = (heard: Heard): void => latest.current(heard);
    listeners.add(hear);
    return () => void listeners.delete(hear);
  }, []);
}

import { useSyncExternalStore } from 'react';

/**
 * Requests that met an expired session wait here while the sign-in sheet is open, and go on when somebody has signed in.
 * Nothing on the page is lost: the sheet lies over it.
 */
let waiting: { done: Promise<void>; open: () => void; refuse: (why: Error) => void } | null = null;
const listeners = new Set<() => void>();

/** Resolves after the next sign-in; rejects when the sheet is closed without one. */
export function waitForSignIn(): Promise<void> {
  if (waiting === null) {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    promise.catch(() => undefined);
    waiting = { done: promise, open: resolve, refuse: reject };
    tell();
  }
  return waiting.done;
}

/** Called by the sheet: lets the waiting requests go, or refuses them all with `why`. */
export function endWait(why?: Error): void {
  const held = waiting;
  waiting = null;
  if (why === undefined) held?.open();
  else held?.refuse(why);
  tell();
}

export function useIsSignInWanted(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => waiting !== null,
  );
}

function tell(): void {
  for (const listener of listeners) listener();
}

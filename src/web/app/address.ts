import { useSyncExternalStore } from 'react';

/** The path in the address bar, for pages too small for a router. Changes by `goTo`, back and forward. */
export function usePath(): string {
  return useSyncExternalStore(subscribe, () => location.pathname);
}

/** Shows another page of the same face without loading it again. */
export function goTo(path: string): void {
  history.pushState(null, '', path);
  dispatchEvent(new PopStateEvent('popstate'));
  scrollTo(0, 0);
}

function subscribe(listener: () => void): () => void {
  addEventListener('popstate', listener);
  return () => removeEventListener('popstate', listener);
}

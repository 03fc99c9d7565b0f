import { useEffect, useState } from 'react';
import { store } from '#web/field/field-app.ts';
import { useOnline, useOutbox } from '#web/field/use-field.ts';

/**
 * What the tablet shows of a station: the last copy at once, a fresh one when there is a network and after something was
 * sent. `forget` takes out what may not stay on the device.
 */
export function useKept<T>(
  key: string,
  load: () => Promise<T>,
  forget: (value: T) => T = (value) => value,
): T | undefined {
  const online = useOnline();
  const sent = useOutbox().receipts.length;
  const [state, setState] = useState<{ key: string; value: T } | null>(null);
  useEffect(() => {
    let live = true;
    void store
      .readKept<T>(key)
      .catch(() => undefined)
      .then((value) => {
        if (live && value !== undefined) setState((now) => (now?.key === key ? now : { key, value }));
      });
    return () => {
      live = false;
    };
  }, [key]);
  useEffect(() => {
    if (!online) return;
    let live = true;
    load().then(
      (value) => {
        if (live) setState({ key, value });
        void store.keep(key, forget(value));
      },
      // The last copy stays; what the network refused is tried again with the next change.
      () => undefined,
    );
    return () => {
      live = false;
    };
    // `load` and `forget` are made anew on each render; `key` says when they mean something else.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [key, online, sent]);
  return state?.key === key ? state.value : undefined;
}

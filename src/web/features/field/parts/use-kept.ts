import { useEffect, useRef, useState } from 'react';
import { store } from '#web/field/field-app.ts';

/**
 * A draft that survives the page being put away (phones often end it while the camera is open). Null until the store was
 * asked. `forget` also stops further keeping.
 */
export function useKept<T>(
  key: string,
  empty: () => T,
): { value: T | null; found: boolean; set: (part: Partial<T>) => void; forget: () => Promise<void> } {
  const [value, setValue] = useState<T | null>(null);
  const [found, setFound] = useState(false);
  const over = useRef(false);
  useEffect(() => {
    let shown = true;
    store.readKept<T>(key).then(
      (kept) => {
        if (!shown) return;
        setFound(kept !== undefined);
        setValue((before) => before ?? (kept === undefined ? empty() : { ...empty(), ...kept }));
      },
      () => shown && setValue((before) => before ?? empty()),
    );
    return () => {
      shown = false;
    };
    // `empty` is made anew on each render; the key says when it means something else.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [key]);
  const touched = useRef(false);
  useEffect(() => {
    if (value === null || over.current || !touched.current) return;
    const timer = setTimeout(() => void store.keep(key, value).catch(() => undefined), 250);
    return () => clearTimeout(timer);
  }, [key, value]);
  return {
    value,
    found,
    set: (part) => {
      touched.current = true;
      setValue((before) => ({ ...(before ?? empty()), ...part }));
    },
    forget: async () => {
      over.current = true;
      await store.forget(key);
    },
  };
}

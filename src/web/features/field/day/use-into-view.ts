import { useEffect, useRef, type RefObject } from 'react';

/** Hook: brings a part that has just been opened to where it is read. Give the ref to its outermost element. */
export function useIntoView<T extends HTMLElement>(): RefObject<T | null> {
  const part = useRef<T>(null);
  useEffect(() => {
    // Braces: some browsers answer a promise, which is no way to clean up.
    part.current?.scrollIntoView({ block: 'start' });
  }, []);
  return part;
}

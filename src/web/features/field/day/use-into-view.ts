import { useEffect, useRef, type RefObject } from 'react';

/** Hook: brings a part that has just been opened to where it is read. Give the ref to its outermost element. */
export function useIntoView<T extends HTMLElement>(): RefObject<T | null> {
  const part = useRef<T>(null);
  useEffect(() => part.current?.scrollIntoView({ block: 'start' }), []);
  return part;
}

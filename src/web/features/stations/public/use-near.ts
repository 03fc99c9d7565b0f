import { useEffect, useRef, useState, type RefObject } from 'react';

/** By then the page itself has come; whoever reads by headings or searches in the page finds the rest there. */
const idleMs = 2_000;
/** As soon as it is about one screen away. */
const ahead = '300px';

/** Becomes true, and stays so, once the reader has scrolled near the marked place or the page has stood for a while. */
export function useNear<T extends Element>(): [boolean, RefObject<T | null>] {
  const mark = useRef<T>(null);
  const [near, setNear] = useState(false);
  useEffect(() => {
    if (near) return;
    const come = (): void => setNear(true);
    const timer = setTimeout(come, idleMs);
    const watch =
      typeof IntersectionObserver === 'undefined'
        ? undefined
        : new IntersectionObserver((seen) => seen.some(({ isIntersecting }) => isIntersecting) && come(), {
            rootMargin: ahead,
          });
    if (mark.current !== null) watch?.observe(mark.current);
    return () => {
      clearTimeout(timer);
      watch?.disconnect();
    };
  }, [near]);
  return [near, mark];
}

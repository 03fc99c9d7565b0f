import { useEffect, useState, type RefObject } from 'react';

/** Size of an element and of its type, in CSS pixels. */
export interface Box {
  width: number;
  height: number;
  em: number;
}

/** Follows the size of what `ref` holds. Before it is laid out (and in tests): 640 × 240, type of 16 px. */
export function useBox(ref: RefObject<Element | null>): Box {
  const [box, setBox] = useState<Box>({ width: 640, height: 240, em: 16 });
  useEffect(() => {
    const element = ref.current;
    if (element === null || typeof ResizeObserver === 'undefined') return;
    const look = (): void => {
      const { width, height } = element.getBoundingClientRect();
      const em = Number.parseFloat(getComputedStyle(element).fontSize);
      if (width > 0 && height > 0)
        setBox((old) => (old.width === width && old.height === height && old.em === em ? old : { width, height, em }));
    };
    const observer = new ResizeObserver(look);
    observer.observe(element);
    look();
    return () => observer.disconnect();
  }, [ref]);
  return box;
}

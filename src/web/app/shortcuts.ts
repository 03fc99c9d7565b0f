import { useEffect, useRef } from 'react';

/** True while somebody types, or a dialog has the keyboard: then letters are letters. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  if (target.closest('input, textarea, select, [contenteditable="true"], [role="combobox"], [role="dialog"]') !== null)
    return true;
  return document.querySelector('.ant-modal-wrap:not([style*="display: none"])') !== null;
}

/** The name of a key as the table of shortcuts writes it; undefined when a modifier makes it the browser's. */
export function keyOf(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>): string | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
  return event.key.length === 1 ? event.key.toLowerCase() : event.key;
}

/** Listens to single keys while the component is shown. Keys typed into fields are left alone. */
export function useShortcuts(keys: Readonly<Record<string, (() => void) | undefined>>): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const hear = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || isTyping(event.target)) return;
      const key = keyOf(event);
      const act = key === undefined ? undefined : latest.current[key];
      if (act === undefined) return;
      // A focused button keeps its own Enter and space.
      if (
        (key === 'Enter' || key === ' ') &&
        event.target instanceof Element &&
        event.target.closest('button, a') !== null
      )
        return;
      event.preventDefault();
      act();
    };
    addEventListener('keydown', hear);
    return () => removeEventListener('keydown', hear);
  }, []);
}

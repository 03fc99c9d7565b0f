import { useEffect, useRef } from 'react';
import type { QuickVerb } from './acts.ts';

const letters: Readonly<Record<string, QuickVerb>> = { a: 'acknowledge', f: 'false', e: 'raise' };

export type AlarmKey = QuickVerb | 'open';

interface Pressed {
  key: string;
  modified: boolean;
  /** Where letters are letters: a field, a dialog. */
  typing: boolean;
  /** An event is open on the page and has letters of its own. */
  eventOpen: boolean;
  /** The focus is on a row of the strip. */
  inStrip: boolean;
  /** The focus is on something that has its own Enter. */
  onControl: boolean;
}

/**
 * Which answer a key is. Capital letters mean the alarm wherever somebody is; small ones too, unless an event is open
 * whose own keys they are. `late`: only when no other part of the page took the key.
 */
export function alarmKey(pressed: Pressed): { act: AlarmKey; late: boolean } | null {
  const { key, modified, typing, eventOpen, inStrip, onControl } = pressed;
  if (modified || typing) return null;
  if (key === 'Enter') return onControl ? null : { act: 'open', late: true };
  const act = letters[key.toLowerCase()];
  if (act === undefined) return null;
  if (key !== key.toLowerCase() || inStrip) return { act, late: false };
  return eventOpen ? null : { act, late: true };
}

/** Listens while there are alarms. `focused`: the key of the row that has the focus, or null. */
export function useAlarmKeys(onKey: (key: AlarmKey, focused: string | null) => void, active: boolean): void {
  const latest = useRef(onKey);
  latest.current = onKey;
  useEffect(() => {
    if (!active) return;
    const hear = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.repeat) return;
      const row = event.target instanceof Element ? event.target.closest('[data-alarm-row]') : null;
      const focused = row?.getAttribute('data-alarm-row') ?? null;
      const found = alarmKey(pressedOf(event, row !== null));
      if (found === null) return;
      if (found.late) setTimeout(() => event.defaultPrevented || latest.current(found.act, focused), 0);
      else {
        event.preventDefault();
        latest.current(found.act, focused);
      }
    };
    addEventListener('keydown', hear, { capture: true });
    return () => removeEventListener('keydown', hear, { capture: true });
  }, [active]);
}

const fields = 'input, textarea, select, [contenteditable="true"], [role="combobox"], [role="dialog"]';

function pressedOf(event: KeyboardEvent, inStrip: boolean): Pressed {
  const at = event.target instanceof Element ? event.target : null;
  return {
    key: event.key,
    modified: event.ctrlKey || event.metaKey || event.altKey,
    typing:
      at?.closest(fields) !== null && at !== null
        ? true
        : document.querySelector('.ant-modal-wrap:not([style*="display: none"])') !== null,
    eventOpen: location.pathname === '/desk' && new URLSearchParams(location.search).has('event'),
    inStrip,
    onControl: at !== null && at.closest('button, a, summary') !== null,
  };
}

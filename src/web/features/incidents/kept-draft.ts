import { useState } from 'react';

const prefix = 'huangge.draft.';

export interface KeptDraft<T> {
  fields: T;
  /** True when it was typed earlier and not sent. */
  restored: boolean;
  set: (part: Partial<T>) => void;
  /** Begins anew with these. */
  begin: (fields: T) => void;
  forget: () => void;
}

/** What is typed is kept on this device until it is sent, whatever happens to the page. */
export function useKeptDraft<T extends object>(key: string, start: T): KeptDraft<T> {
  const [found] = useState(() => read<T>(key));
  const [fields, setFields] = useState<T>(found === null ? start : { ...start, ...found });
  const [restored, setRestored] = useState(found !== null);
  return {
    fields,
    restored,
    set: (part) =>
      setFields((now) => {
        const next = { ...now, ...part };
        write(key, next);
        return next;
      }),
    begin: (next) => {
      write(key, null);
      setRestored(false);
      setFields(next);
    },
    forget: () => write(key, null),
  };
}

function read<T>(key: string): Partial<T> | null {
  try {
    return JSON.parse(localStorage.getItem(prefix + key) ?? 'null') as Partial<T> | null;
  } catch {
    return null;
  }
}

function write(key: string, value: object | null): void {
  try {
    if (value === null) localStorage.removeItem(prefix + key);
    else localStorage.setItem(prefix + key, JSON.stringify(value));
  } catch {
    // Storage is refused (private mode): the draft lasts as long as the page.
  }
}

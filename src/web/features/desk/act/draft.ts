import { useCallback, useState } from 'react';
import { emptyValues, type ActionValues } from './values.ts';

/** What was typed survives a reload, an expired session and a lost connection: it is kept on this device until sent. */
interface Stored {
  values: Partial<ActionValues>;
  /** Made once for this intention, and again only when what is sent differs. */
  opId: string;
  /** The body it was last sent with, as text. */
  sent: string | null;
}

const prefix = 'huangge.draft.';

export interface Draft {
  values: ActionValues;
  set: (part: Partial<ActionValues>) => void;
  /** The operation id for this body: the same body has the same id, however often it is sent. */
  opIdFor: (body: object) => string;
  clear: () => void;
}

export function useDraft(key: string, start: Partial<ActionValues>): Draft {
  const [stored, setStored] = useState<Stored>(() => read(key));
  const values = { ...emptyValues, ...start, ...stored.values };
  const set = useCallback(
    (part: Partial<ActionValues>) => setStored((now) => write(key, { ...now, values: { ...now.values, ...part } })),
    [key],
  );
  const opIdFor = (body: object): string => {
    const now = read(key, stored);
    const text = JSON.stringify(body);
    const next = now.sent === null || now.sent === text ? now.opId : crypto.randomUUID();
    setStored(write(key, { ...now, values: stored.values, opId: next, sent: text }));
    return next;
  };
  const clear = (): void => {
    try {
      sessionStorage.removeItem(prefix + key);
      localStorage.removeItem(prefix + key);
    } catch {
      // Nothing was kept, so nothing needs to go.
    }
    setStored(fresh());
  };
  return { values, set, opIdFor, clear };
}

function fresh(): Stored {
  return { values: {}, opId: crypto.randomUUID(), sent: null };
}

function read(key: string, otherwise: Stored = fresh()): Stored {
  try {
    const found = JSON.parse(localStorage.getItem(prefix + key) ?? 'null') as Partial<Stored> | null;
    return typeof found?.opId === 'string'
      ? { values: found.values ?? {}, opId: found.opId, sent: found.sent ?? null }
      : otherwise;
  } catch {
    return otherwise;
  }
}

function write(key: string, next: Stored): Stored {
  try {
    localStorage.setItem(prefix + key, JSON.stringify(next));
  } catch {
    // Refused storage: the draft lasts for the visit.
  }
  return next;
}

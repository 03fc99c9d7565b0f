import { useCallback, useEffect, useState } from 'react';
import type { EventDetail } from '#web/field/field-api.ts';
import { reading, readEvent } from '#web/field/field-app.ts';
import { useOutbox } from '#web/field/use-field.ts';

export interface SeenEvent {
  detail: EventDetail | undefined;
  /** Epoch milliseconds when it was read from the server. */
  savedMs: number | null;
  error: unknown;
  reload: () => void;
}

/** One event: the phone's copy at once, then the server's; again whenever something of it was acknowledged. */
export function useEvent(id: string): SeenEvent {
  const { pack } = reading.use();
  const sent = useOutbox().receipts.filter((receipt) => receipt.eventId === id).length;
  const [read, setRead] = useState<{ value?: EventDetail; savedMs: number | null; error?: unknown }>({ savedMs: null });
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let shown = true;
    readEvent(id).then(
      ({ value, savedMs }) => shown && setRead({ value, savedMs }),
      (error: unknown) => shown && setRead((before) => ({ ...before, error })),
    );
    return () => {
      shown = false;
    };
  }, [id, sent, turn, pack.savedMs]);
  const reload = useCallback(() => setTurn((n) => n + 1), []);
  const detail = read.value ?? pack.details.get(id);
  return { detail, savedMs: read.savedMs ?? pack.savedMs, error: read.error, reload };
}

import { useCallback, useEffect, useState } from 'react';
import { call } from '#web/app/call.ts';
import { store } from '#web/field/field-app.ts';
import { useHolder, useOutbox } from '#web/field/use-field.ts';
import { tabletApi, type Booking, type Day } from './api.ts';

const keyOf = (stationId: string): string => `bookings:${stationId}`;
const everyMs = 60_000;

/** The last copy tells of nobody: codes are enough at the counter, so it may outlive the session. */
const bare = (day: Day): Day => ({
  ...day,
  items: day.items.map((one) => ({ ...one, phone: null, name: null, note: '', ratingWords: '' })),
});

export interface TabletDay {
  day: Day | null;
  error: unknown;
  /** What was done here and may not have been sent yet shows at once. */
  mark: (id: string, change: Partial<Booking>) => void;
  reload: () => void;
}

/** Hook: today's bookings, read again each minute and after something was sent; without a network the last copy. */
export function useDay(stationId: string): TabletDay {
  const [day, setDay] = useState<Day | null>(null);
  const [error, setError] = useState<unknown>();
  const sent = useOutbox().receipts.length;
  const { locker } = useHolder().runner;
  const read = useCallback(async (): Promise<void> => {
    try {
      const fresh = await call(tabletApi.day, { query: { station: stationId } });
      setDay(fresh);
      setError(undefined);
      await store.keep(keyOf(stationId), bare(fresh));
      // Fetched while there is a network: without one, what is written about somebody must still be sealed.
      if (locker.able) await locker.ready();
    } catch (failure) {
      setError(failure);
      const kept = await store.readKept<Day>(keyOf(stationId)).catch(() => undefined);
      setDay((now) => now ?? kept ?? null);
    }
  }, [stationId, locker]);
  useEffect(() => {
    const again = (): void => {
      if (document.visibilityState === 'visible') void read();
    };
    const soon = setTimeout(again, sent === 0 ? 0 : 800);
    const timer = setInterval(again, everyMs);
    addEventListener('online', again);
    return () => {
      clearTimeout(soon);
      clearInterval(timer);
      removeEventListener('online', again);
    };
  }, [read, sent]);
  const mark = (id: string, change: Partial<Booking>): void => {
    if (day === null) return;
    const next = { ...day, items: day.items.map((one) => (one.id === id ? { ...one, ...change } : one)) };
    setDay(next);
    void store.keep(keyOf(stationId), bare(next));
  };
  return { day, error, mark, reload: () => void read() };
}

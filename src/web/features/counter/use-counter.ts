import { createContext, use, useEffect } from 'react';
import { useHolder, useOutbox } from '#web/field/use-field.ts';
import type { Counter, CounterStation, CounterWords } from './counter-api.ts';
import {
  chosenStation,
  counterView,
  pullCounter,
  readChosen,
  readKeptCounter,
  type CounterView,
} from './counter-state.ts';

const everyMs = 60_000;

/** Hook: keeps what the counter shows fresh while it is looked at, and after something was sent. */
export function useFreshCounter(): CounterView {
  const { account } = useHolder();
  const sent = useOutbox().receipts.length;
  useEffect(() => {
    void readChosen();
    void readKeptCounter(account.id);
  }, [account.id]);
  useEffect(() => {
    const read = (): void => {
      if (document.visibilityState === 'visible' && navigator.onLine) void pullCounter(account.id);
    };
    // A moment later: a row of taps is one reading.
    const soon = setTimeout(read, sent === 0 ? 0 : 1_500);
    const timer = setInterval(read, everyMs);
    addEventListener('online', read);
    document.addEventListener('visibilitychange', read);
    return () => {
      clearTimeout(soon);
      clearInterval(timer);
      removeEventListener('online', read);
      document.removeEventListener('visibilitychange', read);
    };
  }, [account.id, sent]);
  return counterView.use();
}

/** The station this tablet stands at: the chosen one, else the first. */
export function useChosen(counter: Counter | null): CounterStation | undefined {
  const chosen = chosenStation.use();
  const stations = counter?.stations ?? [];
  return stations.find(({ id }) => id === chosen) ?? stations[0];
}

export interface Standing {
  station: CounterStation;
  words: CounterWords;
}

export const StandingContext = createContext<Standing | null>(null);

/** Hook: where this counter is and its words. */
export function useStanding(): Standing {
  const standing = use(StandingContext);
  if (standing === null) throw new Error('This is shown only at the counter of a station.');
  return standing;
}

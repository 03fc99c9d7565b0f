import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Account } from '#web/field/field-api.ts';
import type { Command } from '#web/field/command.ts';
import type { OutboxView, Runner } from '#web/field/runner.ts';

export interface Holder {
  account: Account;
  runner: Runner;
}

/** Given by the shell once somebody holds the phone. */
export const HolderContext = createContext<Holder | null>(null);

export function useHolder(): Holder {
  const holder = useContext(HolderContext);
  if (holder === null) throw new Error('This page is shown only to somebody who has signed in.');
  return holder;
}

export function useOutbox(): OutboxView {
  const { runner } = useHolder();
  return useSyncExternalStore(runner.subscribe, runner.view);
}

/** Commands on one event that the server has not acknowledged. */
export function unsentOf(view: OutboxView, eventId: string): Command[] {
  return view.commands.filter((command) => command.eventId === eventId);
}

export function useOnline(): boolean {
  return useSyncExternalStore(
    (listener) => {
      addEventListener('online', listener);
      addEventListener('offline', listener);
      return () => {
        removeEventListener('online', listener);
        removeEventListener('offline', listener);
      };
    },
    () => navigator.onLine,
  );
}

import { call } from '#web/app/call.ts';
import { store } from '#web/field/field-app.ts';
import { shown } from '#web/field/field-state.ts';
import { counterApi, type Counter } from './counter-api.ts';

/** What the counter shows; null until the tablet has read it once. */
export interface CounterView {
  account: string;
  counter: Counter | null;
  /** Epoch milliseconds of the last reading. */
  savedMs: number | null;
  error: unknown;
}

const none: CounterView = { account: '', counter: null, savedMs: null, error: undefined };
export const counterView = shown<CounterView>(none);

const keyOf = (account: string): string => `counter:${account}`;
/** Nothing in it tells of anybody, so it outlives the session: the tablet opens its counter without a network. */
interface Kept {
  counter: Counter;
  savedMs: number;
}

/** Shows what the tablet has kept for this account. */
export async function readKeptCounter(account: string): Promise<void> {
  if (counterView.get().account === account) return;
  counterView.set({ ...none, account });
  const kept = await store.readKept<Kept>(keyOf(account)).catch(() => undefined);
  if (kept !== undefined && counterView.get().account === account && counterView.get().counter === null)
    counterView.set({ ...none, account, ...kept });
}

/** Reads anew; without a network the last copy stays. */
export async function pullCounter(account: string): Promise<void> {
  try {
    const counter = await call(counterApi.counter, {});
    const savedMs = Date.now();
    await store.keep(keyOf(account), { counter, savedMs } satisfies Kept);
    if (counterView.get().account === account) counterView.set({ account, counter, savedMs, error: undefined });
  } catch (error) {
    if (counterView.get().account === account) counterView.set({ ...counterView.get(), error });
  }
}

/** Which station the tablet stands at, for those appointed to several; kept on this device. */
export const chosenStation = shown<string | null>(null);
const chosenKey = 'counter:station';

export async function readChosen(): Promise<void> {
  chosenStation.set((await store.readKept<string>(chosenKey).catch(() => undefined)) ?? null);
}

export async function choose(stationId: string): Promise<void> {
  chosenStation.set(stationId);
  await store.keep(chosenKey, stationId);
}

import { call } from '#web/app/call.ts';
import { isPassing, ProblemError } from '#web/app/problem.ts';
import { setCsrfToken } from '#web/app/session.ts';
import type { Receipt } from './command.ts';
import { pullDayLists, readDayLists } from './day-lists.ts';
import {
  emptyDay,
  hasDay,
  isOver,
  keepDay,
  pullDay,
  readDay,
  wipeDay,
  wipeSealed,
  withoutSent,
  type Day,
} from './day-pack.ts';
import { sessionApi, type Account, type EventDetail } from './field-api.ts';
import { shown } from './field-state.ts';
import { openFieldStore, type FieldStore } from './field-store.ts';
import { pullLists, readLists } from './known-lists.ts';
import { fieldWorld } from './field-world.ts';
import { emptyPack, findKeptEvent, pullEvent, pullPack, readPack, wipeCopies, type Pack } from './pack.ts';
import { startRunner, watchSignals, type Runner } from './runner.ts';

/** Who holds the phone. expired: known and at work, but the server wants the password again before anything is sent. */
export type Presence =
  { state: 'starting' } | { state: 'out' } | { state: 'in' | 'expired'; account: Account; runner: Runner };

export interface Reading {
  pack: Pack;
  busy: boolean;
  /** The last reading failed; what is shown is older. */
  error: unknown;
}

export const store: FieldStore = openFieldStore();
export const presence = shown<Presence>({ state: 'starting' });
export const reading = shown<Reading>({ pack: emptyPack, busy: false, error: undefined });
/** Visits and inspections of the day: on the phone only while its person is signed in, and not longer than a day. */
export const today = shown<Day>(emptyDay);
/** True while the sign-in sheet is wanted over the page. */
export const signInSheet = shown(false);

const whoKey = 'who';
let unwatch: (() => void) | null = null;

/** Shows the app at once to the person who used it last, and asks the server who is signed in. Works without a network. */
export async function startField(): Promise<void> {
  await readLists(store).catch(() => undefined);
  await readDayLists(store).catch(() => undefined);
  const known = await store.readKept<Account>(whoKey).catch(() => undefined);
  if (known !== undefined) await enter(known);
  try {
    const state = await call(sessionApi.me, {}, { timeoutMs: 8_000 });
    setCsrfToken(state.csrfToken);
    if (state.account !== null) await enter(state.account);
    else if (known === undefined) presence.set({ state: 'out' });
    else markExpired();
  } catch {
    if (known === undefined) presence.set({ state: 'out' });
  }
  void refresh();
}

/** After sign-in, and at start. Another person than before: what the other had read is wiped, unsent acts are kept for them. */
export async function enter(account: Account): Promise<void> {
  const before = presence.get();
  signInSheet.set(false);
  if ('account' in before && before.account.id === account.id) {
    await store.keep(whoKey, account);
    presence.set({ ...before, state: 'in', account });
    void before.runner.run();
    return;
  }
  const known = await store.readKept<Account>(whoKey).catch(() => undefined);
  if (known !== undefined && known.id !== account.id) await forgetWhatWasRead();
  leave();
  await store.keep(whoKey, account);
  const runner = startRunner({
    store,
    world: fieldWorld(account.id, store),
    account: account.id,
    onSent: (sent) => void takeOut(account, sent).then(() => (changesLists(sent) ? refresh() : undefined)),
    onSignInWanted: markExpired,
  });
  const stop = watchSignals(runner, window);
  const stopReading = watchReading();
  unwatch = () => {
    stop();
    stopReading();
    runner.stop();
  };
  reading.set({ pack: await readPack(store, Date.now()), busy: false, error: undefined });
  today.set(await readDay(store, account.id, Date.now()));
  presence.set({ state: 'in', account, runner });
}

function leave(): void {
  unwatch?.();
  unwatch = null;
}

/** Ends the session, wipes what was read; unsent acts stay on this phone until their owner signs in again. */
export async function signOutField(): Promise<void> {
  const ended = call(sessionApi.signOut, { body: {} }, { timeoutMs: 8_000 }).catch(() => undefined);
  leave();
  // At once, not after the network: the phone may be put away meanwhile.
  await forgetWhatWasRead();
  await ended;
  setCsrfToken(null);
  // A reading that was under way may have brought something back.
  await forgetWhatWasRead();
  await store.forget(whoKey);
  reading.set({ pack: emptyPack, busy: false, error: undefined });
  presence.set({ state: 'out' });
}

async function forgetWhatWasRead(): Promise<void> {
  today.set(emptyDay);
  await wipeSealed(store);
  await wipeCopies(store);
}

export function markExpired(): void {
  const now = presence.get();
  if (now.state !== 'in') return;
  presence.set({ ...now, state: 'expired' });
  signInSheet.set(true);
}

/** Reads everything anew; without a network the last copy stays on the screen. */
export async function refresh(): Promise<void> {
  const now = presence.get();
  if (!('runner' in now) || reading.get().busy) return;
  reading.set({ ...reading.get(), busy: true });
  const also = now.runner
    .view()
    .receipts.slice(0, 8)
    .flatMap((receipt) => receipt.eventId ?? []);
  try {
    const seesEvents = now.account.permissions.includes('event.read');
    const [pack] = await Promise.all([
      seesEvents ? pullPack(store, Date.now(), [...new Set(also)]) : Promise.resolve(emptyPack),
      refreshDay(now),
    ]);
    reading.set({ pack, busy: false, error: undefined });
    if (presence.get().state === 'expired') presence.set({ ...now, state: 'in' });
    // Of little weight: what cannot be had now is asked for with the next reading.
    void pullLists(store).catch(() => undefined);
    if (hasDay(now.account)) void pullDayLists(store, now.account).catch(() => undefined);
  } catch (error) {
    noticeExpiry(error);
    reading.set({ ...reading.get(), busy: false, error });
  }
}

/** The day anew, and the key for what will be done without a signal. */
async function refreshDay({ account, runner }: { account: Account; runner: Runner }): Promise<void> {
  if (!hasDay(account)) return;
  if (runner.locker.able) await runner.locker.ready();
  const day = await pullDay(store, account, Date.now());
  const now = presence.get();
  // Signed out meanwhile: then nothing may come back.
  if ('account' in now && now.account.id === account.id) today.set(day);
  else await wipeDay(store);
}

/** Acts of other features change nothing of what this app reads; another tab's sending (no receipts here) may. */
function changesLists(sent: readonly Receipt[]): boolean {
  return sent.length === 0 || sent.some(({ other }) => other === undefined);
}

/** What the server has acknowledged is no longer kept, even when the next reading fails. */
async function takeOut(account: Account, sent: readonly Receipt[]): Promise<void> {
  if (!sent.some(({ about }) => about !== null)) return;
  const day = withoutSent(today.get(), sent);
  today.set(day);
  await keepDay(store, account.id, day);
}

/** A day that is over while the app lies open goes as it would when the app is opened. */
async function endDay(): Promise<void> {
  const { savedMs } = today.get();
  if (savedMs === null || !isOver(savedMs, Date.now())) return;
  today.set(emptyDay);
  await wipeDay(store);
}

/** One event: the server's, else the copy kept here. Throws when there is neither. */
export async function readEvent(id: string): Promise<{ value: EventDetail; savedMs: number }> {
  try {
    const nowMs = Date.now();
    return { value: await pullEvent(store, id, nowMs), savedMs: nowMs };
  } catch (error) {
    noticeExpiry(error);
    const kept = await findKeptEvent(store, id, Date.now());
    if (kept === undefined || !(isPassing(error) || isNoSession(error))) throw error;
    return kept;
  }
}

function isNoSession(error: unknown): boolean {
  return error instanceof ProblemError && (error.code === 'session_expired' || error.code === 'not_signed_in');
}

function noticeExpiry(error: unknown): void {
  if (isNoSession(error)) markExpired();
}

/** Reads anew each minute while the page is looked at, and when it is looked at again or the network returns. */
function watchReading(): () => void {
  const seen = (): void => {
    void endDay();
    if (document.visibilityState === 'visible' && navigator.onLine) void refresh();
  };
  const timer = setInterval(seen, 60_000);
  document.addEventListener('visibilitychange', seen);
  addEventListener('online', seen);
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', seen);
    removeEventListener('online', seen);
  };
}

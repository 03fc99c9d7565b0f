import type { Command, NewCommand, Receipt } from './command.ts';
import type { FieldStore } from './field-store.ts';
import type { Locker } from './locker.ts';
import { enqueue, redo, replay, tryAgain, type OutboxWorld, type ReplayEnd } from './outbox.ts';

const lockName = 'huangge-field-outbox';
const channelName = 'huangge-field';
/** Name of the Background Sync the service worker answers. */
export const syncTag = 'huangge-outbox';
/** Name of the Periodic Background Sync that ends a day nobody looks at. */
export const dayTag = 'huangge-day';

/** What every screen may show of the outbox. */
export interface OutboxView {
  commands: readonly Command[];
  receipts: readonly Receipt[];
  /** sign_in: commands wait for their owner to sign in again. */
  state: 'idle' | 'sending' | 'offline' | 'sign_in';
  /** False until the store was read for the first time. */
  ready: boolean;
}

export interface Runner {
  /** Opens and seals what its owner has not sent. */
  locker: Locker;
  view: () => OutboxView;
  subscribe: (listener: () => void) => () => void;
  /** Keeps the command, then sends what waits. Resolves when it is kept; `sent` when the attempt is over. */
  add(made: NewCommand): Promise<{ command: Command; sent: Promise<ReplayEnd> }>;
  redo(old: Command, made: NewCommand): Promise<{ command: Command; sent: Promise<ReplayEnd> }>;
  again(command: Command): Promise<void>;
  drop(command: Command): Promise<void>;
  /** Sends what waits, after any other tab that is doing so. Runs asked for meanwhile become one. */
  run(): Promise<ReplayEnd>;
  stop(): void;
}

export interface RunnerParts {
  store: FieldStore;
  world: OutboxWorld;
  account: string;
  /** After something was acknowledged, here (with the receipts) or in another tab (without). */
  onSent?: (sent: readonly Receipt[]) => void;
  onSignInWanted?: () => void;
}

/** One person's outbox on this page: keeps, sends, tells. Tabs and the service worker take turns by a lock. */
export function startRunner(parts: RunnerParts): Runner {
  const { store, world, account } = parts;
  const listeners = new Set<() => void>();
  const channel = typeof BroadcastChannel === 'function' ? new BroadcastChannel(channelName) : null;
  let view: OutboxView = { commands: [], receipts: [], state: 'idle', ready: false };
  let waiting: Promise<ReplayEnd> | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;

  function show(part: Partial<OutboxView>): void {
    view = { ...view, ...part };
    for (const listener of listeners) listener();
  }
  async function reread(): Promise<void> {
    const [commands, receipts] = await Promise.all([store.listCommands(account), store.listReceipts(account)]);
    if (!stopped) show({ commands, receipts, ready: true });
  }
  async function tell(): Promise<void> {
    channel?.postMessage({ account });
    await reread();
  }
  if (channel !== null) {
    channel.onmessage = () => {
      const before = view.receipts.length;
      void reread().then(() => view.receipts.length !== before && parts.onSent?.([]));
    };
  }

  async function runLocked(): Promise<ReplayEnd> {
    waiting = null;
    if (stopped || (await store.listCommands(account)).length === 0) {
      show({ state: 'idle' });
      return { end: 'done', sent: [], nextMs: null };
    }
    show({ state: 'sending' });
    const end = await replay(tellingStore(store, reread), world, account);
    show({ state: end.end === 'done' ? 'idle' : end.end });
    await tell();
    if (end.sent.length > 0) parts.onSent?.(end.sent);
    if (end.end === 'sign_in') parts.onSignInWanted?.();
    clearTimeout(timer);
    if (end.nextMs !== null && !stopped)
      timer = setTimeout(() => void runner.run(), Math.max(1_000, end.nextMs - world.nowMs()));
    return end;
  }

  const runner: Runner = {
    locker: world.locker,
    view: () => view,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async add(made) {
      const command = await enqueue(store, world, made);
      await tell();
      return { command, sent: runner.run() };
    },
    async redo(old, made) {
      const command = await redo(store, world, old, made);
      await tell();
      return { command, sent: runner.run() };
    },
    async again(command) {
      await store.saveCommand(tryAgain(command));
      await tell();
      await runner.run();
    },
    async drop(command) {
      await store.endCommand(command, null);
      await tell();
      void runner.run();
    },
    // A moment later even where a free lock is given at once: `waiting` must be set before the run clears it.
    run: () => (waiting ??= Promise.resolve().then(() => oneAtATime(runLocked))),
    stop() {
      stopped = true;
      clearTimeout(timer);
      channel?.close();
      listeners.clear();
    },
  };
  void reread().then(() => runner.run());
  return runner;
}

/** The same store; screens are told as each command ends. */
function tellingStore(store: FieldStore, onChange: () => Promise<void>): FieldStore {
  return {
    ...store,
    async endCommand(command, receipt) {
      await store.endCommand(command, receipt);
      await onChange();
    },
    async saveCommand(command) {
      await store.saveCommand(command);
      await onChange();
    },
  };
}

let tail: Promise<unknown> = Promise.resolve();

/** One replay at a time among all tabs and the service worker of this device; within one page where there are no locks. */
export function oneAtATime<T>(work: () => Promise<T>): Promise<T> {
  const locks = (globalThis.navigator as Navigator | undefined)?.locks as LockManager | undefined;
  if (locks !== undefined) return locks.request(lockName, work) as Promise<T>;
  const done = tail.then(work);
  tail = done.catch(() => undefined);
  return done;
}

/**
 * Sends again when the network comes back, the page is looked at, and every half minute while something waits.
 * Returns how to stop.
 */
export function watchSignals(runner: Runner, page: Window & typeof globalThis): () => void {
  const run = (): void => {
    if (runner.view().commands.some((command) => command.refusal === null)) void runner.run();
  };
  const seen = (): void => {
    if (page.document.visibilityState === 'visible') run();
  };
  page.addEventListener('online', run);
  page.addEventListener('focus', run);
  page.document.addEventListener('visibilitychange', seen);
  const timer = setInterval(seen, 30_000);
  return () => {
    page.removeEventListener('online', run);
    page.removeEventListener('focus', run);
    page.document.removeEventListener('visibilitychange', seen);
    clearInterval(timer);
  };
}

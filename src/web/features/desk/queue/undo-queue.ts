/** Something that will be sent unless it is taken back in time. */
export interface Pending<R> {
  readonly id: string;
  /** Sent no earlier than this (milliseconds). */
  readonly sendAtMs: number;
  readonly state: 'waiting' | 'sending' | 'done' | 'failed';
  readonly result?: R;
  readonly error?: unknown;
}

export interface UndoQueue<T, R> {
  /** Sends `what` after the delay; answers its id. */
  add(what: T): string;
  /** True when it was taken back before it left. */
  undo(id: string): boolean;
  /** Sends at once what still waits (the tab is closing). */
  sendNow(): void;
  /** Sends again what failed: the same intention, with the same operation ids inside `what`. */
  again(id: string): void;
  /** Removes what is over from the list. */
  forget(id: string): void;
  list(): readonly (Pending<R> & { what: T })[];
  subscribe(listener: () => void): () => void;
}

/** `send` is called once for each entry that is not taken back; its refusal is kept beside the entry. */
export function createUndoQueue<T, R>(delayMs: number, send: (what: T) => Promise<R>): UndoQueue<T, R> {
  let entries: readonly (Pending<R> & { what: T })[] = [];
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  const listeners = new Set<() => void>();

  const change = (next: typeof entries): void => {
    entries = next;
    for (const listener of listeners) listener();
  };
  const set = (id: string, part: Partial<Pending<R>>): void =>
    change(entries.map((entry) => (entry.id === id ? { ...entry, ...part } : entry)));
  const start = (id: string): void => {
    clearTimeout(timers.get(id));
    timers.delete(id);
    const entry = entries.find((one) => one.id === id);
    if (entry === undefined || entry.state === 'sending' || entry.state === 'done') return;
    set(id, { state: 'sending', error: undefined });
    send(entry.what).then(
      (result) => set(id, { state: 'done', result }),
      (error: unknown) => set(id, { state: 'failed', error }),
    );
  };

  return {
    add(what) {
      const id = crypto.randomUUID();
      change([...entries, { id, what, sendAtMs: Date.now() + delayMs, state: 'waiting' }]);
      timers.set(
        id,
        setTimeout(() => start(id), delayMs),
      );
      return id;
    },
    undo(id) {
      const entry = entries.find((one) => one.id === id);
      if (entry?.state !== 'waiting') return false;
      clearTimeout(timers.get(id));
      timers.delete(id);
      change(entries.filter((one) => one.id !== id));
      return true;
    },
    sendNow() {
      for (const entry of entries) if (entry.state === 'waiting') start(entry.id);
    },
    again: start,
    forget: (id) => change(entries.filter((entry) => entry.id !== id || entry.state === 'sending')),
    list: () => entries,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

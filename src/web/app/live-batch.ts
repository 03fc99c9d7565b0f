/** Collects what arrives and hands it over at once, at most once per `delayMs`; the first item starts the wait. */
export interface Batch<T> {
  push(item: T): void;
  /** Hands over what waits now, if anything. */
  flush(): void;
  /** Forgets what waits. */
  stop(): void;
}

export function createBatch<T>(delayMs: number, take: (items: readonly T[]) => void): Batch<T> {
  let items: T[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (items.length === 0) return;
    const full = items;
    items = [];
    take(full);
  };
  return {
    push(item) {
      items.push(item);
      timer ??= setTimeout(flush, delayMs);
    },
    flush,
    stop() {
      clearTimeout(timer);
      timer = undefined;
      items = [];
    },
  };
}

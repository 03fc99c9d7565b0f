import type { Clock } from '#kit/clock.ts';
import { rememberMs } from './sign-in-rules.ts';

/** What was found behind a credential, and whose it is. */
interface Remembered<T> {
  accountId: string;
  value: T;
  atMs: number;
}

/**
 * Remembers who is behind a credential for at most 5 seconds, so that hundreds of desks asking together cost the
 * database little. A change in this process forgets at once; a change in another is seen when the time is up.
 */
export interface ActorMemory<T> {
  /** The remembered answer, or that of `load`; callers who ask together share one load. */
  recall(key: string, load: () => Promise<{ accountId: string | null; value: T }>): Promise<T>;
  forgetAccount(accountId: string): void;
  forgetAll(): void;
}

const mostEntries = 20_000;

export function createActorMemory<T>(clock: Clock): ActorMemory<T> {
  const entries = new Map<string, Remembered<T>>();
  const loading = new Map<string, Promise<T>>();
  let age = 0; // grows with every change: an answer that was under way may be from before it

  async function loadNow(key: string, load: () => Promise<{ accountId: string | null; value: T }>): Promise<T> {
    const startedAt = age;
    const atMs = clock.now();
    const { accountId, value } = await load();
    // A refusal is asked again each time: it may end at any moment, and good pages stop asking.
    if (accountId !== null && startedAt === age) {
      if (entries.size >= mostEntries) entries.clear();
      entries.set(key, { accountId, value, atMs });
    }
    return value;
  }

  function changed(): void {
    age++;
    loading.clear();
  }

  return {
    recall(key, load) {
      const entry = entries.get(key);
      if (entry !== undefined && clock.now() - entry.atMs < rememberMs) return Promise.resolve(entry.value);
      entries.delete(key);
      const under = loading.get(key);
      if (under !== undefined) return under;
      const promise = loadNow(key, load).finally(() => {
        if (loading.get(key) === promise) loading.delete(key);
      });
      loading.set(key, promise);
      return promise;
    },
    forgetAccount(accountId) {
      changed();
      for (const [key, entry] of entries) if (entry.accountId === accountId) entries.delete(key);
    },
    forgetAll() {
      changed();
      entries.clear();
    },
  };
}

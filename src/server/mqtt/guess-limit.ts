/** Failures that one address may have within a minute, before it must wait until the minute is over. */
const perAddress = 100;
/** The same for one name from one address. */
const perName = 10;
const windowMs = 60_000;

export interface GuessLimit {
  /** False while this address, or this name from it, has failed too often. */
  mayTry(address: string, name: string): boolean;
  failed(address: string, name: string): void;
}

/** Slows down whoever tries secrets. Kept in memory: it forgets everything every minute, and at a restart. */
export function createGuessLimit(now: () => number): GuessLimit {
  let failures = new Map<string, number>();
  let beganMs = now();

  function count(key: string): number {
    if (now() - beganMs >= windowMs) {
      failures = new Map();
      beganMs = now();
    }
    return failures.get(key) ?? 0;
  }

  return {
    mayTry: (address, name) => count(address) < perAddress && count(`${address} ${name}`) < perName,
    failed(address, name) {
      for (const key of [address, `${address} ${name}`]) failures.set(key, count(key) + 1);
    },
  };
}

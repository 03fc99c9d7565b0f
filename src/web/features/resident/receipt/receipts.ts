/** Receipts this phone has seen, newest first; the list never leaves the phone. */
export interface KnownReceipt {
  secret: string;
  number: string;
  title: string;
  /** ISO 8601 of reporting. */
  at: string;
}

const key = 'huangge.receipts';
const most = 50;
const watchers = new Set<() => void>();

/** Tells when the list changes on this page; answers how to stop. */
export function watchReceipts(tell: () => void): () => void {
  watchers.add(tell);
  return () => watchers.delete(tell);
}

export function listReceipts(): KnownReceipt[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
    return Array.isArray(found) ? (found as KnownReceipt[]) : [];
  } catch {
    return [];
  }
}

/** Adds or renews one. Where storage is refused the link itself is still the receipt. */
export function rememberReceipt(receipt: KnownReceipt): void {
  const others = listReceipts().filter((one) => one.secret !== receipt.secret);
  const all = [receipt, ...others].toSorted((a, b) => b.at.localeCompare(a.at));
  try {
    localStorage.setItem(key, JSON.stringify(all.slice(0, most)));
  } catch {
    // See above.
  }
  for (const tell of watchers) tell();
}

export function forgetReceipts(): void {
  try {
    localStorage.removeItem(key);
  } catch {
    // Nothing was stored then.
  }
  for (const tell of watchers) tell();
}

/** The secret in a pasted link, path or bare word; undefined when there is none. An event's number is not a secret. */
export function secretIn(text: string): string | undefined {
  const inLink = /\/r\/([A-Za-z0-9_-]{20,100})/.exec(text)?.[1];
  const bare = /^[A-Za-z0-9_-]{20,100}$/.exec(text.trim())?.[0];
  return inLink ?? (bare !== undefined && /[A-Za-z]/.test(bare) ? bare : undefined);
}

export function receiptPath(secret: string): string {
  return `/r/${secret}`;
}

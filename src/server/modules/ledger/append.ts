import { createHash, randomBytes } from 'node:crypto';
import canonicalize from 'canonicalize';
import { uuidV7 } from '#kit/ids.ts';
import type { Tx } from '#server/db/pool.ts';
import { toPlainJson } from './plain-json.ts';
import { insertEntry } from './store.ts';

/** Who acted, as plain data: identity stands above the ledger. */
export interface LedgerActor {
  kind: 'account' | 'resident' | 'token' | 'link' | 'system';
  accountId: string | null;
  unitId?: string | null;
}

/** One line of the ledger (流水). */
export interface LedgerLine {
  actor: LedgerActor;
  /** '<subject>.<verb>', such as 'event.dispatch'. */
  action: string;
  subject: { type: string; id: string };
  /** GB/T 2260 six digits. */
  district: string;
  atMs: number;
  /** Facts an outside auditor may see: codes, ids, states, times. Never personal data or free text. */
  data?: Record<string, unknown>;
  /** Free text and other words that might hold personal data: kept beside the line, only a salted digest is in it. */
  words?: Record<string, unknown>;
  /** Live audience: 'a:<area code>', 'u:<unit id>', 'p:<account id>'. */
  audience?: readonly string[];
  opId?: string | null;
}

let tenantName = 'main';
let wake: () => void = () => undefined;

/** Set once by wire: the name of this installation's log, and whom to wake when lines were committed. */
export function configureLedger(options: { tenant: string; wake: () => void }): void {
  tenantName = options.tenant;
  wake = options.wake;
}

export function ledgerTenant(): string {
  return tenantName;
}

/** SHA-256 over salt and the canonical JSON (RFC 8785) of `body`. */
export function privateDigest(salt: Uint8Array, body: unknown): Buffer {
  return createHash('sha256')
    .update(salt)
    .update(canonicalize(body) ?? 'null', 'utf8')
    .digest();
}

/**
 * Adds a line in the caller's transaction, so that the change and its record live or die together. Lines of one
 * transaction with the same time keep the order in which they were appended.
 * Returns the id of the line.
 */
export async function append(tx: Tx, line: LedgerLine): Promise<string> {
  const id = nextEntryId(tx, line.atMs);
  const body = hasWords(line.words) ? toPlainJson(line.words) : null;
  const salt = body === null ? null : randomBytes(16);
  await insertEntry(tx, {
    id,
    tenant: tenantName,
    line: { ...line, data: toPlainJson(line.data ?? {}) },
    salt,
    body,
    digest: salt === null ? null : privateDigest(salt, body),
  });
  tx.afterCommit(() => wake());
  return id;
}

function hasWords(words: Record<string, unknown> | undefined): words is Record<string, unknown> {
  return words !== undefined && Object.values(words).some((word) => word !== '' && word !== null && word !== undefined);
}

const appended = new WeakMap<Tx, number>();
const maxInOrder = 0xffff;

/** A UUIDv7 whose 16 bits after the time count the lines of this transaction (RFC 9562 §6.2, method 1). */
function nextEntryId(tx: Tx, atMs: number): string {
  const count = Math.min(appended.get(tx) ?? 0, maxInOrder);
  appended.set(tx, count + 1);
  const hex = count.toString(16).padStart(4, '0');
  const id = uuidV7(atMs);
  return `${id.slice(0, 15)}${hex.slice(0, 3)}-8${hex.slice(3)}${id.slice(21)}`;
}

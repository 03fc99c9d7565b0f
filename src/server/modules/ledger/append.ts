import { createHash, randomBytes } from 'node:crypto';
import canonicalize from 'canonicalize';
import { uuidV7 } from '#kit/ids.ts';
import type { Tx } from '#server/db/pool.ts';
import { insertEntry } from './store.ts';

/** Who acted, as plain data: identity stands above the ledger. */
export interface LedgerActor {
  kind: 'account' | 'resident' | 'token' | 'system';
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
  return createHash('sha256').update(salt).update(canonicalize(body) ?? 'null', 'utf8').digest();
}

/**
 * Adds a line in the caller's transaction, so that the change and its record live or die together.
 * Returns the id of the line.
 */
export async function append(tx: Tx, line: LedgerLine): Promise<string> {
  const id = uuidV7(line.atMs);
  const body = line.words !== undefined && Object.values(line.words).some((w) => w !== '' && w !== null && w !== undefined) ? line.words : null;
  const salt = body === null ? null : randomBytes(16);
  await insertEntry(tx, {
    id,
    tenant: tenantName,
    line,
    salt,
    body,
    digest: salt === null ? null : privateDigest(salt, JSON.parse(JSON.stringify(body))),
  });
  tx.afterCommit(() => wake());
  return id;
}

import { AppError } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import { systemScope } from '#server/db/scope.ts';
import type { Tx } from '#server/db/pool.ts';
import { saveAccount, type AccountRow } from './account-store.ts';
import { blockThrottle, countThrottle, findBlock, insertAttempt, type Attempt } from './attempt-store.ts';
import type { Parts } from './parts.ts';
import { record } from './record.ts';
import { addressLimit, lockUntil } from './sign-in-rules.ts';

/** Failures of a login nobody has are counted this long, so that it locks exactly like a real one. */
export const unknownWindowMs = 30 * 24 * 3_600_000;

export interface Attempted {
  ip: string;
  login: string;
  way: Attempt['way'];
}

function keysOf(
  parts: Parts,
  attempted: Attempted,
): { address: Buffer; login: Buffer; addressKey: string; loginKey: string } {
  const address = parts.vault.blindIndex(attempted.ip, 'throttle.address');
  const login = parts.vault.blindIndex(attempted.login.toLowerCase(), 'throttle.login');
  return {
    address,
    login,
    addressKey: `address:${address.toString('base64url')}`,
    loginKey: `login:${login.toString('base64url')}`,
  };
}

/**
 * Refuses before any costly work when the address has failed too often.
 * @throws AppError too_many_requests
 */
export async function assertAddressIsFree(parts: Parts, attempted: Attempted): Promise<void> {
  const now = new Date(parts.clock.now());
  const { addressKey } = keysOf(parts, attempted);
  const until = await parts.database.read(systemScope, (tx) => findBlock(tx, addressKey, now));
  if (until !== null) {
    throw new AppError(
      'too_many_requests',
      `Too many failed sign-ins from this network address. Wait until ${until.toISOString()}.`,
      {
        until: until.toISOString(),
      },
    );
  }
}

/** Until when nobody may try this unknown login, or null: what a real one would answer. */
export async function findUnknownLock(parts: Parts, tx: Tx, attempted: Attempted): Promise<Date | null> {
  return await findBlock(tx, keysOf(parts, attempted).loginKey, new Date(parts.clock.now()));
}

/** Writes down how an attempt ended, counts it when it failed, and locks when that was once too often. */
export async function noteAttempt(
  parts: Parts,
  tx: Tx,
  attempted: Attempted,
  account: AccountRow | undefined,
  outcome: Attempt['outcome'],
): Promise<void> {
  const nowMs = parts.clock.now();
  const at = new Date(nowMs);
  const id = uuidV7(nowMs);
  const keys = keysOf(parts, attempted);
  await insertAttempt(tx, {
    id,
    at,
    accountId: account?.id ?? null,
    loginDigest: keys.login,
    addressDigest: keys.address,
    way: attempted.way,
    outcome,
  });
  if (outcome === 'good') {
    if (account !== undefined && (account.failedCount > 0 || account.lockedUntil !== null))
      await saveAccount(tx, account.id, { failedCount: 0, lockedUntil: null });
    return;
  }
  await countAddress(tx, keys.addressKey, at);
  const lockedUntil =
    outcome === 'wrong' || outcome === 'unknown' ? await countLogin(tx, keys.loginKey, account, at) : null;
  await record(tx, {
    actor: { kind: 'system', accountId: null },
    action: 'sign_in.refuse',
    subject: account === undefined ? { type: 'sign_in', id } : { type: 'account', id: account.id },
    accountId: account?.id ?? null,
    atMs: nowMs,
    data: { way: attempted.way, outcome, lockedUntil: lockedUntil?.toISOString() ?? null },
  });
}

async function countAddress(tx: Tx, key: string, at: Date): Promise<void> {
  const count = await countThrottle(tx, key, at, addressLimit.windowMs);
  if (count >= addressLimit.failures) await blockThrottle(tx, key, new Date(at.getTime() + addressLimit.blockMs));
}

async function countLogin(tx: Tx, key: string, account: AccountRow | undefined, at: Date): Promise<Date | null> {
  const count = account === undefined ? await countThrottle(tx, key, at, unknownWindowMs) : account.failedCount + 1;
  const untilMs = lockUntil(count, at.getTime());
  const until = untilMs === null ? null : new Date(untilMs);
  if (account !== undefined)
    await saveAccount(tx, account.id, { failedCount: count, ...(until === null ? {} : { lockedUntil: until }) });
  else if (until !== null) await blockThrottle(tx, key, until);
  return until;
}

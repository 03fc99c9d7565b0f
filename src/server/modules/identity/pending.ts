import { AppError } from '#kit/errors.ts';
import type { Parts } from './parts.ts';
import { pendingMs } from './sign-in-rules.ts';

/** A sign-in that waits for its second factor: sealed, so that nothing is stored for people who never come back. */
export interface Pending {
  accountId: string;
  face: 'desk' | 'field';
  stamp: string;
}

const context = 'sign-in.pending';

export function sealPending(parts: Parts, pending: Pending): { token: string; expiresAtMs: number } {
  const expiresAtMs = parts.clock.now() + pendingMs;
  return {
    token: parts.vault.seal(JSON.stringify({ ...pending, expiresAtMs }), context).toString('base64url'),
    expiresAtMs,
  };
}

/** @throws AppError session_expired when it is too old or not ours */
export function openPending(parts: Parts, token: string): Pending {
  const expired = () =>
    new AppError(
      'session_expired',
      'The time for the second step (5 minutes) has passed. Begin again with login and password.',
    );
  let found: Pending & { expiresAtMs: number };
  try {
    found = JSON.parse(parts.vault.open(Buffer.from(token, 'base64url'), context)) as Pending & { expiresAtMs: number };
  } catch {
    throw expired();
  }
  if (found.expiresAtMs <= parts.clock.now()) throw expired();
  return found;
}

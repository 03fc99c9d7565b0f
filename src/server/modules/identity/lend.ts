import type { Tx } from '#server/db/pool.ts';
import { AppError, isAppError } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import { lockAccount } from './account-store.ts';
import { insertAppointment, listAppointments, saveAppointmentEnd, type AppointmentRow } from './appointment-store.ts';
import { ledgerActorOf } from './ledger-actor.ts';
import { assertAnother, assertOrdinary, isAppointable } from './office-rules.ts';
import type { Parts } from './parts.ts';
import { record } from './record.ts';
import { rolePermissions, type Actor } from './rules.ts';

/** Days in Asia/Shanghai, both included. */
export interface Days {
  firstDay: string;
  lastDay: string;
}

export type Lendable = Pick<AppointmentRow, 'id' | 'unitId' | 'areaCode' | 'role' | 'since' | 'until'>;

export interface Lent {
  ofId: string;
  unitId: string;
  areaCode: string | null;
  role: string;
  since: string;
  until: string;
}

const later = (a: string, b: string): string => (a > b ? a : b);
const earlier = (a: string, b: string): string => (a < b ? a : b);

/**
 * What stands in for an absent person: the same role in the same unit and area, never longer than the absence or the
 * appointment itself. Roles that open restricted registers are never lent: those are given by an administrator only.
 */
export function lentFor(held: readonly Lendable[], { firstDay, lastDay }: Days): Lent[] {
  return held.flatMap(({ id, unitId, areaCode, role, since, until }) => {
    const first = later(firstDay, since);
    const last = until === null ? lastDay : earlier(lastDay, until);
    if (last < first || !isAppointable(role)) return [];
    if ((rolePermissions[role] as readonly string[]).includes('care.restricted')) return [];
    return [{ ofId: id, unitId, areaCode, role, since: first, until: last }];
  });
}

export interface LendWish extends Days {
  fromId: string;
  toId: string;
  /** What whoever decides may lend: within their own reach, and nothing lent already. */
  mayLend: (appointment: AppointmentRow) => boolean;
}

/** Temporary appointments made and ended in the caller's transaction. */
export interface Lending {
  /**
   * Gives `toId` what `fromId` holds, for these days; what they hold already is left out.
   * @throws AppError not_allowed (to oneself, to an administrator), not_found
   */
  lend(tx: Tx, actor: Actor, wish: LendWish): Promise<{ id: string; ofId: string }[]>;
  /** Ends lent appointments at once. */
  endLent(tx: Tx, actor: Actor, holderId: string, ids: readonly string[]): Promise<void>;
}

export function createLending(parts: Parts): Lending {
  return {
    lend: (tx, actor, wish) => lend(parts, tx, actor, wish),
    endLent: (tx, actor, holderId, ids) => endLent(parts, tx, actor, holderId, ids),
  };
}

async function lend(parts: Parts, tx: Tx, actor: Actor, wish: LendWish): Promise<{ id: string; ofId: string }[]> {
  const { fromId, toId, mayLend } = wish;
  const account = await lockAccount(tx, toId);
  assertOrdinary(account);
  assertAnother(actor, account);
  if (account.kind !== 'person' || account.status !== 'active')
    throw new AppError('not_allowed', 'Whoever stands in must be a person whose account is in use. Choose another.');
  const held = (await listAppointments(tx, [fromId], wish.firstDay)).filter(mayLend);
  const made: { id: string; ofId: string }[] = [];
  for (const lent of lentFor(held, wish)) {
    const id = await give(parts, tx, actor, toId, lent);
    if (id !== undefined) made.push({ id, ofId: lent.ofId });
  }
  tx.afterCommit(() => parts.memory.forgetAccount(toId));
  return made;
}

/** Undefined when the person holds the same already. */
async function give(parts: Parts, tx: Tx, actor: Actor, accountId: string, lent: Lent): Promise<string | undefined> {
  const atMs = parts.clock.now();
  const id = uuidV7(atMs);
  const { ofId, ...post } = lent;
  try {
    await insertAppointment(tx, { ...post, id, accountId, isPrimary: false, at: new Date(atMs) });
  } catch (error) {
    if (isAppError(error, 'already_exists')) return undefined;
    throw error;
  }
  await record(tx, {
    actor: ledgerActorOf(actor),
    action: 'appointment.begin',
    subject: { type: 'appointment', id },
    accountId,
    atMs,
    data: { accountId, ...post, standsInFor: ofId },
    tell: true,
  });
  return id;
}

async function endLent(parts: Parts, tx: Tx, actor: Actor, accountId: string, ids: readonly string[]): Promise<void> {
  const atMs = parts.clock.now();
  for (const id of ids) {
    await saveAppointmentEnd(tx, id, { revokedAt: new Date(atMs) });
    await record(tx, {
      actor: ledgerActorOf(actor),
      action: 'appointment.end',
      subject: { type: 'appointment', id },
      accountId,
      atMs,
      data: { accountId, lastDay: null },
      tell: true,
    });
  }
  tx.afterCommit(() => parts.memory.forgetAccount(accountId));
}

import { ledgerActorOf } from './ledger-actor.ts';
import { AppError } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import { systemScope } from '#server/db/scope.ts';
import type { Tx } from '#server/db/pool.ts';
import { insertAccount, lockAccount, saveAccount } from './account-store.ts';
import {
  countComing,
  findUnitAndArea,
  insertAppointment,
  lockAppointment,
  saveAppointmentEnd,
} from './appointment-store.ts';
import { assertAnother, assertMayBeAppointed, assertOrdinary } from './office-rules.ts';
import type { Parts, Visit } from './parts.ts';
import { hashPassword, makeOneTimePassword } from './passwords.ts';
import { record, type Line } from './record.ts';
import { revokeSessions } from './session-store.ts';
import { shanghaiDay } from './sign-in-rules.ts';

function line(
  parts: Parts,
  visit: Pick<Visit, 'actor'>,
  accountId: string,
  action: string,
  data: Line['data'] = {},
  words: Line['words'] = {},
): Line {
  return {
    actor: ledgerActorOf(visit.actor),
    action,
    subject: { type: 'account', id: accountId },
    accountId,
    atMs: parts.clock.now(),
    data,
    words,
  };
}

/** A new account without any right. People get a password good for one sign-in; service accounts work by tokens. */
export async function addPerson(
  parts: Parts,
  visit: Visit,
  input: { login: string; displayName: string; email?: string; kind: 'person' | 'service' },
): Promise<{ id: string; oneTimePassword: string | null }> {
  const oneTimePassword = input.kind === 'person' ? makeOneTimePassword() : null;
  const passwordHash = oneTimePassword === null ? null : await hashPassword(oneTimePassword);
  const nowMs = parts.clock.now();
  const id = uuidV7(nowMs);
  await parts.database.inTx(systemScope, async (tx) => {
    const { login, displayName, kind, email = null } = input;
    await insertAccount(tx, {
      id,
      login,
      displayName,
      email,
      kind,
      passwordHash,
      mustChangePassword: passwordHash !== null,
      adminKind: null,
      at: new Date(nowMs),
    });
    await record(tx, line(parts, visit, id, 'account.add', { kind }, { login, displayName, email }));
  });
  return { id, oneTimePassword };
}

/** Renames, or takes out of use (which ends every session) and back. */
export async function editPerson(
  parts: Parts,
  visit: Visit,
  id: string,
  change: { displayName?: string; email?: string | null; status?: 'active' | 'disabled' },
): Promise<void> {
  await parts.database.inTx(systemScope, async (tx) => {
    const before = await lockAccount(tx, id);
    assertOrdinary(before);
    if (change.status !== undefined || change.email !== undefined) assertAnother(visit.actor, before);
    await saveAccount(tx, id, change).catch(refuseTakenEmail);
    const at = new Date(parts.clock.now());
    const ended = change.status === 'disabled' ? await revokeSessions(tx, id, {}, at) : [];
    const { status, ...words } = change;
    await record(tx, {
      ...line(
        parts,
        visit,
        id,
        'account.edit',
        { status: status ?? before.status, was: before.status, endedSessions: ended.length },
        words,
      ),
      tell: true,
    });
    tx.afterCommit(() => parts.memory.forgetAccount(id));
  });
}

function refuseTakenEmail(error: unknown): never {
  if (error instanceof Error && 'constraint' in error && error.constraint === 'account_email_once') {
    throw new AppError(
      'already_exists',
      'This email belongs to another account already. Choose another, or edit that account.',
    );
  }
  throw error;
}

/** An ordinary person forgot it: a new password good for one sign-in. */
export async function resetPassword(parts: Parts, visit: Visit, id: string): Promise<{ oneTimePassword: string }> {
  return await giveOneTimePassword(parts, visit, id, (account) => {
    assertOrdinary(account);
    assertAnother(visit.actor, account);
  });
}

/** Sets a password good for one sign-in, ends every session and every lock by failures. */
export async function giveOneTimePassword(
  parts: Parts,
  visit: Pick<Visit, 'actor'>,
  id: string,
  assertAllowed: (account: Awaited<ReturnType<typeof lockAccount>>) => void,
): Promise<{ oneTimePassword: string }> {
  const oneTimePassword = makeOneTimePassword();
  const passwordHash = await hashPassword(oneTimePassword);
  await parts.database.inTx(systemScope, async (tx) => {
    const account = await lockAccount(tx, id);
    assertAllowed(account);
    if (account.kind !== 'person')
      throw new AppError('not_allowed', 'A service account has no password. Give it an API token instead.');
    const at = new Date(parts.clock.now());
    await saveAccount(tx, id, {
      passwordHash,
      passwordChangedAt: at,
      mustChangePassword: true,
      failedCount: 0,
      lockedUntil: null,
    });
    const ended = await revokeSessions(tx, id, {}, at);
    await record(tx, line(parts, visit, id, 'account.reset_password', { endedSessions: ended.length }));
    tx.afterCommit(() => parts.memory.forgetAccount(id));
  });
  return { oneTimePassword };
}

export interface Appointing {
  unitId: string;
  role: string;
  areaCode: string | null;
  isPrimary: boolean;
  since?: string;
  until: string | null;
}

/** Puts a person into a unit with a role; with an area they see what lies in it, without only what the unit holds. */
export async function appoint(
  parts: Parts,
  visit: Visit,
  accountId: string,
  input: Appointing,
): Promise<{ id: string }> {
  const nowMs = parts.clock.now();
  const today = shanghaiDay(nowMs);
  const since = input.since ?? today;
  if (input.until !== null && input.until < since)
    throw new AppError('bad_input', `Expected a last day on or after ${since}, found ${input.until}.`);
  const id = uuidV7(nowMs);
  await parts.database.inTx(systemScope, async (tx) => {
    const account = await lockAccount(tx, accountId);
    const role = assertMayBeAppointed(
      visit.actor,
      { ...account, liveAppointments: await countComing(tx, accountId, today) },
      input.role,
    );
    await assertPlace(tx, input.unitId, input.areaCode);
    await insertAppointment(tx, { ...input, id, accountId, role, since, at: new Date(nowMs) });
    const data = { accountId, unitId: input.unitId, areaCode: input.areaCode, role, since, until: input.until };
    await record(tx, {
      ...line(parts, visit, accountId, 'appointment.begin', data),
      subject: { type: 'appointment', id },
      tell: true,
    });
    tx.afterCommit(() => parts.memory.forgetAccount(accountId));
  });
  return { id };
}

async function assertPlace(tx: Tx, unitId: string, areaCode: string | null): Promise<void> {
  const found = await findUnitAndArea(tx, unitId, areaCode);
  if (!found.unit) throw new AppError('not_found', 'No such unit. Choose one from the list of units.');
  if (!found.area) throw new AppError('not_found', `No such area: ${areaCode ?? ''}. Choose one from the area tree.`);
}

/** Ends an appointment now, or after a last day (Asia/Shanghai). */
export async function endAppointment(
  parts: Parts,
  visit: Visit,
  id: string,
  lastDay: string | undefined,
): Promise<void> {
  await parts.database.inTx(systemScope, async (tx) => {
    const { accountId, since } = await lockAppointment(tx, id);
    assertAnother(visit.actor, { id: accountId });
    if (lastDay !== undefined && lastDay < since)
      throw new AppError(
        'bad_input',
        `Expected a last day on or after ${since}, found ${lastDay}. To undo the appointment, end it now.`,
      );
    await saveAppointmentEnd(
      tx,
      id,
      lastDay === undefined ? { revokedAt: new Date(parts.clock.now()) } : { until: lastDay },
    );
    const data = { accountId, lastDay: lastDay ?? null };
    await record(tx, {
      ...line(parts, visit, accountId, 'appointment.end', data),
      subject: { type: 'appointment', id },
      tell: true,
    });
    tx.afterCommit(() => parts.memory.forgetAccount(accountId));
  });
}

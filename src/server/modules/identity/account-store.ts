import { sql, type Selectable } from 'kysely';
import type { AdminKind } from '#contract/identity-views.ts';
import { AppError } from '#kit/errors.ts';
import type { Tx } from '#server/db/pool.ts';
import type { Account } from '#server/db/tables.ts';

export interface AccountRow {
  id: string;
  login: string;
  displayName: string;
  email: string | null;
  kind: 'person' | 'service';
  passwordHash: string | null;
  mustChangePassword: boolean;
  totpSecret: Buffer | null;
  totpConfirmedAt: Date | null;
  totpLastStep: number | null;
  adminKind: AdminKind | null;
  status: 'active' | 'disabled';
  lockedUntil: Date | null;
  failedCount: number;
  heldAt: Date | null;
  locale: 'zh-CN' | 'en';
}

function toAccount(row: Selectable<Account>): AccountRow {
  return {
    id: row.id,
    login: row.login,
    displayName: row.display_name,
    email: row.email,
    kind: row.kind === 'service' ? 'service' : 'person',
    passwordHash: row.password_hash,
    mustChangePassword: row.must_change_password,
    totpSecret: row.totp_secret,
    totpConfirmedAt: row.totp_confirmed_at,
    totpLastStep: row.totp_last_step,
    adminKind: row.admin_kind as AdminKind | null,
    status: row.status === 'disabled' ? 'disabled' : 'active',
    lockedUntil: row.locked_until,
    failedCount: row.failed_count,
    heldAt: row.held_at,
    locale: row.locale === 'en' ? 'en' : 'zh-CN',
  };
}

export async function findAccountByLogin(tx: Tx, login: string): Promise<AccountRow | undefined> {
  const row = await tx.db
    .selectFrom('account')
    .selectAll()
    .where(sql`lower(login)`, '=', login.toLowerCase())
    .executeTakeFirst();
  return row === undefined ? undefined : toAccount(row);
}

export async function findAccountByEmail(tx: Tx, email: string): Promise<AccountRow | undefined> {
  const row = await tx.db
    .selectFrom('account')
    .selectAll()
    .where(sql`lower(email)`, '=', email.toLowerCase())
    .executeTakeFirst();
  return row === undefined ? undefined : toAccount(row);
}

/** The account, its row locked until the transaction ends. @throws AppError not_found */
export async function lockAccount(tx: Tx, id: string): Promise<AccountRow> {
  const row = await tx.db.selectFrom('account').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
  if (row === undefined) throw new AppError('not_found', 'No such account. Look it up in the list again.');
  return toAccount(row);
}

/** @throws AppError not_found */
export async function getAccount(tx: Tx, id: string): Promise<AccountRow> {
  const row = await tx.db.selectFrom('account').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw new AppError('not_found', 'No such account. Look it up in the list again.');
  return toAccount(row);
}

/** Fields of an account that commands change; absent ones stay. */
export interface AccountChange {
  displayName?: string;
  email?: string | null;
  status?: 'active' | 'disabled';
  locale?: string;
  adminKind?: AdminKind | null;
  passwordHash?: string | null;
  passwordChangedAt?: Date;
  mustChangePassword?: boolean;
  totpSecret?: Buffer | null;
  totpConfirmedAt?: Date | null;
  totpLastStep?: number | null;
  lockedUntil?: Date | null;
  failedCount?: number;
  heldAt?: Date | null;
}

export async function saveAccount(tx: Tx, id: string, change: AccountChange): Promise<void> {
  if (Object.values(change).every((value) => value === undefined)) return;
  await tx.db
    .updateTable('account')
    .set({
      display_name: change.displayName,
      email: change.email,
      status: change.status,
      locale: change.locale,
      admin_kind: change.adminKind,
      password_hash: change.passwordHash,
      password_changed_at: change.passwordChangedAt,
      must_change_password: change.mustChangePassword,
      totp_secret: change.totpSecret,
      totp_confirmed_at: change.totpConfirmedAt,
      totp_last_step: change.totpLastStep,
      locked_until: change.lockedUntil,
      failed_count: change.failedCount,
      held_at: change.heldAt,
    })
    .where('id', '=', id)
    .execute();
}

export interface NewAccount {
  id: string;
  login: string;
  displayName: string;
  email: string | null;
  kind: 'person' | 'service';
  passwordHash: string | null;
  mustChangePassword: boolean;
  adminKind: AdminKind | null;
  at: Date;
}

/** @throws AppError already_exists when login or email is taken */
export async function insertAccount(tx: Tx, account: NewAccount): Promise<void> {
  const inserted = await tx.db
    .insertInto('account')
    .values({
      id: account.id,
      login: account.login,
      display_name: account.displayName,
      email: account.email,
      kind: account.kind,
      password_hash: account.passwordHash,
      password_changed_at: account.passwordHash === null ? null : account.at,
      must_change_password: account.mustChangePassword,
      admin_kind: account.adminKind,
      created_at: account.at,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (inserted === undefined) {
    throw new AppError(
      'already_exists',
      'This login or email belongs to another account already. Choose another, or edit that account.',
    );
  }
}

/** Serialises "is there any account yet?". */
export async function lockAllAccounts(tx: Tx): Promise<number> {
  await sql`lock table account in share row exclusive mode`.execute(tx.db);
  const row = await tx.db
    .selectFrom('account')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow();
  return row.n;
}

/** Other accounts in use with this office. */
export async function countOthersInOffice(tx: Tx, adminKind: AdminKind, exceptId: string): Promise<number> {
  const row = await tx.db
    .selectFrom('account')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('admin_kind', '=', adminKind)
    .where('status', '=', 'active')
    .where('id', '<>', exceptId)
    .executeTakeFirstOrThrow();
  return row.n;
}

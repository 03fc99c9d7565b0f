import { sql } from 'kysely';
import { AppError } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import type { Tx } from '#server/db/pool.ts';
import { append } from '#server/modules/ledger/index.ts';
import type { AdminKind } from '#contract/identity-views.ts';
import { isAppointable } from './office-rules.ts';
import { hashPassword } from './passwords.ts';
import type { Role } from './rules.ts';

export interface SeedAppointment {
  unitId: string;
  role: Role;
  areaCode: string | null;
  /** First by default. */
  isPrimary?: boolean;
  /** 'YYYY-MM-DD'. */
  since: string;
  until?: string | null;
}

export interface SeedAccount {
  id?: string;
  login: string;
  displayName: string;
  email?: string | null;
  kind?: 'person' | 'service';
  adminKind?: AdminKind | null;
  /** Accounts with the same password share one hash: made for demonstrations, never for real people. Null: cannot sign in by password. */
  password: string | null;
  /** A hash made before, used instead of `password`. */
  passwordHash?: string;
  appointments?: readonly SeedAppointment[];
}

/**
 * Adds many accounts at once in the caller's transaction, under one ledger line. Returns their ids in the same order.
 * @throws AppError bad_input for an administrator with appointments or an unknown role
 */
export async function seedAccounts(
  tx: Tx,
  list: readonly SeedAccount[],
  options: { nowMs: number; district: string },
): Promise<string[]> {
  list.forEach(assertSeed);
  const hashes = new Map<string, string>();
  for (const { password, passwordHash } of list) {
    if (password !== null && passwordHash === undefined && !hashes.has(password))
      hashes.set(password, await hashPassword(password));
  }
  const rows = list.map((account) => ({
    ...account,
    id: account.id ?? uuidV7(options.nowMs),
    hash: account.passwordHash ?? hashes.get(account.password ?? '') ?? null,
  }));
  await insertAccounts(tx, rows, options.nowMs);
  const appointments = await insertAppointments(tx, rows, options.nowMs);
  await append(tx, {
    actor: { kind: 'system', accountId: null },
    action: 'account.seed',
    subject: { type: 'account', id: 'seed' },
    district: options.district,
    atMs: options.nowMs,
    data: { accounts: rows.length, appointments },
  });
  return rows.map((row) => row.id);
}

function assertSeed(account: SeedAccount): void {
  const appointments = account.appointments ?? [];
  if ((account.adminKind ?? null) !== null && appointments.length > 0)
    throw new AppError('bad_input', `${account.login}: an administrator may hold no appointment.`);
  const strange = appointments.find((appointment) => !isAppointable(appointment.role));
  if (strange !== undefined)
    throw new AppError('bad_input', `${account.login}: ${strange.role} is no role of an appointment.`);
}

async function insertAccounts(
  tx: Tx,
  rows: readonly (SeedAccount & { id: string; hash: string | null })[],
  nowMs: number,
): Promise<void> {
  const data = rows.map((row) => ({
    id: row.id,
    login: row.login.toLowerCase(),
    display_name: row.displayName,
    email: row.email ?? null,
    kind: row.kind ?? 'person',
    admin_kind: row.adminKind ?? null,
    password_hash: row.hash,
  }));
  const at = new Date(nowMs);
  await sql`insert into account (id, login, display_name, email, kind, admin_kind, password_hash, password_changed_at, created_at)
    select id, login, display_name, email, kind, admin_kind, password_hash, case when password_hash is null then null else ${at}::timestamptz end, ${at}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(data)}::jsonb)
      as t (id uuid, login text, display_name text, email text, kind text, admin_kind text, password_hash text)`.execute(
    tx.db,
  );
}

async function insertAppointments(
  tx: Tx,
  rows: readonly (SeedAccount & { id: string })[],
  nowMs: number,
): Promise<number> {
  const data = rows.flatMap((row) =>
    (row.appointments ?? []).map((appointment, index) => ({
      id: uuidV7(nowMs),
      account_id: row.id,
      unit_id: appointment.unitId,
      area_code: appointment.areaCode,
      role: appointment.role,
      is_primary: appointment.isPrimary ?? index === 0,
      since: appointment.since,
      until: appointment.until ?? null,
    })),
  );
  await sql`insert into appointment (id, account_id, unit_id, area_code, role, is_primary, since, until, created_at)
    select id, account_id, unit_id, area_code, role, is_primary, since, until, ${new Date(nowMs)}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(data)}::jsonb)
      as t (id uuid, account_id uuid, unit_id uuid, area_code text, role text, is_primary boolean, since date, until date)`.execute(
    tx.db,
  );
  return data.length;
}

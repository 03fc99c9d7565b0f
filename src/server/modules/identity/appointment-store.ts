import { sql } from 'kysely';
import { AppError } from '#kit/errors.ts';
import type { Tx } from '#server/db/pool.ts';
import { isLive } from './sign-in-rules.ts';

export interface AppointmentRow {
  id: string;
  accountId: string;
  unitId: string;
  unitName: string;
  unitNameEn: string;
  unitKind: string;
  tier: string;
  areaCode: string | null;
  areaName: string | null;
  role: string;
  isPrimary: boolean;
  since: string;
  until: string | null;
  live: boolean;
}

/** Appointments not revoked, of these accounts: first the primary, then by date. Past and future ones are not live. */
export async function listAppointments(
  tx: Tx,
  accountIds: readonly string[],
  today: string,
): Promise<AppointmentRow[]> {
  if (accountIds.length === 0) return [];
  const rows = await tx.db
    .selectFrom('appointment as p')
    .innerJoin('unit as u', 'u.id', 'p.unit_id')
    .leftJoin('area as r', 'r.code', 'p.area_code')
    .select([
      'p.id',
      'p.account_id as accountId',
      'p.unit_id as unitId',
      'u.name as unitName',
      'u.name_en as unitNameEn',
      'u.kind as unitKind',
      'u.tier',
    ])
    .select([
      'p.area_code as areaCode',
      'r.name as areaName',
      'p.role',
      'p.is_primary as isPrimary',
      'u.retired_at as unitRetiredAt',
    ])
    .select(['p.since', 'p.until'])
    .where('p.account_id', 'in', [...accountIds])
    .where('p.revoked_at', 'is', null)
    .orderBy('p.is_primary', 'desc')
    .orderBy('p.since')
    .orderBy('p.id')
    .execute();
  return rows.map(({ unitRetiredAt, ...row }) => ({
    ...row,
    live: unitRetiredAt === null && isLive({ ...row, revoked: false }, today),
  }));
}

/** Appointments that count today or will count later. */
export async function countComing(tx: Tx, accountId: string, today: string): Promise<number> {
  const row = await tx.db
    .selectFrom('appointment')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('account_id', '=', accountId)
    .where('revoked_at', 'is', null)
    .where((eb) => eb.or([eb('until', 'is', null), eb('until', '>=', today)]))
    .executeTakeFirstOrThrow();
  return row.n;
}

export interface NewAppointment {
  id: string;
  accountId: string;
  unitId: string;
  areaCode: string | null;
  role: string;
  isPrimary: boolean;
  since: string;
  until: string | null;
  at: Date;
}

/** @throws AppError already_exists when the same unit, area and role is held already and overlaps */
export async function insertAppointment(tx: Tx, appointment: NewAppointment): Promise<void> {
  const { id, accountId, unitId, areaCode, role, isPrimary, since, until, at } = appointment;
  const found = await sql<{ id: string }>`
    insert into appointment (id, account_id, unit_id, area_code, role, is_primary, since, until, created_at)
    select ${id}, ${accountId}, ${unitId}, ${areaCode}, ${role}, ${isPrimary}::boolean, ${since}::date, ${until}::date, ${at}::timestamptz
    where not exists (select 1 from appointment where account_id = ${accountId} and unit_id = ${unitId} and role = ${role}
      and area_code is not distinct from ${areaCode} and revoked_at is null
      and (until is null or until >= ${since}::date) and (${until}::date is null or since <= ${until}::date))
    returning id`.execute(tx.db);
  if (found.rows.length === 0) {
    throw new AppError(
      'already_exists',
      'This person holds the same role in this unit and area at that time already. End that appointment first, or choose other days.',
    );
  }
}

export async function findUnitAndArea(
  tx: Tx,
  unitId: string,
  areaCode: string | null,
): Promise<{ unit: boolean; area: boolean }> {
  const unit = await tx.db
    .selectFrom('unit')
    .select('id')
    .where('id', '=', unitId)
    .where('retired_at', 'is', null)
    .executeTakeFirst();
  const area =
    areaCode === null
      ? undefined
      : await tx.db
          .selectFrom('area')
          .select('code')
          .where('code', '=', areaCode)
          .where('retired_at', 'is', null)
          .executeTakeFirst();
  return { unit: unit !== undefined, area: areaCode === null || area !== undefined };
}

/** @throws AppError not_found */
export async function lockAppointment(tx: Tx, id: string): Promise<{ id: string; accountId: string; since: string }> {
  const row = await tx.db
    .selectFrom('appointment')
    .select(['id', 'account_id as accountId', 'since'])
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined)
    throw new AppError('not_found', 'No such appointment, or it has been ended. Reload the person.');
  return row;
}

export async function saveAppointmentEnd(tx: Tx, id: string, end: { until?: string; revokedAt?: Date }): Promise<void> {
  await tx.db
    .updateTable('appointment')
    .set({ until: end.until, revoked_at: end.revokedAt })
    .where('id', '=', id)
    .execute();
}

import { sql } from 'kysely';
import type { Tx } from '#server/db/pool.ts';

export interface CertificateRow {
  id: string;
  number: string;
  volunteerId: string;
  unitId: string;
  path: string[];
  fromDay: string;
  untilDay: string;
  minutes: number;
  body: Buffer | null;
  bodySalt: Buffer;
  bodyHash: Buffer;
  ledgerId: string;
  noticeUntil: string;
  issuedAt: Date;
  withdrawnAt: Date | null;
  withdrawnWhy: string | null;
}

const columns = sql`c.id, c.number, c.volunteer_id as "volunteerId", c.unit_id as "unitId", c.path,
  c.from_day as "fromDay", c.until_day as "untilDay", c.minutes, c.body, c.body_salt as "bodySalt",
  c.body_hash as "bodyHash", c.ledger_id as "ledgerId", c.notice_until as "noticeUntil", c.issued_at as "issuedAt",
  c.withdrawn_at as "withdrawnAt", c.withdrawn_why as "withdrawnWhy"`;

export async function findCertificate(
  tx: Tx,
  by: { id: string } | { number: string },
  lock = false,
): Promise<CertificateRow | undefined> {
  const which = 'id' in by ? sql`c.id = ${by.id}` : sql`c.number = ${by.number}`;
  const { rows } = await sql<CertificateRow>`select ${columns} from volunteer_certificate c where ${which}
    ${lock ? sql`for update of c` : sql``}`.execute(tx.db);
  return rows[0];
}

export async function listOfHolder(tx: Tx, volunteerId: string): Promise<CertificateRow[]> {
  const { rows } = await sql<CertificateRow>`select ${columns} from volunteer_certificate c
    where c.volunteer_id = ${volunteerId} order by c.issued_at desc limit 50`.execute(tx.db);
  return rows;
}

/** Certificates of a station still in public notice on `today`; withdrawn ones are not. */
export async function listInNotice(tx: Tx, unitId: string, today: string): Promise<CertificateRow[]> {
  const { rows } = await sql<CertificateRow>`select ${columns} from volunteer_certificate c
    where c.unit_id = ${unitId} and c.notice_until >= ${today}::date and c.withdrawn_at is null
    order by c.issued_at desc limit 100`.execute(tx.db);
  return rows;
}

/** Valid certificates that counted this day at this station. */
export async function lockCovering(
  tx: Tx,
  wanted: { volunteerId: string; unitId: string; day: string },
): Promise<CertificateRow[]> {
  const { rows } = await sql<CertificateRow>`select ${columns} from volunteer_certificate c
    where c.volunteer_id = ${wanted.volunteerId} and c.unit_id = ${wanted.unitId} and c.withdrawn_at is null
      and ${wanted.day}::date between c.from_day and c.until_day for update of c`.execute(tx.db);
  return rows;
}

export async function insertCertificate(
  tx: Tx,
  one: Omit<CertificateRow, 'withdrawnAt' | 'withdrawnWhy' | 'body'> & {
    body: Buffer;
    district: string;
    issuedBy: string | null;
  },
): Promise<void> {
  await tx.db
    .insertInto('volunteer_certificate')
    .values({
      id: one.id,
      number: one.number,
      volunteer_id: one.volunteerId,
      unit_id: one.unitId,
      path: one.path,
      district: one.district,
      from_day: one.fromDay,
      until_day: one.untilDay,
      minutes: one.minutes,
      body: one.body,
      body_salt: one.bodySalt,
      body_hash: one.bodyHash,
      ledger_id: one.ledgerId,
      notice_until: one.noticeUntil,
      issued_at: one.issuedAt,
      issued_by: one.issuedBy,
    })
    .execute();
}

export async function withdrawRow(tx: Tx, id: string, { why, nowMs }: { why: string; nowMs: number }): Promise<void> {
  await tx.db
    .updateTable('volunteer_certificate')
    .set({ withdrawn_at: new Date(nowMs), withdrawn_why: why })
    .where('id', '=', id)
    .execute();
}

/** What the papers said of an erased person is gone; that they were issued, for how many minutes, stays. */
export async function eraseBodies(tx: Tx, volunteerId: string): Promise<void> {
  await tx.db
    .updateTable('volunteer_certificate')
    .set({ body: null })
    .where('volunteer_id', '=', volunteerId)
    .execute();
}

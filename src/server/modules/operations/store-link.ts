import { sql } from 'kysely';
import type { Tx } from '#server/db/pool.ts';

const iso = (ms: number) => new Date(ms).toISOString();

export interface LinkRow {
  id: string;
  eventId: string;
  taskId: string;
  unitId: string;
  /** Sealed, as the three below. */
  phone: Uint8Array | null;
  personName: Uint8Array | null;
  createdMs: number;
  expiresMs: number;
  revokedMs: number | null;
  openedCount: number;
  lastOpenedMs: number | null;
}

interface RawLink extends Omit<LinkRow, `${string}Ms`> {
  createdAt: Date;
  expiresAt: Date;
  revokedAt: Date | null;
  lastOpenedAt: Date | null;
}

const columns =
  sql.raw<RawLink>(`l.id, l.event_id as "eventId", l.task_id as "taskId", l.unit_id as "unitId", l.phone, l.person_name as "personName",
  l.created_at as "createdAt", l.expires_at as "expiresAt", l.revoked_at as "revokedAt", coalesce(o.count, 0) as "openedCount", o.last_at as "lastOpenedAt"
  from task_link l left join task_link_open o on o.link_id = l.id`);

function toLink({ createdAt, expiresAt, revokedAt, lastOpenedAt, ...row }: RawLink): LinkRow {
  return {
    ...row,
    createdMs: createdAt.getTime(),
    expiresMs: expiresAt.getTime(),
    revokedMs: revokedAt?.getTime() ?? null,
    lastOpenedMs: lastOpenedAt?.getTime() ?? null,
  };
}

export async function insertLink(
  tx: Tx,
  link: Pick<LinkRow, 'id' | 'eventId' | 'taskId' | 'unitId' | 'phone' | 'createdMs' | 'expiresMs'> & {
    district: string;
    secretHash: Uint8Array;
    createdBy: string | null;
  },
): Promise<void> {
  await tx.db
    .insertInto('task_link')
    .values({
      id: link.id,
      event_id: link.eventId,
      task_id: link.taskId,
      unit_id: link.unitId,
      district: link.district,
      secret_hash: Buffer.from(link.secretHash),
      phone: link.phone === null ? null : Buffer.from(link.phone),
      created_at: iso(link.createdMs),
      created_by: link.createdBy,
      expires_at: iso(link.expiresMs),
    })
    .execute();
}

/** Whom a secret belongs to; the caller's transaction must see everything, the secret is the permission. */
export async function findLinkBySecret(tx: Tx, secretHash: Uint8Array): Promise<LinkRow | undefined> {
  const { rows } = await sql<RawLink>`select ${columns} where l.secret_hash = ${Buffer.from(secretHash)}`.execute(
    tx.db,
  );
  return rows[0] === undefined ? undefined : toLink(rows[0]);
}

/** Locks a link until the transaction ends, so that it cannot be taken back meanwhile. */
export async function lockLink(
  tx: Tx,
  id: string,
): Promise<{ expiresMs: number; revokedMs: number | null } | undefined> {
  const { rows } = await sql<Pick<RawLink, 'expiresAt' | 'revokedAt'>>`
    select expires_at as "expiresAt", revoked_at as "revokedAt" from task_link where id = ${id} for no key update`.execute(
    tx.db,
  );
  const [row] = rows;
  return row && { expiresMs: row.expiresAt.getTime(), revokedMs: row.revokedAt?.getTime() ?? null };
}

export async function findLink(tx: Tx, eventId: string, id: string): Promise<LinkRow | undefined> {
  const { rows } = await sql<RawLink>`select ${columns} where l.id = ${id} and l.event_id = ${eventId}`.execute(tx.db);
  return rows[0] === undefined ? undefined : toLink(rows[0]);
}

export async function listLinks(tx: Tx, eventId: string): Promise<LinkRow[]> {
  const { rows } =
    await sql<RawLink>`select ${columns} where l.event_id = ${eventId} order by l.created_at, l.id`.execute(tx.db);
  return rows.map(toLink);
}

/** False when it was revoked already. */
export async function revokeLink(tx: Tx, id: string, nowMs: number): Promise<boolean> {
  const row = await tx.db
    .updateTable('task_link')
    .set({ revoked_at: iso(nowMs) })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

export async function savePerson(tx: Tx, id: string, person: { name: Uint8Array; phone: Uint8Array }): Promise<void> {
  await tx.db
    .updateTable('task_link')
    .set({ person_name: Buffer.from(person.name), person_phone: Buffer.from(person.phone) })
    .where('id', '=', id)
    .execute();
}

/** Counts a look at the page. */
export async function countOpen(tx: Tx, id: string, nowMs: number): Promise<void> {
  await sql`insert into task_link_open (link_id, count, last_at) values (${id}, 1, ${iso(nowMs)})
    on conflict (link_id) do update set count = task_link_open.count + 1, last_at = excluded.last_at`.execute(tx.db);
}

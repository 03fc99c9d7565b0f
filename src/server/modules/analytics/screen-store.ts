import { sql } from 'kysely';
import type { Placement } from '#contract/screens-layout.ts';
import type { screenLooks } from '#contract/screens-views.ts';
import type { Tx } from '#server/db/pool.ts';

export interface ScreenRow {
  id: string;
  areaCode: string;
  path: readonly string[];
  district: string;
  name: string;
  look: (typeof screenLooks)[number];
  layout: Placement[];
  version: number;
  changedAt: Date;
  endedAt: Date | null;
}

export interface KioskRow {
  id: string;
  screenId: string;
  name: string;
  createdAt: Date;
  expiresAt: Date;
  revokedAt: Date | null;
  seenAt: Date | null;
}

const columns = sql.raw(
  's.id, s.area_code as "areaCode", s.path, s.district, s.name, s.look, s.layout, s.version, s.changed_at as "changedAt", s.ended_at as "endedAt"',
);

export async function insertScreen(tx: Tx, row: ScreenRow & { createdBy: string | null }): Promise<void> {
  await tx.db
    .insertInto('screen')
    .values({
      id: row.id,
      area_code: row.areaCode,
      path: [...row.path],
      district: row.district,
      name: row.name,
      look: row.look,
      layout: JSON.stringify(row.layout),
      version: row.version,
      created_at: row.changedAt,
      created_by: row.createdBy,
      changed_at: row.changedAt,
    })
    .execute();
}

/** Those in use that the transaction's scope shows, each with how many of its links still open it; by name. */
export async function listScreens(tx: Tx, now: Date): Promise<(ScreenRow & { links: number })[]> {
  const { rows } = await sql<ScreenRow & { links: number }>`select ${columns}, (
      select count(*)::int from kiosk_link l where l.screen_id = s.id and l.revoked_at is null and l.expires_at > ${now}
    ) as links from screen s where s.ended_at is null order by s.name, s.id`.execute(tx.db);
  return rows;
}

/** `lock`: until the transaction ends. Undefined when there is none that the scope shows. */
export async function findScreen(tx: Tx, id: string, how: 'read' | 'lock' = 'read'): Promise<ScreenRow | undefined> {
  const lock = how === 'lock' ? sql`for update` : sql``;
  const { rows } = await sql<ScreenRow>`select ${columns} from screen s where s.id = ${id} ${lock}`.execute(tx.db);
  return rows[0];
}

/** Saves what may change of a locked row. */
export async function saveScreen(tx: Tx, row: ScreenRow): Promise<void> {
  await tx.db
    .updateTable('screen')
    .set({
      name: row.name,
      look: row.look,
      layout: JSON.stringify(row.layout),
      version: row.version,
      changed_at: row.changedAt,
      ended_at: row.endedAt,
    })
    .where('id', '=', row.id)
    .execute();
}

const linkColumns = sql.raw(
  'l.id, l.screen_id as "screenId", l.name, l.created_at as "createdAt", l.expires_at as "expiresAt", l.revoked_at as "revokedAt", k.seen_at as "seenAt"',
);

export async function insertKiosk(
  tx: Tx,
  row: Pick<KioskRow, 'id' | 'screenId' | 'name' | 'createdAt' | 'expiresAt'> & {
    secretHash: Uint8Array;
    createdBy: string | null;
  },
): Promise<void> {
  await tx.db
    .insertInto('kiosk_link')
    .values({
      id: row.id,
      screen_id: row.screenId,
      name: row.name,
      secret_hash: Buffer.from(row.secretHash),
      created_at: row.createdAt,
      created_by: row.createdBy,
      expires_at: row.expiresAt,
    })
    .execute();
}

/** All links of a screen, newest first. */
export async function listKiosks(tx: Tx, screenId: string): Promise<KioskRow[]> {
  const { rows } = await sql<KioskRow>`select ${linkColumns} from kiosk_link l
    left join kiosk_look k on k.link_id = l.id where l.screen_id = ${screenId} order by l.created_at desc, l.id`.execute(
    tx.db,
  );
  return rows;
}

/** Whom a secret belongs to; the transaction must see everything, the secret is the permission. */
export async function findKiosk(tx: Tx, secretHash: Uint8Array): Promise<KioskRow | undefined> {
  const { rows } = await sql<KioskRow>`select ${linkColumns} from kiosk_link l
    left join kiosk_look k on k.link_id = l.id where l.secret_hash = ${Buffer.from(secretHash)}`.execute(tx.db);
  return rows[0];
}

/** False when there is none of this screen to revoke, or it was revoked already. */
export async function revokeKiosk(tx: Tx, screenId: string, id: string, at: Date): Promise<boolean> {
  const row = await tx.db
    .updateTable('kiosk_link')
    .set({ revoked_at: at })
    .where('id', '=', id)
    .where('screen_id', '=', screenId)
    .where('revoked_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** The wall was alive at this moment. */
export async function noteLook(tx: Tx, linkId: string, at: Date): Promise<void> {
  await sql`insert into kiosk_look (link_id, seen_at) values (${linkId}, ${at})
    on conflict (link_id) do update set seen_at = excluded.seen_at`.execute(tx.db);
}

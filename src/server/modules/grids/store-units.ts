import { sql } from 'kysely';
import type { Tier } from '#kit/tiers.ts';
import type { Tx } from '#server/db/pool.ts';
import type { Unit } from './territory.ts';

/** A unit as it is kept. */
export interface StoredUnit extends Unit {
  phone: string | null;
  sort: number;
  version: number;
  retiredAt: Date | null;
}

export interface Board {
  code: string;
  areaCode: string;
  name: string;
  nameEn: string;
  sort: number;
}

const columns = [
  'id',
  'code',
  'kind',
  'role_code as roleCode',
  'name',
  'name_en as nameEn',
  'tier',
  'area_code as areaCode',
  'parent_id as parentId',
  'board_code as boardCode',
  'phone',
  'sort',
  'version',
  'retired_at as retiredAt',
] as const;

export async function listUnits(tx: Tx): Promise<StoredUnit[]> {
  const rows = await tx.db.selectFrom('unit').select(columns).orderBy('sort').orderBy('code').execute();
  return rows.map((row) => ({
    ...row,
    kind: row.kind as Unit['kind'],
    tier: row.tier as Tier,
    retiredAt: row.retiredAt as Date | null,
  }));
}

export async function findUnitForUpdate(tx: Tx, id: string): Promise<StoredUnit | undefined> {
  const row = await tx.db.selectFrom('unit').select(columns).where('id', '=', id).forUpdate().executeTakeFirst();
  return (
    row && { ...row, kind: row.kind as Unit['kind'], tier: row.tier as Tier, retiredAt: row.retiredAt as Date | null }
  );
}

/** Adds units, or changes those whose code exists (their id stays). Parents may stand in the same list. */
export async function saveUnits(tx: Tx, units: readonly Omit<StoredUnit, 'version' | 'retiredAt'>[]): Promise<void> {
  if (units.length === 0) return;
  await sql`insert into unit (id, code, kind, role_code, name, name_en, tier, area_code, parent_id, board_code, phone, sort)
    select id, code, kind, "roleCode", name, "nameEn", tier, "areaCode", "parentId", "boardCode", phone, sort
    from jsonb_to_recordset(${JSON.stringify(units)}::jsonb) as u(id uuid, code text, kind text, "roleCode" text, name text, "nameEn" text,
      tier text, "areaCode" text, "parentId" uuid, "boardCode" text, phone text, sort integer)
    on conflict (code) do update set kind = excluded.kind, role_code = excluded.role_code, name = excluded.name, name_en = excluded.name_en,
      tier = excluded.tier, area_code = excluded.area_code, parent_id = excluded.parent_id, board_code = excluded.board_code,
      phone = excluded.phone, sort = excluded.sort, version = unit.version + 1`.execute(tx.db);
}

export async function retireUnit(tx: Tx, id: string, atMs: number): Promise<void> {
  await tx.db
    .updateTable('unit')
    .set(({ eb }) => ({ retired_at: new Date(atMs), version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute();
}

export async function listBoards(tx: Tx): Promise<Board[]> {
  return tx.db
    .selectFrom('board')
    .select(['code', 'area_code as areaCode', 'name', 'name_en as nameEn', 'sort'])
    .orderBy('sort')
    .orderBy('code')
    .execute();
}

export async function saveBoard(tx: Tx, board: Board): Promise<void> {
  const row = { area_code: board.areaCode, name: board.name, name_en: board.nameEn, sort: board.sort };
  await tx.db
    .insertInto('board')
    .values({ code: board.code, ...row })
    .onConflict((on) => on.column('code').doUpdateSet(row))
    .execute();
}

import { sql } from 'kysely';
import type { AreaGeometry } from '#engine/territory/geometry.ts';
import type { Tier } from '#kit/tiers.ts';
import type { Tx } from '#server/db/pool.ts';
import type { Area } from './territory.ts';

/** An area as it is kept, with its outline. */
export interface StoredArea extends Area {
  geometry: AreaGeometry | null;
  version: number;
  retiredAt: Date | null;
}

const columns = [
  'code',
  'tier',
  'name',
  'parent_code as parentCode',
  'path',
  'kind',
  'residents',
  'households',
  'geometry',
  'version',
  'retired_at as retiredAt',
] as const;

type AreaRow = Omit<StoredArea, 'tier' | 'kind' | 'geometry' | 'retiredAt'> & {
  tier: string;
  kind: string;
  geometry: unknown;
  retiredAt: unknown;
};

function toArea(row: AreaRow): StoredArea {
  return {
    ...row,
    tier: row.tier as Tier,
    kind: row.kind as Area['kind'],
    geometry: row.geometry as AreaGeometry | null,
    retiredAt: row.retiredAt as Date | null,
  };
}

/** An area with the mark PostgreSQL gave its row (xmin): another mark, another content. */
export interface MarkedArea {
  mark: string;
  area: StoredArea;
}

/** All areas; those whose mark is in `known` are taken from there, so that a small change is a small read. */
export async function listAreas(tx: Tx, known: ReadonlyMap<string, MarkedArea>): Promise<Map<string, MarkedArea>> {
  const marks = await sql<{
    code: string;
    mark: string;
  }>`select code, xmin::text as mark from area order by code`.execute(tx.db);
  const stale = marks.rows.filter(({ code, mark }) => known.get(code)?.mark !== mark).map(({ code }) => code);
  const all = stale.length === marks.rows.length;
  const query = tx.db.selectFrom('area').select(columns);
  const rows =
    stale.length === 0 ? [] : await (all ? query : query.where(sql<boolean>`code = any (${stale}::text[])`)).execute();
  const read = new Map(rows.map((row) => [row.code, toArea(row)]));
  return new Map(
    marks.rows.flatMap(({ code, mark }): [string, MarkedArea][] => {
      const area = read.get(code) ?? known.get(code)?.area;
      return area === undefined ? [] : [[code, { mark, area }]];
    }),
  );
}

/** Locks the rows, so that what is checked is what is changed. */
export async function listAreasForUpdate(tx: Tx, codes: readonly string[]): Promise<StoredArea[]> {
  if (codes.length === 0) return [];
  const rows = await tx.db
    .selectFrom('area')
    .select(columns)
    .where('code', 'in', [...codes])
    .orderBy('code')
    .forUpdate()
    .execute();
  return rows.map(toArea);
}

/** Every area of these parents that is not retired. */
export async function listChildren(tx: Tx, parents: readonly string[]): Promise<StoredArea[]> {
  if (parents.length === 0) return [];
  const rows = await tx.db
    .selectFrom('area')
    .select(columns)
    .where('parent_code', 'in', [...parents])
    .where('retired_at', 'is', null)
    .orderBy('code')
    .execute();
  return rows.map(toArea);
}

/** Codes ever used below a parent, retired ones too: a number once given is not given again. */
export async function listUsedCodes(tx: Tx, parent: string): Promise<string[]> {
  const rows = await tx.db.selectFrom('area').select('code').where('parent_code', '=', parent).execute();
  return rows.map(({ code }) => code);
}

/** Makes this transaction the only one that changes the territory until it ends; returns the version it found. */
export async function lockTerritory(tx: Tx): Promise<number> {
  const row = await tx.db.selectFrom('territory_state').select('version').forUpdate().executeTakeFirstOrThrow();
  return row.version;
}

export async function findVersion(tx: Tx): Promise<number> {
  return (await tx.db.selectFrom('territory_state').select('version').executeTakeFirstOrThrow()).version;
}

export interface NewArea extends Area {
  geometry?: AreaGeometry | null;
}

/** One statement for any number of areas, so parents may stand in the same list. */
export async function insertAreas(tx: Tx, areas: readonly NewArea[]): Promise<void> {
  if (areas.length === 0) return;
  await sql`insert into area (code, tier, name, parent_code, path, kind, residents, households, geometry)
    select code, tier, name, "parentCode", path, kind, residents, households, geometry
    from jsonb_to_recordset(${JSON.stringify(areas)}::jsonb)
      as a(code text, tier text, name text, "parentCode" text, path text[], kind text, residents integer, households integer, geometry jsonb)
    `.execute(tx.db);
}

export interface AreaFacts {
  code: string;
  name: string;
  residents: number;
  households: number;
}

export async function saveFacts(tx: Tx, areas: readonly AreaFacts[]): Promise<void> {
  if (areas.length === 0) return;
  await sql`update area set name = a.name, residents = a.residents, households = a.households, version = version + 1
    from jsonb_to_recordset(${JSON.stringify(areas)}::jsonb) as a(code text, name text, residents integer, households integer)
    where area.code = a.code`.execute(tx.db);
}

/** `woven`: only a corner was added on a straight edge, so nobody else's copy is out of date. */
export async function saveGeometry(
  tx: Tx,
  areas: readonly { code: string; geometry: AreaGeometry | null }[],
  woven = false,
): Promise<void> {
  if (areas.length === 0) return;
  await sql`update area set geometry = nullif(a.geometry, 'null'::jsonb), version = version + ${woven ? 0 : 1}
    from jsonb_to_recordset(${JSON.stringify(areas)}::jsonb) as a(code text, geometry jsonb)
    where area.code = a.code`.execute(tx.db);
}

export async function retireAreas(tx: Tx, codes: readonly string[], atMs: number): Promise<void> {
  if (codes.length === 0) return;
  await tx.db
    .updateTable('area')
    .set(({ eb }) => ({ retired_at: new Date(atMs), version: eb('version', '+', 1) }))
    .where('code', 'in', [...codes])
    .execute();
}

/** Population cells: the only SQL of them. */
import { sql } from 'kysely';
import type { Tx } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scope.ts';
import { within } from './store.ts';

/** A building or a hexagon: how many live there, nobody by name. */
export interface CellRow {
  code: string;
  areaCode: string;
  path: string[];
  district: string;
  lon: number;
  lat: number;
  people: number;
  /** 60 and older. */
  elders: number;
  /** 14 and younger. */
  children: number;
  households: number | null;
  source: string;
  /** The day it was counted for, 'YYYY-MM-DD'. */
  asOf: string;
}

const columns = sql`code, area_code as "areaCode", path, district, lon, lat, people, elders, children, households, source,
  as_of as "asOf"`;

/** Those within an area, by code. */
export async function listCellRows(tx: Tx, scope: Scope, areaCode: string): Promise<CellRow[]> {
  const { rows } = await sql<CellRow>`select ${columns} from population_cell
    where ${areaCode} = any (path) and ${within(scope)} order by code collate "C"`.execute(tx.db);
  return rows;
}

export interface CellSum {
  areaCode: string;
  cells: number;
  people: number;
  elders: number;
  children: number;
}

/** Sums by the areas of one depth of the path (1 city, 2 district, …), within an area. */
export async function sumCells(
  tx: Tx,
  scope: Scope,
  { areaCode, depth }: { areaCode: string; depth: number },
): Promise<CellSum[]> {
  const { rows } =
    await sql<CellSum>`select path[${depth}] as "areaCode", count(*)::int as cells, sum(people)::int as people,
      sum(elders)::int as elders, sum(children)::int as children
    from population_cell where ${areaCode} = any (path) and ${within(scope)}
    group by 1 order by 1 nulls last`.execute(tx.db);
  return rows;
}

export interface CellSource {
  source: string;
  asOf: string;
  cells: number;
  people: number;
}

/** Where the numbers come from. */
export async function listCellSources(tx: Tx, scope: Scope, areaCode: string): Promise<CellSource[]> {
  const { rows } =
    await sql<CellSource>`select source, max(as_of) as "asOf", count(*)::int as cells, sum(people)::int as people
    from population_cell where ${areaCode} = any (path) and ${within(scope)} group by source order by source`.execute(
      tx.db,
    );
  return rows;
}

/** Who holds these codes already, in another source. */
export async function listCellsElsewhere(
  tx: Tx,
  source: string,
  codes: readonly string[],
): Promise<{ code: string; source: string }[]> {
  const { rows } = await sql<{ code: string; source: string }>`select code, source from population_cell
    where code = any (${[...codes]}::text[]) and source <> ${source}`.execute(tx.db);
  return rows;
}

/** Every cell of a source, whoever sees it. */
export async function listCellsOf(tx: Tx, source: string): Promise<CellRow[]> {
  const { rows } = await sql<CellRow>`select ${columns} from population_cell where source = ${source}
    order by code collate "C"`.execute(tx.db);
  return rows;
}

/** Puts these cells in the place of all that a source had. Two at once follow one another. */
export async function replaceCells(tx: Tx, source: string, cells: readonly CellRow[]): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('population_cell'))`.execute(tx.db);
  await sql`delete from population_cell where source = ${source}`.execute(tx.db);
  await insertCells(tx, cells);
}

/** Adds cells. */
export async function insertCells(tx: Tx, cells: readonly CellRow[]): Promise<void> {
  await sql`insert into population_cell (code, area_code, path, district, lon, lat, people, elders, children, households, source, as_of)
    select code, "areaCode", path, district, lon, lat, people, elders, children, households, source, "asOf"
    from jsonb_to_recordset(${JSON.stringify(cells)}::jsonb) as r(code text, "areaCode" text, path text[], district text, lon float8,
      lat float8, people integer, elders integer, children integer, households integer, source text, "asOf" date)`.execute(
    tx.db,
  );
}

/** Where every cell lies; `id` is its code. */
export async function listCellPlaces(tx: Tx): Promise<{ id: string; lon: number; lat: number; areaCode: string }[]> {
  const { rows } = await sql<{ id: string; lon: number; lat: number; areaCode: string }>`
    select code as id, lon, lat, area_code as "areaCode" from population_cell order by code collate "C"`.execute(tx.db);
  return rows;
}

/** One cell, locked. */
export async function findCell(tx: Tx, code: string): Promise<CellRow | undefined> {
  const { rows } = await sql<CellRow>`select ${columns} from population_cell where code = ${code} for update`.execute(
    tx.db,
  );
  return rows[0];
}

export async function moveCell(
  tx: Tx,
  { code, areaCode, path, district }: Pick<CellRow, 'code' | 'areaCode' | 'path' | 'district'>,
): Promise<void> {
  await sql`update population_cell set area_code = ${areaCode}, path = ${path}, district = ${district} where code = ${code}`.execute(
    tx.db,
  );
}

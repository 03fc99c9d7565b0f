import { sql } from 'kysely';
import type { Tx } from '#server/db/pool.ts';

export interface ClassName {
  code: string;
  name: string;
  nameEn: string;
}

/** Names of categories by code. */
export async function readCategoryNames(tx: Tx, codes: readonly string[]): Promise<ReadonlyMap<string, ClassName>> {
  const rows = await tx.db
    .selectFrom('category')
    .select(['code', 'name', 'name_en as nameEn'])
    .where('code', 'in', [...codes, ''])
    .execute();
  return new Map(rows.map((row) => [row.code, row]));
}

/** Main classes: the second level of the category tree, in its order. */
export async function listMainClasses(tx: Tx): Promise<ClassName[]> {
  const { rows } = await sql<ClassName>`
    select c.code, c.name, c.name_en as "nameEn" from category c join category up on up.code = c.parent_code
    where up.parent_code is null order by up.sort, c.sort, c.code`.execute(tx.db);
  return rows;
}

/** The main classes that a category stands for; undefined: it is below them, so no rollup knows it. */
export async function mainClassesOf(tx: Tx, code: string): Promise<string[] | undefined> {
  const { rows } = await sql<{ code: string; depth: number }>`
    select c.code, case when c.code = ${code} then 2 else 1 end as depth
    from category c join category up on up.code = c.parent_code
    where up.parent_code is null and ${code} in (c.code, c.parent_code)`.execute(tx.db);
  return rows.length === 0 ? undefined : rows.map((row) => row.code);
}

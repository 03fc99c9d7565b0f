/** A city's or district's own standards: the only SQL of them. */
import { sql } from 'kysely';
import type { Tx } from '#server/db/pool.ts';

/** One word on the standard of a class; the latest of an area and class is in force. */
export interface StandardRow {
  id: string;
  areaCode: string;
  classCode: string;
  version: number;
  /** Minutes on foot; null: as the norm has it. So are the others. */
  walkMin: number | null;
  radiusM: number | null;
  perPeople: number | null;
  reason: string;
  at: Date;
  accountId: string | null;
}

const columns = sql`id, area_code as "areaCode", class_code as "classCode", version, walk_min as "walkMin",
  radius_m as "radiusM", per_people as "perPeople", reason, at, account_id as "accountId"`;

/** The latest words of these areas, of every class. */
export async function listStandards(tx: Tx, areaCodes: readonly string[]): Promise<StandardRow[]> {
  const { rows } = await sql<StandardRow>`select distinct on (area_code, class_code) ${columns} from facility_standard
    where area_code = any (${[...areaCodes]}::text[])
    order by area_code, class_code, version desc`.execute(tx.db);
  return rows;
}

/** Every word on a class in these areas, the latest first. */
export async function listStandardHistory(
  tx: Tx,
  areaCodes: readonly string[],
  classCode: string,
): Promise<StandardRow[]> {
  const { rows } = await sql<StandardRow>`select ${columns} from facility_standard
    where area_code = any (${[...areaCodes]}::text[]) and class_code = ${classCode} order by at desc, version desc`.execute(
    tx.db,
  );
  return rows;
}

export async function insertStandard(tx: Tx, row: StandardRow): Promise<void> {
  await tx.db
    .insertInto('facility_standard')
    .values({
      id: row.id,
      area_code: row.areaCode,
      class_code: row.classCode,
      version: row.version,
      walk_min: row.walkMin,
      radius_m: row.radiusM,
      per_people: row.perPeople,
      reason: row.reason,
      at: row.at,
      account_id: row.accountId,
    })
    .execute();
}

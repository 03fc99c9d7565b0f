/** 市场需求账: the only SQL of market_demand. */
import { sql } from 'kysely';
import type { DemandState } from '#contract/shortfalls-views.ts';
import type { Tx } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scope.ts';
import type { Figures } from './rules-produce.ts';
import {
  findListed,
  listedColumns,
  listedValues,
  pageOf,
  replaced,
  type After,
  type ListedRow,
  type ListWish,
} from './store-list.ts';

export interface DemandRow extends ListedRow {
  figures: Figures;
  runId: string;
  runHash: string;
  producedAt: Date;
  /** Suggested; null: its class names none. */
  floorM2: number | null;
  /** The room somebody thinks of. */
  idleId: string | null;
  idleCode: string | null;
  idleName: string | null;
  /** The project that answers it. */
  projectId: string | null;
  state: DemandState;
}

const columns = sql`${listedColumns}, t.floor_m2 as "floorM2", t.idle_id as "idleId", t.project_id as "projectId",
  (select i.code from idle_resource i where i.id = t.idle_id) as "idleCode",
  (select i.name from idle_resource i where i.id = t.idle_id) as "idleName"`;
const list = { table: 'market_demand', columns } as const;

export function listDemandRows(tx: Tx, wish: ListWish & { after: After | null; limit: number }): Promise<DemandRow[]> {
  return pageOf<DemandRow>(tx, list, wish);
}

/** Undefined when there is none within `scope`; `lock` holds it until the transaction ends. */
export function findDemand(tx: Tx, scope: Scope, id: string, lock = false): Promise<DemandRow | undefined> {
  return findListed<DemandRow>(tx, list, scope, { id, lock });
}

/** All of an area, locked, by class and area. */
export async function lockDemands(tx: Tx, area: string): Promise<DemandRow[]> {
  const { rows } = await sql<DemandRow>`select ${columns} from market_demand t where ${area} = any (t.path)
    order by t.class_code, t.area_code for update`.execute(tx.db);
  return rows;
}

/** Adds rows or changes those of the same id (which the caller has locked), with the next version. */
export async function saveDemands(tx: Tx, rows: readonly DemandRow[]): Promise<void> {
  for (let from = 0; from < rows.length; from += 500) {
    const values = rows.slice(from, from + 500).map((row) => ({
      id: row.id,
      floor_m2: row.floorM2,
      idle_id: row.idleId,
      project_id: row.projectId,
      created_at: row.createdAt,
      ...listedValues(row),
      figures: JSON.stringify(row.figures),
      run_id: row.runId,
      run_hash: row.runHash,
      produced_at: row.producedAt,
    }));
    await tx.db
      .insertInto('market_demand')
      .values(values)
      .onConflict((conflict) =>
        conflict.column('id').doUpdateSet({
          ...replaced(['floor_m2', 'idle_id', 'project_id']),
          version: sql<number>`market_demand.version + 1`,
        }),
      )
      .execute();
  }
}

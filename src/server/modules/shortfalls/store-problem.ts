/** 设施问题清单: the only SQL of facility_problem. */
import { sql } from 'kysely';
import type { ProblemKind, ProblemState } from '#contract/shortfalls-views.ts';
import type { Tx } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scope.ts';
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

export interface ProblemRow extends ListedRow {
  /** What it is about, the same from one production to the next. */
  key: string;
  kind: ProblemKind;
  facilityId: string | null;
  /** As it is called now. */
  facilityName: string | null;
  state: ProblemState;
}

const columns = sql`${listedColumns}, t.key, t.kind, t.facility_id as "facilityId",
  (select f.name from facility f where f.id = t.facility_id) as "facilityName"`;
const list = { table: 'facility_problem', columns } as const;

export function listProblems(tx: Tx, wish: ListWish & { after: After | null; limit: number }): Promise<ProblemRow[]> {
  return pageOf<ProblemRow>(tx, list, wish);
}

/** Undefined when there is none within `scope`; `lock` holds it until the transaction ends. */
export function findProblem(tx: Tx, scope: Scope, id: string, lock = false): Promise<ProblemRow | undefined> {
  return findListed<ProblemRow>(tx, list, scope, { id, lock });
}

/** All of an area, locked, by key. */
export async function lockProblems(tx: Tx, area: string): Promise<ProblemRow[]> {
  const { rows } = await sql<ProblemRow>`select ${columns} from facility_problem t where ${area} = any (t.path)
    order by t.key for update`.execute(tx.db);
  return rows;
}

/** Adds rows or changes those of the same id (which the caller has locked), with the next version. */
export async function saveProblems(tx: Tx, rows: readonly ProblemRow[]): Promise<void> {
  for (let from = 0; from < rows.length; from += 500) {
    const values = rows.slice(from, from + 500).map((row) => ({
      id: row.id,
      key: row.key,
      kind: row.kind,
      facility_id: row.facilityId,
      created_at: row.createdAt,
      ...listedValues(row),
    }));
    await tx.db
      .insertInto('facility_problem')
      .values(values)
      .onConflict((conflict) =>
        conflict
          .column('id')
          .doUpdateSet({ ...replaced(['kind']), version: sql<number>`facility_problem.version + 1` }),
      )
      .execute();
  }
}

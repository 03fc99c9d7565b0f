import { sql } from 'kysely';
import type { Database } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';

/** How many risk points in use lie in any of these areas; `kind` of db/data/risk-kinds.csv, '*' is all. A number only. */
export function countRiskPoints(database: Database, areas: readonly string[], kind: string): Promise<number> {
  return database.read(systemScope, async ({ db }) => {
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from risk_point
      where retired_at is null and path && ${[...areas]}::text[] and (${kind} = '*' or kind = ${kind})`.execute(db);
    return rows[0]?.n ?? 0;
  });
}

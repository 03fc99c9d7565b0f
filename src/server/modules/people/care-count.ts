import { sql } from 'kysely';
import type { Database } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { tellCount } from './rules-cells.ts';

/**
 * How many people in care live in any of these areas; `tag` of db/data/care-tags.csv, '*' is all. A number only; null when
 * it is 1 to 4. Restricted records do not count.
 */
export function countCare(database: Database, areas: readonly string[], tag: string): Promise<number | null> {
  return database.read(systemScope, async ({ db }) => {
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from care_person
      where retired_at is null and not restricted and path && ${[...areas]}::text[]
        and (${tag} = '*' or ${tag} = any (tags))`.execute(db);
    return tellCount(rows[0]?.n ?? 0);
  });
}

import { sql } from 'kysely';
import type { EventStatus } from '#contract/events-words.ts';
import type { Database } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';

/** Status of each event, or of the one it was merged into; ids nobody knows are missing. */
export async function standsAt(database: Database, ids: readonly string[]): Promise<ReadonlyMap<string, EventStatus>> {
  if (ids.length === 0) return new Map();
  const { rows } = await database.read(systemScope, (tx) =>
    sql<{ id: string; status: EventStatus }>`
      with recursive way (id, at, status, merged_into, steps) as (
        select id, id, status, merged_into, 0 from event where id = any(${[...ids]}::uuid[])
        union all
        select way.id, e.id, e.status, e.merged_into, steps + 1 from way join event e on e.id = way.merged_into where steps < 20
      )
      select distinct on (id) id, status from way order by id, steps desc`.execute(tx.db),
  );
  return new Map(rows.map(({ id, status }) => [id, status]));
}

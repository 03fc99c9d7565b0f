import { sql } from 'kysely';
import type { Tx } from '#server/db/pool.ts';

export type ResultKind = 'clusters' | 'forecast' | 'anomalies';

export interface StoredResult<T> {
  areaCode: string;
  path: readonly string[];
  inputHash: string;
  method: string;
  firstDay: string;
  lastDay: string;
  result: T;
  reckonedAt: Date;
  tookMs: number;
}

/** The latest reckoning of a kind for these areas, as far as the transaction's scope shows it. */
export async function findResults<T>(
  tx: Tx,
  kind: ResultKind,
  areaCodes: readonly string[],
): Promise<StoredResult<T>[]> {
  const rows = await tx.db
    .selectFrom('pattern_result')
    .select([
      'area_code as areaCode',
      'path',
      'input_hash as inputHash',
      'method',
      'first_day as firstDay',
      'last_day as lastDay',
      'result',
      'reckoned_at as reckonedAt',
      'took_ms as tookMs',
    ]) // prettier-ignore
    .where('kind', '=', kind)
    .where('area_code', 'in', areaCodes.length === 0 ? [''] : [...areaCodes])
    .orderBy('area_code')
    .execute();
  return rows as unknown as StoredResult<T>[];
}

/** Writes over what was reckoned before. */
export async function saveResult(tx: Tx, kind: ResultKind, row: StoredResult<object>): Promise<void> {
  await sql`
    insert into pattern_result (kind, area_code, path, input_hash, method, first_day, last_day, result, reckoned_at, took_ms)
    values (${kind}, ${row.areaCode}, ${[...row.path]}::text[], ${row.inputHash}, ${row.method}, ${row.firstDay}::date,
      ${row.lastDay}::date, ${JSON.stringify(row.result)}::jsonb, ${row.reckonedAt}, ${row.tookMs})
    on conflict (kind, area_code) do update set path = excluded.path, input_hash = excluded.input_hash, method = excluded.method,
      first_day = excluded.first_day, last_day = excluded.last_day, result = excluded.result,
      reckoned_at = excluded.reckoned_at, took_ms = excluded.took_ms`.execute(tx.db);
}

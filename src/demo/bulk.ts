/** Many rows at once: one statement per few thousand rows, columns sent as arrays. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { sql } from 'kysely';
import { laterMark } from '#server/db/pipeline.ts';
import type { Tx } from '#server/db/pool.ts';

/** Column name → PostgreSQL type of one value. */
export type Columns = Readonly<Record<string, string>>;
export type Row<C extends Columns> = { [K in keyof C]: unknown };

const later = sql.raw(laterMark);
const rowsPerStatement = 5_000;
/** unnest would flatten arrays of arrays: such a column travels as text and is cast back in the select. */
const isList = (type: string) => type.endsWith('[]');

/**
 * Inserts all rows in the caller's transaction, in order. Values of jsonb columns must already be JSON text. Nobody waits
 * for the answers: the next rows are made ready while the database takes these; a failure is told by the next statement.
 */
export async function insertMany<C extends Columns>(
  tx: Tx,
  table: string,
  columns: C,
  rows: readonly Row<C>[],
): Promise<void> {
  const names = Object.keys(columns);
  const list = sql.join(names.map((name) => sql.ref(name)));
  const values = sql.join(
    names.map((name) => {
      const type = columns[name] ?? 'text';
      return isList(type) ? sql`${sql.ref(`r.${name}`)}::${sql.raw(type)}` : sql.ref(`r.${name}`);
    }),
  );
  for (let from = 0; from < rows.length; from += rowsPerStatement) {
    const part = rows.slice(from, from + rowsPerStatement);
    const arrays = sql.join(
      names.map((name) => {
        const type = columns[name] ?? 'text';
        return sql`${part.map((row) => toParameter(row[name as keyof C], type))}::${sql.raw(isList(type) ? 'text' : type)}[]`;
      }),
    );
    await sql`${later} insert into ${sql.table(table)} (${list}) select ${values} from unnest(${arrays}) as r (${list})`.execute(
      tx.db,
    );
    await nextTurn(); // or it would leave only with the last
  }
}

function toParameter(value: unknown, type: string): unknown {
  if (value === null || value === undefined) return null;
  if (isList(type)) return `{${(value as readonly string[]).map((item) => JSON.stringify(item)).join(',')}}`;
  if (value instanceof Date) return value.toISOString();
  // pg writes buffers inside arrays as hex by itself; plain objects must have been made into text before.
  return value;
}

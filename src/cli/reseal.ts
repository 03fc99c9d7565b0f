import { sql } from 'kysely';
import type { Database, Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { append } from '#server/modules/ledger/index.ts';
import type { Vault } from '#server/vault/vault.ts';
import { contextOf } from './sealed-columns.ts';

export interface Resealing {
  database: Database;
  vault: Vault;
  nowMs: () => number;
  /** Rows of one transaction. */
  batch: number;
}

/** Sees everything, restricted records too: all that is sealed gets the new key. */
const scope = { ...systemScope, restricted: '*' } as const;

/**
 * Seals every value of one column again that is not sealed with the newest key and the chosen cipher. In batches, each a
 * transaction with a ledger line care.rotate: whoever is interrupted begins again and finds only what is left. Versions and
 * times of the rows stay, for nothing they say has changed. Answers how many values were sealed again.
 * @throws Error naming the column when a value does not open: its key is missing from the ring
 */
export async function resealColumn(parts: Resealing, column: string): Promise<number> {
  let done = 0;
  for (;;) {
    const count = await parts.database.inTx(scope, (tx) => resealBatch(tx, parts, column));
    if (count === 0) return done;
    done += count;
  }
}

/** How many values of the column are not sealed with the newest key and the chosen cipher. */
export function countStale(
  { database, vault }: Pick<Resealing, 'database' | 'vault'>,
  column: string,
): Promise<number> {
  const { table, name } = partsOf(column);
  return database.read(scope, async ({ db }) => {
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from ${table}
      where ${name} is not null and substring(${name} from 1 for 2) <> ${vault.head}`.execute(db);
    return rows[0]?.n ?? 0;
  });
}

const partsOf = (column: string) => {
  const [table = '', name = ''] = column.split('.');
  return { table: sql.table(table), name: sql.ref(name) };
};

async function resealBatch(tx: Tx, { vault, nowMs, batch }: Resealing, column: string): Promise<number> {
  const { table, name } = partsOf(column);
  // The rows are locked, so that their place (ctid) holds until the update.
  const { rows } = await sql<{ at: string; sealed: Buffer }>`select ctid::text as at, ${name} as sealed from ${table}
    where ${name} is not null and substring(${name} from 1 for 2) <> ${vault.head} limit ${batch} for update`.execute(
    tx.db,
  );
  if (rows.length === 0) return 0;
  const fresh = rows.map(({ sealed }) => vault.seal(open(vault, sealed, column), contextOf(column)));
  await sql`update ${table} set ${name} = fresh.sealed
    from unnest(${rows.map(({ at }) => at)}::tid[], ${fresh}::bytea[]) as fresh (at, sealed)
    where ${table}.ctid = fresh.at`.execute(tx.db);
  const district = await sql<{ code: string }>`select code from area where parent_code is null limit 1`.execute(tx.db);
  await append(tx, {
    actor: { kind: 'system', accountId: null },
    action: 'care.rotate',
    subject: { type: 'vault', id: column },
    district: district.rows[0]?.code.slice(0, 6) ?? '000000',
    atMs: nowMs(),
    data: { column, values: rows.length, cipher: vault.head[0], key: vault.head[1] },
  });
  return rows.length;
}

function open(vault: Vault, sealed: Buffer, column: string): string {
  try {
    return vault.open(sealed, contextOf(column));
  } catch (error) {
    throw new Error(
      `${column}: a value sealed with key ${sealed[1] ?? '?'} (counted from 0) does not open. Is that key still in HUANGGE_MASTER_KEY?`,
      { cause: error },
    );
  }
}

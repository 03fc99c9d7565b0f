import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';

const folder = join(import.meta.dirname, '../../../db/migrations');
const lockKey = 8141; // any constant: one migrator at a time

/** Names of the migrations this program knows, in order. */
export async function listMigrations(): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => /^\d{4}_[a-z0-9_]+\.sql$/.test(name));
  return names.sort();
}

/**
 * Brings the database at `url` (owner's connection) to this program's schema: forward only, each file in its own
 * transaction, its row inserted first. Returns the names applied.
 * @throws Error when the database is newer than the program, or when a file fails (naming it).
 */
export async function migrate(url: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url, application_name: 'huangge-migrate' });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [lockKey]);
    await client.query(
      'create table if not exists schema_migration (name text primary key, applied_at timestamptz not null default now())',
    );
    const known = await listMigrations();
    const done = (await client.query<{ name: string }>('select name from schema_migration order by name')).rows.map(
      (r) => r.name,
    );
    const strange = done.filter((name) => !known.includes(name));
    if (strange.length > 0) {
      throw new Error(
        `The database is newer than this program: it has had ${strange.join(', ')}, which this program does not know. ` +
          'Start the newer program, or restore the backup taken before the upgrade.',
      );
    }
    const applied: string[] = [];
    for (const name of known.filter((n) => !done.includes(n))) {
      await applyOne(client, name);
      applied.push(name);
    }
    return applied;
  } finally {
    await client.end();
  }
}

async function applyOne(client: pg.Client, name: string): Promise<void> {
  const text = await readFile(join(folder, name), 'utf8');
  await client.query('begin');
  try {
    await client.query('insert into schema_migration (name) values ($1)', [name]);
    await client.query(text);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw new Error(
      `Migration ${name} failed and was undone: ${error instanceof Error ? error.message : String(error)}`,
      { cause: error },
    );
  }
}

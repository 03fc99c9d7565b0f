import pg from 'pg';
import { expect, test } from 'vitest';
import { listMigrations } from '#server/db/migrate.ts';
import { createTestDatabase } from './db.ts';

test('a test database is migrated, its own, and gone after drop', async () => {
  const [one, two] = await Promise.all([createTestDatabase(), createTestDatabase()]);
  expect(one.url).not.toBe(two.url);
  const client = new pg.Client({ connectionString: one.url });
  await client.connect();
  const { rows } = await client.query<{ name: string }>('select name from schema_migration order by name');
  expect(rows.map((row) => row.name)).toEqual(await listMigrations());
  await client.end();
  await Promise.all([one.drop(), two.drop()]);
  await expect(new pg.Client({ connectionString: one.url }).connect()).rejects.toThrow(/does not exist/);
});

test('a connection left open is reported by its name and last query', async () => {
  const database = await createTestDatabase();
  const client = new pg.Client({ connectionString: database.url, application_name: 'the-forgetful-one' });
  client.on('error', () => undefined);
  await client.connect();
  await client.query('begin');
  await client.query('select 42 as forgotten');
  await expect(database.drop()).rejects.toThrow(/the-forgetful-one \(idle in transaction\): select 42 as forgotten/);
});

import { execFileSync } from 'node:child_process';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '#test/helpers/db.ts';
import { contextOf, isNeverSealed, sealedColumns } from '../../src/cli/sealed-columns.ts';

let held: TestDatabase;
let columns: string[];
beforeAll(async () => {
  held = await createTestDatabase();
  const client = new pg.Client({ connectionString: held.url });
  await client.connect();
  const { rows } = await client.query<{ column: string }>(
    `select table_name || '.' || column_name as column from information_schema.columns
     where table_schema = 'public' and data_type = 'bytea' order by 1`,
  );
  await client.end();
  columns = rows.map(({ column }) => column);
});
afterAll(() => held.drop());

/** What the rotation of keys would not know of, or look for in vain. */
function complaints(there: readonly string[]): string[] {
  const forgotten = there.filter((column) => !sealedColumns.includes(column) && !isNeverSealed(column));
  const gone = sealedColumns.filter((column) => !there.includes(column));
  return [
    ...forgotten.map((column) => `${column}: say in src/cli/sealed-columns.ts whether the vault seals it`),
    ...gone.map((column) => `${column}: no such column`),
  ];
}

it('every column of bytes is known to be sealed, or to be something else', () => {
  expect(complaints(columns)).toEqual([]);
  expect(complaints([...columns, 'crime.diary'])).toEqual([
    'crime.diary: say in src/cli/sealed-columns.ts whether the vault seals it',
  ]);
});

it('every sealed column is sealed under its own name', () => {
  const words = execFileSync('git', [
    'grep',
    '-hoE',
    '[a-z_]+\\.([a-z_]+|\\$\\{column\\})',
    '--',
    'src/server/modules',
  ]);
  const used = new Set(words.toString().split('\n'));
  const missing = sealedColumns.map(contextOf).filter((context) => {
    const [table = ''] = context.split('.');
    return !used.has(context) && !used.has(`${table}.\${column}`);
  });
  expect(missing).toEqual([]);
});

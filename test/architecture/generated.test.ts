import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { getTestServer } from '#test/helpers/db.ts';
import { administer, withDatabase } from '#test/helpers/postgres.ts';
import { generate, staleFiles } from '../../tools/gen.ts';
import { root } from './cruise.ts';

let fresh: Record<string, string>;
beforeAll(async () => {
  const { url } = await getTestServer();
  const name = `gen_${process.pid}`;
  await administer(url, `create database ${name}`); // without the test's own law: just what the migrations make
  fresh = await generate(withDatabase(url, name));
  await administer(url, `drop database ${name} with (force)`);
}, 60_000);

describe('generated files', () => {
  it('are those the sources make: run "npm run gen" when this fails', async () => {
    expect(Object.keys(fresh)).toEqual([
      'db/schema.sql',
      'src/server/db/tables.ts',
      'docs/openapi.json',
      'docs/mqtt-schema.json',
    ]);
    expect(await staleFiles(fresh, (path) => readFile(join(root, path), 'utf8'))).toEqual([]);
  });

  it('are compared to the letter: a planted difference is found', async () => {
    const planted = async (path: string): Promise<string> =>
      path === 'db/schema.sql' ? `${fresh[path]} ` : (fresh[path] ?? '');
    expect(await staleFiles(fresh, planted)).toEqual(['db/schema.sql']);
  });
});

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '#test/helpers/db.ts';
import { makeTemporaryFolder } from '#test/helpers/postgres.ts';
import { openDatabase } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { runCli } from './run.ts';

let held: TestDatabase;
let folder: string;
beforeAll(async () => {
  held = await createTestDatabase();
  folder = mkdtempSync(join(tmpdir(), 'huangge-cli-'));
  writeFileSync(join(folder, 'areas.csv'), '代码,名称\n510100,蓉城\n510104,锦江区\n510104001,东街街道\n');
  writeFileSync(join(folder, 'wrong.csv'), '代码,名称\n510104002,西街街道\n51010400x,错街道\n');
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await held.drop();
});

async function huangge(
  line: string,
  env: Record<string, string> = {},
): Promise<{ code: number; out: string; err: string }> {
  const [out, err]: [string[], string[]] = [[], []];
  const io = {
    env: { DATABASE_URL: held.url, PWD: folder, ...env },
    out: (text: string) => void out.push(text),
    err: (text: string) => void err.push(text),
  };
  const code = await runCli(
    line.split(' ').filter((word) => word !== ''),
    io,
  );
  return { code, out: out.join('\n'), err: err.join('\n') };
}

async function countAreas(url: string): Promise<number> {
  const database = openDatabase(url, { max: 1 });
  try {
    const rows = await database.read(systemScope, ({ db }) => db.selectFrom('area').select('code').execute());
    return rows.length;
  } finally {
    await database.close();
  }
}

test('help tells every command, and each command its options', async () => {
  const { code, out } = await huangge('--help');
  expect(code).toBe(0);
  for (const name of ['import areas', 'import outlines', 'import units', 'import places', 'import basemap']) {
    expect(out).toContain(`huangge ${name}`);
    expect((await huangge(`${name} --help`)).out).toContain(`huangge ${name} <file`);
  }
});

test.each([
  ['', 'commands for those'],
  ['import', 'Unknown command "import"'],
  ['import areas', 'Expected one file, found 0'],
  ['import areas nowhere.csv', 'There is no file nowhere.csv'],
  ['import areas areas.csv --frobnicate', '--frobnicate'],
  ['import areas areas.csv --map code', '--map expects field=header'],
  ['import outlines areas.csv', '--crs must be one of wgs84'],
  ['import outlines areas.csv --crs wgs84 --tier village', '--tier must be one of city'],
])('"huangge %s" is called wrongly: exit code 2', async (line, words) => {
  const { code, out, err } = await huangge(line);
  expect(code).toBe(2);
  expect(out + err).toContain(words);
});

test('an import: a trial first, then done, then the same again; a wrong file changes nothing', async () => {
  expect(await huangge('import areas areas.csv --dry-run')).toMatchObject({
    code: 0,
    out: expect.stringContaining('Would import: 3 rows read, 3 created') as string,
  });
  expect(await countAreas(held.url)).toBe(0);
  expect((await huangge('import areas areas.csv')).out).toContain('Imported: 3 rows read, 3 created');
  expect((await huangge('import areas areas.csv')).out).toContain('0 created, 0 changed, 3 unchanged');
  const wrong = await huangge('import areas wrong.csv');
  expect(wrong.code).toBe(1);
  expect(wrong.err).toContain('line 3: code: expected an area code, found "51010400x"');
  expect(wrong.err).toContain('Refused (import_refused): 1 of 2 rows are wrong; nothing was imported.');
  expect(await countAreas(held.url)).toBe(3);
  expect((await huangge('import areas wrong.csv --skip-wrong')).out).toContain('1 created');
});

test('mqtt acl: the files of a mosquitto that lets this program read; without its name and password called wrongly', async () => {
  const MQTT_URL = 'mqtt://huangge:geheim@127.0.0.1';
  const done = await huangge('mqtt acl broker', { MQTT_URL });
  expect(done).toMatchObject({ code: 0, out: expect.stringContaining('0 devices and huangge') as string });
  expect(readFileSync(join(folder, 'broker/passwords'), 'utf8')).toMatch(/^huangge:\$7\$101\$[\w+/=]+\$[\w+/=]+\n$/);
  expect(readFileSync(join(folder, 'broker/acl'), 'utf8')).toContain('pattern write hg/v1/%u/readings');
  expect(await huangge('mqtt acl broker', { MQTT_URL: 'mqtt://127.0.0.1' })).toMatchObject({ code: 2 });
  expect(await huangge('mqtt acl', { MQTT_URL })).toMatchObject({ code: 2 });
});

test('no database: exit code 3 with a sentence', async () => {
  const { code, err } = await huangge('import areas areas.csv', { DATABASE_URL: 'postgres://nobody@127.0.0.1:9/none' });
  expect(code).toBe(3);
  expect(err).toContain('The database does not answer');
});

test('without DATABASE_URL the embedded database is started for the moment, and joined while it runs', async () => {
  const home = await makeTemporaryFolder();
  const env = { DATABASE_URL: '', HUANGGE_DATA: home };
  try {
    expect((await huangge('import areas areas.csv', env)).out).toContain('3 created');
    const { startEmbedded } = await import('#server/db/embedded.ts');
    const server = await startEmbedded({ dataDir: join(home, 'pg') });
    try {
      expect((await huangge('import areas areas.csv', env)).out).toContain('3 unchanged');
      expect(await countAreas(server.url)).toBe(3);
    } finally {
      await server.stop();
    }
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}, 60_000);

test('analytics rebuild tells figures again, and says how many facts there are', async () => {
  expect(await huangge('analytics rebuild')).toMatchObject({ code: 0, out: '0 facts told again.' });
});

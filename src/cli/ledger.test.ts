import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '#kit/clock.ts';
import { openDatabase, type Database } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { append, configureLedger, createSequencer, createSigner, makeLedgerKey } from '#server/modules/ledger/index.ts';
import { createTestDatabase, type TestDatabase } from '#test/helpers/db.ts';
import { administer } from '#test/helpers/postgres.ts';
import { runCli } from './run.ts';

let test: TestDatabase;
let database: Database;
let folder = '';
const signer = createSigner(makeLedgerKey());

beforeAll(async () => {
  test = await createTestDatabase();
  database = openDatabase(test.url, { max: 3 });
  folder = await mkdtemp(join(tmpdir(), 'huangge-ledger-'));
  configureLedger({ tenant: 'main', wake: () => undefined });
  await grow(5);
  const { keys, head } = await exportTo('first.ndjson');
  await writeFile(inFolder('key.pem'), keys[0]?.publicKey ?? '');
  await writeFile(inFolder('head.json'), JSON.stringify(head));
  await grow(4);
});

afterAll(async () => {
  await rm(folder, { recursive: true });
  await database.close();
  await test.drop();
});

async function grow(lines: number): Promise<void> {
  await database.inTx(systemScope, async (tx) => {
    for (let i = 0; i < lines; i++) {
      await append(tx, {
        actor: { kind: 'account', accountId: randomUUID() },
        action: 'event.note',
        subject: { type: 'event', id: 'e' },
        district: '500103',
        atMs: Date.now(),
        words: { note: '已联系业主' },
      });
    }
  });
  const log = { error: () => expect.fail('The sequencer failed.') };
  const sequencer = createSequencer({ database, tenant: 'main', signer, clock: systemClock, log });
  await sequencer.start();
  await sequencer.stop();
}

const inFolder = (name: string): string => join(folder, name);

async function run(...args: string[]): Promise<{ code: number; said: string }> {
  let said = '';
  const say = (text: string): void => void (said += `${text}\n`);
  const code = await runCli(['ledger', ...args], { out: say, err: say, env: { DATABASE_URL: test.url } });
  return { code, said };
}

async function exportTo(name: string): Promise<{ keys: { publicKey: string }[]; head: unknown }> {
  const { code } = await run('export', inFolder(name));
  expect(code).toBe(0);
  const [header] = (await readFile(inFolder(name), 'utf8')).split('\n');
  return JSON.parse(header ?? '') as { keys: { publicKey: string }[]; head: unknown };
}

describe('huangge ledger', () => {
  it('exports, and verifies the export with the published key and the head kept from earlier', async () => {
    await exportTo('whole.ndjson');
    const { code, said } = await run(
      'verify',
      inFolder('whole.ndjson'),
      '--key',
      inFolder('key.pem'),
      '--previous',
      inFolder('head.json'),
    );
    expect(code).toBe(0);
    expect(said).toContain('GOOD: lines 1 to 9 of the ledger "main"');
    expect(said).toContain('continues the head of 5 lines');
    expect(said).toContain('the key you gave');
  });

  it('says what a check without key and earlier head does not prove', async () => {
    await exportTo('whole.ndjson');
    const { said } = await run('verify', inFolder('whole.ndjson'));
    expect(said).toContain('give the published key');
    expect(said).toContain('--previous next time');
  });

  it('names the first forged line and exits with 1, in words and in JSON', async () => {
    await exportTo('forged.ndjson');
    const lines = (await readFile(inFolder('forged.ndjson'), 'utf8')).split('\n');
    for (const at of [4, 6]) lines[at] = (lines[at] ?? '').replace('event.note', 'event.gone');
    await writeFile(inFolder('forged.ndjson'), lines.join('\n'));
    const { code, said } = await run('verify', inFolder('forged.ndjson'));
    expect(code).toBe(1);
    expect(said).toMatch(/^WRONG \(line 5 of the file\): Line 4 was changed/);
    const json = await run('verify', inFolder('forged.ndjson'), '--json');
    expect(json.code).toBe(1);
    expect(JSON.parse(json.said)).toMatchObject({ ok: false, lineNumber: 5, seq: 4 });
  });

  it('exports a part, and refuses one above the signed head', async () => {
    expect((await run('export', inFolder('part.ndjson'), '--from', '3', '--to', '6')).code).toBe(0);
    expect((await run('verify', inFolder('part.ndjson'), '--json')).said).toContain('"from":3,"to":6');
    const { code, said } = await run('export', inFolder('part.ndjson'), '--to', '10');
    expect(code).toBe(1);
    expect(said).toContain('within 1 to 9');
    expect((await run('verify', inFolder('part.ndjson'))).code, 'the good export is still there').toBe(0);
    expect(await readdir(folder)).not.toContain('part.ndjson.part');
  });

  it('checks the database itself', async () => {
    expect(await run('check')).toMatchObject({ code: 0, said: expect.stringContaining('GOOD: 9 lines') });
    await administer(
      test.url,
      `update ledger_private set body = '{"note":"x"}' where entry_id = (select entry_id from ledger_seq where seq = 2)`,
    );
    expect(await run('check')).toMatchObject({ code: 1, said: expect.stringContaining('The words of line 2') });
  });

  it.each([
    [['burn']],
    [['verify']],
    [['verify', 'nowhere.ndjson']],
    [['verify', 'a', '--previous', 'nowhere.json']],
    [['verify', 'a', '--unknown']],
    [['export', 'a', '--from', 'zero']],
  ])('explains itself when misused: %j', async (args) => {
    const { code, said } = await run(...args);
    expect(code).toBe(2);
    expect(said).toMatch(/huangge ledger (verify|export) +/);
  });
});

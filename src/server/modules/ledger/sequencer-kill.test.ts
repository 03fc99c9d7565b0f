import { spawn } from 'node:child_process';
import { once as onceOf } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '#kit/clock.ts';
import { openDatabase, type Database } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { createTestDatabase, type TestDatabase } from '#test/helpers/db.ts';
import { append, configureLedger } from './append.ts';
import { createSequencer } from './sequencer.ts';
import { createSigner, makeLedgerKey } from './signer.ts';
import { verifyStored } from './verify-stored.ts';

const tenant = 'killed';
const rounds = 5;
let test: TestDatabase;
let database: Database;

beforeAll(async () => {
  test = await createTestDatabase();
  database = openDatabase(test.url, { max: 6 });
  configureLedger({ tenant, wake: () => undefined });
});

afterAll(async () => {
  await database.close();
  await test.drop();
});

/** Appends until told to stop; answers the ids that were committed. */
async function write(going: () => boolean): Promise<string[]> {
  const ids: string[] = [];
  while (going()) {
    ids.push(
      await database.inTx(systemScope, (tx) =>
        append(tx, {
          actor: { kind: 'system', accountId: null },
          action: 'event.report',
          subject: { type: 'event', id: 'e' },
          district: '500103',
          atMs: Date.now(),
        }),
      ),
    );
  }
  return ids;
}

/** Starts a sequencer in a process of its own, kills it in the middle of its work; answers what it had told. */
async function runVictim(livesMs: number): Promise<string[]> {
  const script = join(import.meta.dirname, 'sequencer-kill.fixture.ts');
  const child = spawn(process.execPath, [script, test.url, tenant], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  const closed = onceOf(child, 'close');
  while (!said.includes('started\n')) await Promise.race([sleep(5), closed]);
  await sleep(livesMs);
  child.kill('SIGKILL');
  await closed;
  return said
    .split('\n')
    .slice(0, -1)
    .filter((line) => line !== 'started');
}

describe('a sequencer killed with SIGKILL', () => {
  it('loses no line, gives no number twice, and had told nothing that is not so', { timeout: 60_000 }, async () => {
    let going = true;
    const writers = Promise.all([1, 2, 3].map(() => write(() => going)));
    const told: string[] = [];
    for (let round = 0; round < rounds; round++) told.push(...(await runVictim(60 + Math.random() * 250)));
    going = false;
    const committed = (await writers).flat();

    const log = { error: () => expect.fail('The sequencer failed.') };
    const signer = createSigner(makeLedgerKey());
    const heir = createSequencer({ database, tenant, signer, clock: systemClock, log });
    await heir.start();
    await heir.idle();
    const stored = await heir.readSince(0, 1_000_000);
    await heir.stop();
    expect(stored.map((one) => one.seq)).toEqual(Array.from({ length: committed.length }, (_, i) => i + 1));
    expect(stored.map((one) => one.entryId).sort()).toEqual(committed.sort());
    const places = new Set(stored.map((one) => `${one.seq} ${one.entryId}`));
    expect(told.length).toBeGreaterThan(0);
    expect(told.filter((place) => !places.has(place))).toEqual([]);
    expect(await verifyStored(database, tenant)).toMatchObject({ ok: true, size: committed.length });
  });
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '#kit/clock.ts';
import { diskStore } from '#server/files/file-store.ts';
import { openDatabase } from '#server/db/pool.ts';
import { createVault } from '#server/vault/vault.ts';
import { createTestDatabase, type TestDatabase } from '#test/helpers/db.ts';
import { readConfig } from '../src/config.ts';
import { wire, type Program } from '../src/wire.ts';
import { loadDemo } from '../src/demo/load.ts';
import { simulate } from '../src/demo/simulate/simulate.ts';

let test: TestDatabase;
let folder: string;
let program: Program;
let url: string;

beforeAll(async () => {
  [test, folder] = [await createTestDatabase(), await mkdtemp(join(tmpdir(), 'huangge-simulate-'))];
  const config = readConfig({ HUANGGE_DATA: folder, LOG_LEVEL: 'error', HUANGGE_PUBLIC_URL: 'http://localhost' });
  const database = openDatabase(test.url, { max: 2 });
  const files = diskStore(join(folder, 'files'));
  const vault = createVault(config.masterKeys, config.vault);
  // A short history: the simulation needs the town, not its past.
  await loadDemo({
    database,
    vault,
    files,
    clock: systemClock,
    log: () => undefined,
    history: { days: 31, perMonth: 90 },
  });
  await database.close();
  program = await wire({ config, ownerUrl: test.url, webDir: join(folder, 'no-pages'), log: () => undefined });
  url = await program.app.listen({ port: 0, host: '127.0.0.1' });
}, 120_000);

afterAll(async () => {
  await program.stop();
  await test.drop();
  await rm(folder, { recursive: true, force: true });
});

describe('the simulation on a running server', () => {
  it('lets residents report and workers act through the public interface', async () => {
    const lines: string[] = [];
    const stop = new AbortController();
    // A busy machine takes fewer turns in a minute: enough is told by the turns, not by the clock.
    const print = (line: string) => {
      lines.push(line);
      const reported = lines.some((one) => one.includes(' resident report'));
      if (lines.length > 30 && reported) stop.abort();
    };
    const counts = await simulate({ url, speed: 3600, seed: 5, minutes: 0.8, signal: stop.signal, print });
    expect(counts.reports, lines.join('\n')).toBeGreaterThan(0);
    expect(counts.acts, lines.join('\n')).toBeGreaterThan(15);
    expect(
      lines.filter((line) => line.startsWith('refused')),
      lines.join('\n'),
    ).toEqual([]);
    const verbs = new Set(lines.map((line) => line.split(' ')[2]));
    expect(verbs.size, lines.join('\n')).toBeGreaterThan(4);
  }, 60_000);

  it('leaves the same kind of ledger lines as the history that was made in memory', async () => {
    // Lines that were really sent carry an opId; those of the made history do not.
    const { rows } = await program.database.pool.query<{ action: string; key: string; lived: number; made: number }>(`
      with line as (select action, data, op_id is not null as lived from ledger_entry where action like 'event.%'),
        total as (select action, count(*) filter (where lived) as lived, count(*) filter (where not lived) as made from line group by action)
      select l.action, key, count(*) filter (where l.lived)::float / t.lived as lived, count(*) filter (where not l.lived)::float / t.made as made
      from line l join total t using (action) cross join lateral jsonb_object_keys(l.data) key
      where t.lived > 0 and t.made > 0 and l.action <> 'event.escalate_clock' group by l.action, key, t.lived, t.made`);
    expect(new Set(rows.map(({ action }) => action)).size).toBeGreaterThan(5);
    const strange = rows.filter(({ lived, made }) => (lived === 1 && made === 0) || (made === 1 && lived === 0));
    expect(strange).toEqual([]);
  });

  it('stops at once when told to', async () => {
    const stop = new AbortController();
    let toldMs = 0;
    setTimeout(() => {
      toldMs = performance.now();
      stop.abort();
    }, 500);
    await simulate({ url, speed: 60, seed: 6, minutes: 5, signal: stop.signal, print: () => undefined });
    expect(toldMs).toBeGreaterThan(0);
    expect(performance.now() - toldMs).toBeLessThan(5_000);
  }, 30_000);

  it('says what is wrong when there is no server', async () => {
    await expect(
      simulate({ url: 'http://127.0.0.1:9', speed: 1, seed: 1, minutes: 1, print: () => undefined }),
    ).rejects.toThrow();
  });
});

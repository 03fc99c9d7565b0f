/**
 * How many waiting lines a second the sequencer numbers: leaf hash, gapless number, subtrees, commit to disk.
 *   node bench/ledger.ts [lines]
 */
import { join } from 'node:path';
import { systemClock } from '#kit/clock.ts';
import { startEmbedded } from '#server/db/embedded.ts';
import { migrate } from '#server/db/migrate.ts';
import { openDatabase } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { append, createSequencer, createSigner, makeLedgerKey, verifyStored } from '#server/modules/ledger/index.ts';
import { count, tell } from './lib/figures.ts';
import { findPort, makeFolder, removeFolder } from './lib/server.ts';

const lines = Number(process.argv[2] ?? 20_000);
const folder = await makeFolder();
const ground = await startEmbedded({ dataDir: join(folder, 'pg'), port: await findPort() });
try {
  await migrate(ground.url);
  const database = openDatabase(ground.url, { max: 4 });
  for (let done = 0; done < lines; done += 1_000)
    await database.inTx(systemScope, async (tx) => {
      for (let n = 0; n < 1_000; n++)
        await append(tx, {
          actor: { kind: 'resident', accountId: null },
          action: 'event.report',
          subject: { type: 'event', id: `event-${done + n}` },
          district: '500103',
          atMs: Date.now(),
          data: { to: 'reported', path: ['500000', '500103', '500103004'], priority: 3 },
          words: { description: '路面坏了，请来看看。' },
          audience: ['a:500103', 'a:500103004'],
        });
    });
  const log = { error: (fields: Record<string, unknown>, message: string) => console.error(message, fields) };
  const signer = createSigner(makeLedgerKey());
  const sequencer = createSequencer({ database, tenant: 'main', signer, clock: systemClock, log });
  const startMs = performance.now();
  await sequencer.start();
  await sequencer.idle();
  const seconds = (performance.now() - startMs) / 1000;
  await sequencer.stop();
  const verdict = await verifyStored(database, 'main');
  await database.close();
  tell(
    `ledger: lines numbered a second (${count(lines)} waiting)`,
    count(lines / seconds),
    verdict.ok ? 'verified afterwards' : verdict.problem,
  );
  if (!verdict.ok) process.exitCode = 1;
} finally {
  await ground.stop();
  await removeFolder(folder);
}

/** For sequencer-kill.test.ts: a process that numbers the log of its arguments until it is killed, and prints what it told. */
import { systemClock } from '#kit/clock.ts';
import { openDatabase } from '#server/db/pool.ts';
import { createSequencer } from './sequencer.ts';
import { createSigner, makeLedgerKey } from './signer.ts';

const [url = '', tenant = ''] = process.argv.slice(2);
const sequencer = createSequencer({
  database: openDatabase(url, { max: 2 }),
  tenant,
  signer: createSigner(makeLedgerKey()),
  clock: systemClock,
  log: { error: (_, message) => process.stderr.write(`${message}\n`) },
});
sequencer.subscribe((news) => {
  for (const { seq, entryId } of news) process.stdout.write(`${seq} ${entryId}\n`);
});
await sequencer.start();
process.stdout.write('started\n');

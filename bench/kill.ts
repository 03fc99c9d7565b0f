/**
 * kill -9 of the program, and of the PostgreSQL beneath it, at random moments while residents report.
 *   node bench/kill.ts [rounds] [server|postgres]
 * Goal: acknowledged reports lost 0, doubled 0, ready again within 2 s (p95).
 */
import { count, ms, quantile, tell, tellLimit } from './lib/figures.ts';
import { killRounds, type Victim } from './lib/kill-rounds.ts';
import { findPort, makeFolder, removeFolder } from './lib/server.ts';

const rounds = Number(process.argv[2] ?? 50);
const victims: Victim[] = process.argv[3] === undefined ? ['server', 'postgres'] : [process.argv[3] as Victim];

for (const victim of victims) {
  const folder = await makeFolder();
  try {
    const verdict = await killRounds({
      dataDir: folder,
      port: await findPort(),
      rounds,
      victim,
      clients: 8,
      seed: 141,
    });
    const name = `kill -9 of ${victim === 'server' ? 'the server' : 'PostgreSQL'}, ${rounds} rounds`;
    tell(
      `${name}: lost / doubled / strange`,
      `${verdict.lost} / ${verdict.doubled} / ${verdict.strange}`,
      `${count(verdict.acknowledged)} acknowledged, ${count(verdict.resent)} sent again; ledger ${verdict.ledgerProblem ?? 'verified'}`,
    );
    tell(`${name}: ready again, p50`, ms(quantile(verdict.readyMs, 0.5)));
    tellLimit(`${name}: ready again, p95`, quantile(verdict.readyMs, 0.95), 2_000);
    if (verdict.lost + verdict.doubled + verdict.strange > 0 || verdict.ledgerProblem !== null) process.exitCode = 1;
  } finally {
    await removeFolder(folder);
  }
}

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { killRounds, type Victim } from '../../bench/lib/kill-rounds.ts';
import { findPort, makeFolder, removeFolder } from '../../bench/lib/server.ts';

let folder: string;

beforeEach(async () => {
  folder = await makeFolder();
});

afterEach(() => removeFolder(folder));

describe('five kills with signal 9 while residents report', () => {
  it.each<Victim>(['server', 'postgres'])(
    'of the %s lose nothing that was acknowledged and double nothing that was sent again',
    async (victim) => {
      const options = { dataDir: folder, port: await findPort(), rounds: 5, victim, clients: 4, seed: 7 };
      const verdict = await killRounds(options);
      expect(verdict).toMatchObject({ rounds: 5, lost: 0, doubled: 0, strange: 0, ledgerProblem: null });
      expect(verdict.acknowledged).toBeGreaterThan(10);
      expect(verdict.resent).toBeGreaterThan(0);
    },
    120_000,
  );
});

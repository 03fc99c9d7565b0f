import { systemClock } from '#kit/clock.ts';
import { createVault } from '#server/vault/vault.ts';
import { readConfig } from '../config.ts';
import { exitCodes, type Command } from './command.ts';
import { withDatabase } from './database.ts';
import { countStale, resealColumn } from './reseal.ts';
import { sealedColumns } from './sealed-columns.ts';

const rowsPerBatch = 500;

export const vaultRotateCommand: Command = {
  name: 'vault rotate',
  summary: 'Seals every secret in the database again with the newest master key and the chosen cipher.',
  usage: '[--dry-run]',
  help: [
    '  Takes HUANGGE_MASTER_KEY and HUANGGE_CIPHER as the server does; the server may run, once it has the new key too.',
    '  May be interrupted and begun again: what is done is not done twice.',
    '  --dry-run  only count what would be sealed again',
  ].join('\n'),
  options: { 'dry-run': { type: 'boolean' } },
  async run(io, { options }) {
    const { masterKeys, vault: choice } = readConfig(io.env);
    const vault = createVault(masterKeys, choice);
    const seal = options['dry-run'] === true ? countStale : resealColumn;
    // Some rows are history that the program may not touch; the owner gives them a new seal, never another content.
    const total = await withDatabase(
      io,
      async (database) => {
        const parts = { database, vault, nowMs: systemClock.now, batch: rowsPerBatch };
        let sum = 0;
        for (const column of sealedColumns) {
          const count = await seal(parts, column);
          if (count > 0) io.out(`${column}: ${count}`);
          sum += count;
        }
        return sum;
      },
      { asOwner: true },
    );
    io.out(
      options['dry-run'] === true ? `${total} values would be sealed again.` : `${total} values were sealed again.`,
    );
    return exitCodes.done;
  },
};

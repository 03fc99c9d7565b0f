import { systemClock } from '#kit/clock.ts';
import { systemScope } from '#server/db/scope.ts';
import { createAnalytics } from '#server/modules/analytics/index.ts';
import { createTerritory } from '#server/modules/grids/index.ts';
import { readSize } from '#server/modules/ledger/index.ts';
import { exitCodes, type Command } from './command.ts';
import { withDatabase } from './database.ts';

export const analyticsRebuildCommand: Command = {
  name: 'analytics rebuild',
  summary: 'Forgets all facts and figures and tells them again from the events and the ledger.',
  usage: '',
  help: [
    '  Nothing is lost by it: figures are derived. The server may run; it waits with its figures until this is done.',
    '  Some seconds for a district, some minutes for each million events.',
  ].join('\n'),
  options: {},
  async run(io) {
    const facts = await withDatabase(io, async (database, tenant) => {
      const analytics = createAnalytics({
        database,
        territory: await createTerritory(database),
        clock: systemClock,
        tenant,
        ledger: {
          readSince: async () => [],
          lastSeq: () => database.read(systemScope, (tx) => readSize(tx, tenant)),
        },
        names: async () => new Map<string, string>(),
        heads: async () => new Map<string, number>(),
      });
      return analytics.rebuild();
    });
    io.out(`${facts} facts told again.`);
    return exitCodes.done;
  },
};

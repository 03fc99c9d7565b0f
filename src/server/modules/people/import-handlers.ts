import type { careImportRoutes } from '#contract/care-files.ts';
import type { Handlers } from '#contract/route.ts';
import { toIso } from '#kit/clock.ts';
import { systemScope } from '#server/db/scope.ts';
import { senderOf } from '#server/modules/identity/index.ts';
import { once } from '#server/modules/ledger/index.ts';
import type { Work } from './commands.ts';
import type { PeopleCtx } from './handlers.ts';
import { importCare } from './import-care.ts';
import { careImportFields, careImportRequired, type CareImportField } from './import-rows.ts';
import type { PeopleParts } from './queries.ts';

/** Routes that bring people in care in from a file. */
export function createImportHandlers(parts: PeopleParts): Handlers<typeof careImportRoutes, PeopleCtx> {
  const { database, territory, vault, clock } = parts;
  const fields = Object.keys(careImportFields) as CareImportField[];
  return {
    fields: async () => ({
      fields: fields.map((field) => ({
        field,
        headers: [...careImportFields[field]],
        required: careImportRequired.includes(field),
      })),
      template: `\ufeff${fields.map((field) => careImportFields[field][0]).join(',')}\r\n`,
    }),
    async import({ body }, { actor }) {
      const { opId, text = '', base64, ...options } = body;
      const bytes = base64 === undefined ? Buffer.from(text, 'utf8') : Buffer.from(base64, 'base64');
      const run = async (tx: Work['tx']) => {
        const atMs = clock.now();
        const work = { tx, territory, vault, actor, atMs, opId: options.dryRun ? null : opId };
        return { ...(await importCare(work, { ...options, bytes })), at: toIso(atMs) };
      };
      // A trial writes nothing and keeps no opId.
      if (options.dryRun) return database.read(systemScope, run);
      return once(database, systemScope, { opId, actor: senderOf(actor), route: 'care.import', request: body }, run);
    },
  };
}

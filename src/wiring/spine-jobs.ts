import type { FastifyInstance } from 'fastify';
import type { Database } from '#server/db/pool.ts';
import type { FileStore } from '#server/files/file-store.ts';
import type { RecurringJob } from '#server/jobs/jobs.ts';
import type { Events } from '#server/modules/events/index.ts';
import { verifyStored } from '#server/modules/ledger/index.ts';

/** Rings every due rung, in turns short enough to let others lock their events. */
export async function ringAll(events: Events): Promise<void> {
  const turn = 100;
  while ((await events.jobs.ringClocks(turn)) === turn);
}

/** What the spine does by the clock of the day. */
export function eventJobs(events: Events, files: FileStore, app: FastifyInstance): RecurringJob[] {
  return [
    {
      name: 'events.calendar',
      cron: '5 8 * * *',
      async run() {
        const warning = await events.jobs.checkCalendar();
        if (warning !== undefined)
          app.log.warn(
            warning,
            'The working calendar ends soon: enter the coming year under Administration, Calendar.',
          );
      },
    },
    {
      name: 'events.unclaimed',
      cron: '25 * * * *',
      async run() {
        // To the last one: whoever uploads without end must not fill the disk faster than this empties it.
        for (let more = true; more;) {
          const { removed, storageKeys } = await events.jobs.forgetUnclaimed();
          for (const key of storageKeys) for (const end of ['.jpg', '.thumb.jpg']) await files.remove(`${key}${end}`);
          more = removed > 0;
        }
      },
    },
  ];
}

/** @throws Error when the stored ledger does not match its signed heads */
export async function verifyNightly(database: Database, tenant: string): Promise<void> {
  const verdict = await verifyStored(database, tenant);
  if (!verdict.ok) throw new Error(`The ledger was changed behind our back: ${verdict.problem}`);
}

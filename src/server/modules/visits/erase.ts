import type { Erasable, Watcher } from '#server/modules/people/index.ts';
import type { VisitParts } from './parts.ts';
import { countRaised, countVisitsKept, emptyVisits, listPackLines, listVisitIds } from './store-erase.ts';

const name = 'visits';

/**
 * What visits keep about a person in care and how it goes: what was said, what stands about them, their tags on tasks,
 * photos no event has, words of reassignments. Ids, times and outcomes stay for the figures, events that were raised are
 * matters of their own.
 */
export function erasableOf({ clock, events }: Pick<VisitParts, 'clock' | 'events'>): Erasable {
  return {
    name,
    async count(tx, personId) {
      const photos = await events.photos.listOf(tx, 'visit', await listVisitIds(tx, personId));
      const kept = { ...(await countVisitsKept(tx, personId)), photos: photos.length };
      return Object.entries(kept).flatMap(([kind, rows]) => (rows === 0 ? [] : [{ kind, rows }]));
    },
    async keeps(tx, personId) {
      const rows = await countRaised(tx, personId);
      return rows === 0 ? [] : [{ kind: 'events', rows }];
    },
    async erase(tx, personId) {
      await events.photos.releaseOf(tx, 'visit', await listVisitIds(tx, personId));
      await emptyVisits(tx, personId, clock.now());
    },
  };
}

/** Lines of the ledger in which a worker was shown a person on the list of a day. */
export const dayWatcher: Watcher = { name, linesWith: listPackLines };

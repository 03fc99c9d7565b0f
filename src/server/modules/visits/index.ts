import { dayWatcher, erasableOf } from './erase.ts';
import { createHandlers, createPastHandlers } from './handlers.ts';
import { climbDue } from './ladder.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import type { VisitParts } from './parts.ts';
import { followForce, followRegister, planDue } from './plan.ts';
import { findVisitPhoto } from './queries-past.ts';
import { reconcileDemands } from './raise.ts';

export { seedVisitRules } from './dictionary.ts';
export type { Meeting, Missed, VisitParts } from './parts.ts';

/** The whole module: its routes, and what runs by itself. The rules must be seeded (seedVisitRules) before. */
export function createVisits(given: Omit<VisitParts, 'missed'>) {
  let listener: VisitParts['missed'] | undefined;
  const parts: VisitParts = { ...given, missed: async (tx, missed) => listener?.(tx, missed) };
  let followedMs = 0;
  return {
    handlers: createHandlers(parts),
    /** For people: what an erasure takes here, and who saw whom on the list of a day. */
    erasable: erasableOf(parts),
    watcher: dayWatcher,
    /** A module above hears from now on what those visited miss nearby; there is one such module. */
    alsoHear(hears: VisitParts['missed']): void {
      listener = hears;
    },
    pastHandlers: createPastHandlers(parts),
    findPhoto: (actor: Actor, where: { id: string; photoId: string }) => findVisitPhoto(parts, actor, where),
    jobs: {
      /** Everybody in care has one open visit, on a day of its window; follows the register. Answers how many changed. */
      async plan(): Promise<number> {
        // Half a minute of overlap: rows committed late still count.
        const sinceMs = followedMs - 30_000;
        followedMs = parts.clock.now();
        let changed = await followRegister(parts, sinceMs);
        for (let planned = Infinity; planned >= 2_000;) changed += planned = await planDue(parts);
        return changed;
      },
      /** Warnings and outages raise visits; those whose reason ended are withdrawn. */
      raise: () => reconcileDemands(parts),
      /** Nobody answered: the next step. */
      climb: () => climbDue(parts),
      /** What is due today goes to whoever answers for it, or stands in. */
      follow: () => followForce(parts),
    },
  };
}

export type Visits = ReturnType<typeof createVisits>;

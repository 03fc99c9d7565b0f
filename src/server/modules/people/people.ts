import type { Circle } from '#server/modules/grids/index.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { followCare } from './follow.ts';
import type { Erasable } from './erase-commands.ts';
import { createExportHandlers } from './export-handlers.ts';
import { createHandlers } from './handlers.ts';
import { createImportHandlers } from './import-handlers.ts';
import { countCareAround } from './queries-around.ts';
import { listCareNear } from './queries-near.ts';
import type { PeopleParts } from './queries.ts';
import { createReviewHandlers, type Watcher } from './review-handlers.ts';
import { createRightsHandlers } from './rights-handlers.ts';

/** The whole module: its routes, and what modules above ask of it. */
export function createPeople(parts: PeopleParts) {
  const erasables: Erasable[] = [];
  const watchers: Watcher[] = [];
  return {
    /** While the program is joined together: a module above that keeps something about people in care says so. */
    alsoErase: (erasable: Erasable): void => void erasables.push(erasable),
    /** The same for lines of the ledger in which a module above shows several people at once. */
    alsoSeenIn: (watcher: Watcher): void => void watchers.push(watcher),
    /** Every few seconds: people follow the areas after a split or merge. */
    followAreas: followCare(parts),
    handlers: createHandlers(parts),
    exportHandlers: createExportHandlers(parts),
    importHandlers: createImportHandlers(parts),
    /** See queries-around.ts. */
    countCareAround: (actor: Actor, around: Parameters<typeof countCareAround>[2]) =>
      countCareAround(parts, actor, around),
    /** See queries-near.ts. `room`: in the room of an urgent event, with a purpose on record. */
    listCareNear: (actor: Actor, circle: Circle, circumstance: 'plain' | 'room' = 'plain') =>
      listCareNear(parts, actor, circle, circumstance),
    reviewHandlers: createReviewHandlers(parts, watchers),
    rightsHandlers: createRightsHandlers(parts, erasables),
  };
}

export type People = ReturnType<typeof createPeople>;

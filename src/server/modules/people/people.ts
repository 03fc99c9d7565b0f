import type { Circle } from '#server/modules/grids/index.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { followCare } from './follow.ts';
import { createExportHandlers } from './export-handlers.ts';
import { createHandlers } from './handlers.ts';
import { listCareNear } from './queries-near.ts';
import type { PeopleParts } from './queries.ts';

/** The whole module: its routes, and what modules above ask of it. */
export function createPeople(parts: PeopleParts) {
  return {
    /** Every few seconds: people follow the areas after a split or merge. */
    followAreas: followCare(parts),
    handlers: createHandlers(parts),
    exportHandlers: createExportHandlers(parts),
    /** See queries-near.ts. `room`: in the room of an urgent event, with a purpose on record. */
    listCareNear: (actor: Actor, circle: Circle, circumstance: 'plain' | 'room' = 'plain') =>
      listCareNear(parts, actor, circle, circumstance),
  };
}

export type People = ReturnType<typeof createPeople>;

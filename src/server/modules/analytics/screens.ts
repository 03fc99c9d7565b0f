import type { Actor } from '#server/modules/identity/index.ts';
import { countOpen, countToday } from './screen-counts.ts';
import { screenHandlers } from './screen-handlers.ts';
import { kioskActor } from './screen-kiosk.ts';
import { keyIndicators } from './screen-indicators.ts';
import type { ScreenParts } from './screen-parts.ts';
import { systemScope } from '#server/db/scope.ts';

export type Screens = ReturnType<typeof createScreens>;

/** Big screens: arrangements, links for walls, and what widgets show. What of events is counted here needs no source. */
export function createScreens(given: ScreenParts) {
  const { database } = given;
  const parts: ScreenParts = {
    ...given,
    sources: {
      today: ({ area, nowMs }) => database.read(systemScope, (tx) => countToday(tx, area, nowMs)),
      indicators: ({ area, nowMs }) => database.read(systemScope, (tx) => keyIndicators(tx, area, nowMs)),
      flow: ({ area }) => database.read(systemScope, (tx) => countOpen(tx, area)),
      ...given.sources,
    },
  };
  return {
    ...screenHandlers(parts),
    /** Whose changes a wall hears of. @throws AppError not_found, link_ended */
    kioskActor: (secret: string): Promise<Actor> => kioskActor(parts, secret),
  };
}

import type { eventDetail } from '#contract/events-views.ts';
import type * as z from 'zod';
import type { Clock } from '#kit/clock.ts';
import type { Database } from '#server/db/pool.ts';
import type { Events } from '#server/modules/events/index.ts';
import type { Territory } from '#server/modules/grids/index.ts';

/** What the module is built from; wiring gives it. */
export interface IncidentParts {
  database: Database;
  territory: Territory;
  clock: Clock;
  /** Events through the viewer's sight, and the names of categories. */
  events: Pick<Events, 'handlers' | 'dictionary'>;
}

export type EventDetail = z.input<typeof eventDetail>;

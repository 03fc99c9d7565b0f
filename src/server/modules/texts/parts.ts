import type { Clock } from '#kit/clock.ts';
import type { ComputePool } from '#server/compute/index.ts';
import type { Database } from '#server/db/pool.ts';
import type { Category, EventTexts } from '#server/modules/events/index.ts';
import type { LiveTerritory } from '#server/modules/grids/index.ts';

/** What the module is built from. */
export interface TextParts {
  database: Database;
  territory: LiveTerritory;
  clock: Clock;
  events: EventTexts;
  /** Where models are learnt and issues are looked for. */
  compute: Pick<ComputePool, 'run'>;
  categories(): Promise<ReadonlyMap<string, Category>>;
  /** Told of what went wrong in the background. */
  report(error: unknown): void;
}

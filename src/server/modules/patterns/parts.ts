import type { Calendar } from '#engine/worktime/calendar.ts';
import type { Clock } from '#kit/clock.ts';
import type { ComputePool } from '#server/compute/index.ts';
import type { Database, Tx } from '#server/db/pool.ts';
import type { LiveTerritory } from '#server/modules/grids/index.ts';
import type { Rules } from './dictionary.ts';

/** A kind of event as the library names it. */
interface Kind {
  code: string;
  name: string;
  nameEn: string;
}

/** What the module is built from. */
export interface PatternParts {
  database: Database;
  territory: LiveTerritory;
  clock: Clock;
  /** What counts as a pattern: `patternRules()`. */
  rules: Rules;
  /** Where pages have things reckoned: some tenths of a second each. */
  compute: Pick<ComputePool, 'run'>;
  /** Where the night and the hour reckon: seconds, which no page should wait for. */
  nightCompute: Pick<ComputePool, 'run'>;
  /** Kinds of events and the working calendar in force. */
  library(): Promise<{ categories: ReadonlyMap<string, Kind>; calendar: Pick<Calendar, 'days'> }>;
  names(tx: Tx, accountIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

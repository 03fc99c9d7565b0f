import type { Clock } from '#kit/clock.ts';
import type { Database } from '#server/db/pool.ts';
import type { LiveTerritory } from '#server/modules/grids/index.ts';

export interface CategoryName {
  code: string;
  parentCode: string | null;
  name: string;
  nameEn: string;
}

/** What open data are made from; src/wiring/opendata.ts gives it. */
export interface OpenDataParts {
  database: Database;
  clock: Clock;
  territory: Pick<LiveTerritory, 'area' | 'maps'>;
  /** The category tree, retired ones included. */
  categories(): Promise<ReadonlyMap<string, CategoryName>>;
}

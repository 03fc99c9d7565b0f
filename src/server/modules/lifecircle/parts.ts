import type { Clock } from '#kit/clock.ts';
import type { ComputePool } from '#server/compute/index.ts';
import type { Database } from '#server/db/pool.ts';
import type { FileStore } from '#server/files/file-store.ts';
import type { FacilityQueries, OpenSpan } from '#server/modules/facilities/index.ts';
import type { LiveTerritory } from '#server/modules/grids/index.ts';

/** A facility as a run keeps it: what its result depends on, and its name. */
export interface PlaceIn {
  id: string;
  code: string;
  classCode: string;
  name: string;
  lon: number;
  lat: number;
  /** In the unit of its class; null: not known. */
  capacity: number | null;
  /** Shanghai time; null: not known, then it counts at any time. */
  hours: readonly OpenSpan[] | null;
}

/** A population cell as a run keeps it. Elders and children are among the people. */
export interface CellIn {
  code: string;
  areaCode: string;
  lon: number;
  lat: number;
  people: number;
  elders: number;
  children: number;
}

/** The norm of a class as a run keeps it. */
export interface StandardIn {
  code: string;
  name: string;
  nameEn: string;
  family: string;
  level: number;
  /** Minutes on foot. */
  walkMin: number;
  group: string;
  kind: string;
  certainty: string;
  source: string;
}

/** What the module is built from. */
export interface LifecircleParts {
  database: Database;
  territory: LiveTerritory;
  clock: Clock;
  /** Bytes of networks. */
  files: FileStore;
  facilities: Pick<FacilityQueries, 'standards' | 'listFacilities' | 'listCells' | 'openAtMinute'>;
  /** Where runs are reckoned. */
  compute: Pick<ComputePool, 'run'>;
  /** What runs carry of this program. */
  codeVersion: string;
}

/** Writes facilities, population cells and idle rooms of the demo; the line of the demo is theirs too. */
import type { Tx } from '#server/db/pool.ts';
import type { CellRow, FacilityRow, IdleRow } from '#server/modules/facilities/index.ts';
import { insertMany } from '../bulk.ts';
import { foundedMs } from './make-town.ts';

export interface DemoRegisters {
  facilities: readonly FacilityRow[];
  cells: readonly CellRow[];
  idle: readonly IdleRow[];
}

const place = { area_code: 'text', path: 'text[]', district: 'text', lon: 'float8', lat: 'float8' } as const;
const placeOf = ({ areaCode, path, district, lon, lat }: FacilityRow | CellRow | IdleRow) => ({
  area_code: areaCode,
  path,
  district,
  lon,
  lat,
});

export async function storeFacilities(tx: Tx, { facilities, cells, idle }: DemoRegisters): Promise<void> {
  const since = new Date(foundedMs);
  await insertMany(
    tx,
    'facility',
    {
      ...place,
      id: 'uuid',
      code: 'text',
      class_code: 'text',
      name: 'text',
      address: 'text',
      capacity: 'int',
      floor_m2: 'int',
      hours: 'jsonb',
      step_free: 'bool',
      source: 'text',
      checked_on: 'date',
      created_at: 'timestamptz',
    },
    facilities.map((row) => ({
      ...placeOf(row),
      id: row.id,
      code: row.code,
      class_code: row.classCode,
      name: row.name,
      address: row.address,
      capacity: row.capacity,
      floor_m2: row.floorM2,
      hours: row.hours === null ? null : JSON.stringify(row.hours),
      step_free: row.stepFree,
      source: row.source,
      checked_on: row.checkedOn,
      created_at: since,
    })),
  );
  await insertMany(
    tx,
    'population_cell',
    {
      ...place,
      code: 'text',
      people: 'int',
      elders: 'int',
      children: 'int',
      households: 'int',
      source: 'text',
      as_of: 'date',
    },
    cells.map((row) => ({ ...row, ...placeOf(row), as_of: row.asOf })),
  );
  await storeIdle(tx, idle, since);
}

async function storeIdle(tx: Tx, idle: readonly IdleRow[], since: Date): Promise<void> {
  await insertMany(
    tx,
    'idle_resource',
    {
      ...place,
      id: 'uuid',
      code: 'text',
      name: 'text',
      address: 'text',
      area_m2: 'int',
      owner: 'text',
      owner_kind: 'text',
      condition: 'text',
      uses: 'text[]',
      free_from: 'date',
      note: 'text',
      created_at: 'timestamptz',
    },
    idle.map((row) => ({
      ...row,
      ...placeOf(row),
      area_m2: row.areaM2,
      owner_kind: row.ownerKind,
      free_from: row.freeFrom,
      created_at: since,
    })),
  );
}

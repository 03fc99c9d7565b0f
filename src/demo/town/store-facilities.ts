/** Writes facilities, population cells and idle rooms of the demo; the line of the demo is theirs too. */
import { seededRandom } from '#kit/random.ts';
import type { Tx } from '#server/db/pool.ts';
import type { CellRow, FacilityRow, IdleRow } from '#server/modules/facilities/index.ts';
import type { FileStore } from '#server/files/file-store.ts';
import type { LedgerLine } from '#server/modules/ledger/index.ts';
import { insertMany } from '../bulk.ts';
import { storeLines } from '../history/store-history.ts';
import { seededId } from '../ids.ts';
import { drawToolRoom } from '../photos/room-scene.ts';
import { keepPicture, pictureColumns, pictureRow, type Picture } from '../photos/store-photos.ts';
import { demoSeed, foundedMs } from './make-town.ts';

export interface DemoRegisters {
  facilities: readonly FacilityRow[];
  cells: readonly CellRow[];
  idle: readonly IdleRow[];
  /** Of the tool room under the bridge, which comes first; empty where photos are not kept. */
  pictures: readonly RoomPicture[];
}

export interface RoomPicture {
  picture: Picture;
  alt: string;
}

/** Draws the tool room from outside and from inside. */
export async function drawRooms(files: FileStore): Promise<RoomPicture[]> {
  const outside = '桥墩之间的工具房，两扇卷帘门，右边是轨道站出口';
  return [
    { picture: await keepPicture(files, drawToolRoom('outside')), alt: outside },
    { picture: await keepPicture(files, drawToolRoom('inside')), alt: '室内：旧货架、一扇窗，墙面有渗水痕迹' },
  ];
}

const place = { area_code: 'text', path: 'text[]', district: 'text', lon: 'float8', lat: 'float8' } as const;
const placeOf = ({ areaCode, path, district, lon, lat }: FacilityRow | CellRow | IdleRow) => ({
  area_code: areaCode,
  path,
  district,
  lon,
  lat,
});

export async function storeFacilities(tx: Tx, { facilities, cells, idle, pictures }: DemoRegisters): Promise<void> {
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
  const [room] = idle;
  if (room !== undefined) await storePictures(tx, room, pictures);
  await storeLines(tx, seededRandom(demoSeed + 63), idle.map(lineOf));
}

async function storePictures(tx: Tx, room: IdleRow, pictures: readonly RoomPicture[]): Promise<void> {
  const rng = seededRandom(demoSeed + 64);
  const shown = pictures.map((one, k) => ({ ...one, id: seededId(rng, foundedMs, k) }));
  await insertMany(
    tx,
    'attachment',
    { ...pictureColumns, id: 'uuid', subject_type: 'text', subject_id: 'uuid', created_at: 'timestamptz' },
    shown.map(({ id, picture }) => ({
      ...pictureRow('evidence', picture),
      id,
      subject_type: 'idle_resource',
      subject_id: room.id,
      created_at: new Date(foundedMs),
    })),
  );
  await insertMany(
    tx,
    'idle_photo',
    { id: 'uuid', idle_id: 'uuid', alt: 'text' },
    shown.map(({ id, alt }) => ({ id, idle_id: room.id, alt })),
  );
}

function lineOf({ id, code, areaCode, path, district, name }: IdleRow, k: number): LedgerLine {
  return {
    actor: { kind: 'system', accountId: null },
    action: 'idle_resource.create',
    subject: { type: 'idle_resource', id },
    district,
    atMs: foundedMs + k,
    data: { code, areaCode },
    words: { name },
    audience: path.map((one) => `a:${one}`),
  };
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

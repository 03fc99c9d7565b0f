/** Writes what stations of the demo are like: hours, facilities, exceptions, how busy, pictures, and their lines. */
import { sql } from 'kysely';
import { seededRandom } from '#kit/random.ts';
import type { Tx } from '#server/db/pool.ts';
import type { FileStore } from '#server/files/file-store.ts';
import type { LedgerLine } from '#server/modules/ledger/index.ts';
import { insertMany } from '../bulk.ts';
import { storeLines } from '../history/store-history.ts';
import { seededId } from '../ids.ts';
import { drawStation } from '../photos/station-scene.ts';
import { keepPicture, pictureColumns, pictureRow, type Picture } from '../photos/store-photos.ts';
import type { DemoStation } from './make-stations.ts';
import { demoSeed } from './make-town.ts';
import { stationFacts, type StationFacts } from './station-facts.ts';

const dayMs = 86_400_000;
const shanghaiMs = 8 * 3_600_000;

export type StationPictures = ReadonlyMap<string, Picture>;

type Told = readonly [station: DemoStation, facts: StationFacts, k: number];

function told(stations: readonly DemoStation[]): Told[] {
  return stations.map((station, k) => {
    const facts = stationFacts[station.code];
    if (facts === undefined) throw new Error(`No facts for the demo station ${station.code}.`);
    return [station, facts, k];
  });
}

/** Draws the doors and a room, each once. */
export async function drawStations(files: FileStore): Promise<StationPictures> {
  const pictures = new Map<string, Picture>([['room', await keepPicture(files, drawStation('room', 0))]]);
  for (const n of [0, 1, 2, 3]) pictures.set(`door ${n}`, await keepPicture(files, drawStation('door', n)));
  return pictures;
}

export async function storeStationFacts(
  tx: Tx,
  { stations, pictures, nowMs }: { stations: readonly DemoStation[]; pictures: StationPictures; nowMs: number },
): Promise<void> {
  const all = told(stations);
  await storeHours(tx, all);
  await storeFacilities(tx, all);
  await storeExceptions(tx, all, nowMs);
  await storeBusy(tx, all, nowMs);
  await storePictures(tx, all, pictures);
  await storeLines(tx, seededRandom(demoSeed + 52), all.map(lineOf));
}

const sundayOf = ({ sunday, weekend }: StationFacts) => sunday ?? weekend;

async function storeHours(tx: Tx, all: readonly Told[]): Promise<void> {
  const rows = all.map(([{ id }, facts]) => {
    const { weekday, weekend, holiday, addressEn, directions, directionsEn, languages } = facts;
    const week = [weekday, weekday, weekday, weekday, weekday, weekend, sundayOf(facts), holiday ?? []];
    return { id, hours: week, holiday: holiday !== undefined, addressEn, directions, directionsEn, languages };
  });
  await sql`update station s set hours = r.hours, holiday_hours = r.holiday, address_en = r."addressEn", directions = r.directions,
      directions_en = r."directionsEn", languages = array(select jsonb_array_elements_text(r.languages))
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r(id uuid, hours jsonb, holiday boolean, "addressEn" text, directions text, "directionsEn" text, languages jsonb)
    where s.id = r.id`.execute(tx.db);
}

async function storeFacilities(tx: Tx, all: readonly Told[]): Promise<void> {
  const columns = {
    station_id: 'uuid',
    code: 'text',
    state: 'text',
    quantity: 'int',
    note: 'text',
    note_en: 'text',
    changed_at: 'timestamptz',
  };
  const rows = all.flatMap(([station, { facilities, broken }]) =>
    facilities.map((one) => {
      const [code, quantity] = typeof one === 'string' ? [one, null] : one;
      const trouble = broken?.[code];
      return {
        station_id: station.id,
        code,
        state: trouble === undefined ? 'there' : 'out_of_order',
        quantity,
        note: trouble?.[0] ?? '',
        note_en: trouble?.[1] ?? '',
        changed_at: station.openedOn,
      };
    }),
  );
  await insertMany(tx, 'station_facility', columns, rows);
}

/** Days count from the clock's today, so that the demo is never out of season. */
async function storeExceptions(tx: Tx, all: readonly Told[], nowMs: number): Promise<void> {
  const columns = {
    id: 'uuid',
    station_id: 'uuid',
    from_day: 'date',
    to_day: 'date',
    spans: 'jsonb',
    reason: 'text',
    reason_en: 'text',
    created_at: 'timestamptz',
  };
  const rng = seededRandom(demoSeed + 50);
  const day = (after: number): string => new Date(nowMs + shanghaiMs + after * dayMs).toISOString().slice(0, 10);
  const rows = all.map(([station, { exception }]) => {
    const [from, to, spans, reason, reasonEn] = exception;
    return {
      id: seededId(rng, nowMs - 3 * dayMs),
      station_id: station.id,
      from_day: day(from),
      to_day: day(to),
      spans: JSON.stringify(spans),
      reason,
      reason_en: reasonEn,
      created_at: new Date(nowMs - 3 * dayMs),
    };
  });
  await insertMany(tx, 'station_exception', columns, rows);
}

async function storeBusy(tx: Tx, all: readonly Told[], nowMs: number): Promise<void> {
  const columns = { station_id: 'uuid', level: 'text', set_at: 'timestamptz' };
  const rows = all.flatMap(([station, { busy }]) =>
    busy === undefined ? [] : [{ station_id: station.id, level: busy, set_at: new Date(nowMs) }],
  );
  await insertMany(tx, 'station_busy', columns, rows);
}

async function storePictures(tx: Tx, all: readonly Told[], pictures: StationPictures): Promise<void> {
  const rng = seededRandom(demoSeed + 51);
  const shown = all.flatMap(([station, , k]) =>
    [
      { picture: pictures.get(`door ${k % 4}`), alt: `${station.name}的门口：红色伞棚，木门，旁边有长椅`, altEn: `The door of ${station.nameEn}: a red umbrella roof, a wooden door, a bench beside it` },
      { picture: pictures.get('room'), alt: '屋里：三张红色座椅，冰箱，微波炉', altEn: 'The room: three red seats, a fridge, a microwave' },
    ].flatMap(({ picture, ...words }, sort) =>
      picture === undefined ? [] : [{ station, picture, ...words, sort: sort + 1, id: seededId(rng, Date.parse(station.openedOn), sort) }],
    ),
  ); // prettier-ignore
  const files = {
    id: 'uuid',
    subject_type: 'text',
    subject_id: 'uuid',
    ...pictureColumns,
    created_at: 'timestamptz',
  };
  await insertMany(
    tx,
    'attachment',
    files,
    shown.map(({ station, picture, id }) => ({
      id,
      subject_type: 'station',
      subject_id: station.id,
      ...pictureRow('evidence', picture),
      created_at: station.openedOn,
    })),
  );
  await insertMany(
    tx,
    'station_photo',
    { attachment_id: 'uuid', station_id: 'uuid', alt: 'text', alt_en: 'text', sort: 'int' },
    shown.map(({ station, id, alt, altEn, sort }) => ({
      attachment_id: id,
      station_id: station.id,
      alt,
      alt_en: altEn,
      sort,
    })),
  );
}

function lineOf([station, , k]: Told): LedgerLine {
  const { id, code, areaCode, path, unitId, name } = station;
  return {
    actor: { kind: 'system', accountId: null },
    action: 'station.create',
    subject: { type: 'station', id },
    district: areaCode.slice(0, 6),
    atMs: Date.parse(station.openedOn) + k,
    data: { code, areaCode },
    words: { name },
    audience: [...path.map((one) => `a:${one}`), `u:${unitId}`],
  };
}

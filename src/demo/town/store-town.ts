/** Writes the town into an empty database: territory, organisations, people. */
import { codePath, decodeAreaCode } from '#engine/territory/area-code.ts';
import { seededRandom } from '#kit/random.ts';
import type { Tx } from '#server/db/pool.ts';
import { hashPassword } from '#server/modules/identity/passwords.ts';
import { insertMany } from '../bulk.ts';
import type { Geography } from '../geography/make-geography.ts';
import { seededId } from '../ids.ts';
import { demoPassword } from './logins.ts';
import type { DemoPerson } from './make-people.ts';
import { demoSeed, foundedMs, type Town } from './make-town.ts';
import type { Organisation } from './make-units.ts';

export async function storeTown(tx: Tx, town: Town): Promise<void> {
  await storeGeography(tx, town.geography);
  await storeOrganisation(tx, town);
  await storePeople(tx, town.people);
}

async function storeGeography(tx: Tx, { areas, places, buildings, baseMap }: Geography): Promise<void> {
  await insertMany(
    tx,
    'area',
    {
      code: 'text',
      tier: 'text',
      name: 'text',
      parent_code: 'text',
      path: 'text[]',
      kind: 'text',
      geometry: 'jsonb',
      residents: 'int',
      households: 'int',
    },
    areas.map((area) => ({
      code: area.code,
      tier: area.tier,
      name: area.name,
      parent_code: area.parentCode,
      path: codePath(area.code),
      kind: decodeAreaCode(area.code).isExclusive ? 'exclusive' : 'ordinary',
      geometry: JSON.stringify(area.geometry),
      residents: area.residents,
      households: area.households,
    })),
  );
  const rng = seededRandom(demoSeed + 2);
  const addresses = buildings.map(({ address, lon, lat, areaCode }) => ({
    name: address,
    kind: 'building',
    lon,
    lat,
    areaCode,
  }));
  // A metro station may be drawn twice: as a stop of its line and as a grid of its own.
  const named = new Map([...places, ...addresses].map((place) => [`${place.name} ${place.lon} ${place.lat}`, place]));
  await insertMany(
    tx,
    'place',
    { id: 'uuid', name: 'text', kind: 'text', lon: 'float8', lat: 'float8', area_code: 'text' },
    [...named.values()].map((place, order) => ({
      ...place,
      id: seededId(rng, foundedMs, order),
      area_code: place.areaCode,
    })),
  );
  await insertMany(
    tx,
    'base_layer',
    { name: 'text', geojson: 'text' },
    Object.entries(baseMap).map(([name, layer]) => ({ name, geojson: JSON.stringify(layer) })),
  );
}

async function storeOrganisation(tx: Tx, { boards, units }: Organisation): Promise<void> {
  await insertMany(
    tx,
    'board',
    { code: 'text', area_code: 'text', name: 'text', name_en: 'text', sort: 'int' },
    boards.map((board) => ({ ...board, area_code: board.areaCode, name_en: board.nameEn })),
  );
  await insertMany(
    tx,
    'unit',
    {
      id: 'uuid',
      code: 'text',
      kind: 'text',
      role_code: 'text',
      name: 'text',
      name_en: 'text',
      tier: 'text',
      area_code: 'text',
      parent_id: 'uuid',
      board_code: 'text',
      phone: 'text',
      sort: 'int',
    },
    units.map((unit) => ({
      ...unit,
      role_code: unit.roleCode,
      name_en: unit.nameEn,
      area_code: unit.areaCode,
      parent_id: unit.parentId,
      board_code: unit.boardCode,
    })),
  );
}

/** All share one password, so it is hashed once: hashing it for each would take minutes on purpose. */
async function storePeople(tx: Tx, people: readonly DemoPerson[]): Promise<void> {
  const hash = await hashPassword(demoPassword);
  const since = new Date(foundedMs);
  await insertMany(
    tx,
    'account',
    {
      id: 'uuid',
      login: 'text',
      display_name: 'text',
      password_hash: 'text',
      password_changed_at: 'timestamptz',
      admin_kind: 'text',
      created_at: 'timestamptz',
    },
    people.map((person) => ({
      id: person.id,
      login: person.login,
      display_name: person.displayName,
      password_hash: hash,
      password_changed_at: since,
      admin_kind: person.adminKind,
      created_at: since,
    })),
  );
  await insertMany(
    tx,
    'appointment',
    {
      id: 'uuid',
      account_id: 'uuid',
      unit_id: 'uuid',
      area_code: 'text',
      role: 'text',
      is_primary: 'boolean',
      since: 'date',
      created_at: 'timestamptz',
    },
    people.flatMap(({ id, appointment }) =>
      appointment === null
        ? []
        : [
            {
              id: appointment.id,
              account_id: id,
              unit_id: appointment.unitId,
              area_code: appointment.areaCode,
              role: appointment.role,
              is_primary: appointment.isPrimary,
              since: since.toISOString().slice(0, 10),
              created_at: since,
            },
          ],
    ),
  );
}

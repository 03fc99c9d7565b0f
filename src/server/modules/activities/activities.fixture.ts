/** Stations in the very small city of events: one in the east, one in the north street; a head and a volunteer each. */
import { randomUUID } from 'node:crypto';
import { uuidV7 } from '#kit/ids.ts';
import type { Permission } from '#contract/route.ts';
import { scopeFor, rolePermissions, type Actor, type Role } from '#server/modules/identity/index.ts';
import { allStations, type StationRow } from '#server/modules/stations/index.ts';
import { createEventsWorld, type World } from '../../../../test/helpers/events-world.ts';
import type { ActivityStation } from './index.ts';

const stationRows = [
  ['east', '500103004001', ['500000', '500103', '500103004', '500103004001']],
  ['west', '500103004002', ['500000', '500103', '500103004', '500103004002']],
  ['north', '500103005', ['500000', '500103', '500103005']],
] as const;
export type StationKey = (typeof stationRows)[number][0];

/** Inserts a station as its unit and its row, and somebody who works there under each role. */
export async function addStations(world: World) {
  const { owner, database } = world;
  const station = {} as Record<StationKey, ActivityStation>;
  const staff = {} as Record<`${StationKey} ${'head' | 'volunteer'}`, Actor>;
  for (const [key, areaCode, path] of stationRows) {
    const [id, unitId] = [uuidV7(), uuidV7()];
    const row = { id, code: key, name: `${key}驿站`, nameEn: `${key} station`, unitId, path, district: '500103', address: '样街', lon: 106.5, lat: 29.5 }; // prettier-ignore
    await owner.query(
      "insert into unit (id, code, kind, role_code, name, name_en, tier, area_code) values ($1, $2, 'station', 'station', $3, $2, 'street', $4)",
      [unitId, `station-${key}`, row.name, areaCode],
    );
    await owner.query(
      `insert into station (id, code, unit_id, name, name_en, area_code, path, district, lon, lat, address, opened_on, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, '500103', 106.5, 29.5, '样街', '2023-01-01', now())`,
      [id, key, unitId, row.name, row.nameEn, areaCode, path],
    );
    station[key] = row;
    staff[`${key} head`] = await addPerson(world, 'station_head', unitId);
    staff[`${key} volunteer`] = await addPerson(world, 'volunteer', unitId);
  }
  const partnerId = uuidV7();
  await owner.query(
    `insert into partner (id, code, name, name_en, kind, area_code, path, district, created_at)
     values ($1, 'pharmacy', '渝健民大药房', 'Pharmacy', 'pharmacy', '500103004', '{500000,500103,500103004}', '500103', now())`,
    [partnerId],
  );
  /** As the database shows them under one word. */
  const listFor = (actor: Actor, word: Permission): Promise<StationRow[]> =>
    database.read(scopeFor(actor, word), allStations);
  return { station, staff, partnerId, listFor };
}

async function addPerson({ owner }: World, role: Role, unitId: string): Promise<Actor> {
  const id = randomUUID();
  await owner.query(
    "insert into account (id, kind, login, display_name, status, created_at) values ($1::uuid, 'person', $1::uuid::text, '样员', 'active', now())",
    [id],
  );
  await owner.query(
    "insert into appointment (id, account_id, unit_id, area_code, role, since) values ($1, $2, $3, null, $4, '2020-01-01')",
    [randomUUID(), id, unitId, role],
  );
  const permissions = new Set(rolePermissions[role]);
  return {
    kind: 'account',
    accountId: id,
    name: '样员',
    adminKind: null,
    grants: [{ role, unitId, areaCode: null, permissions }],
    limitedTo: null,
  };
}

export async function buildStations() {
  const world = await createEventsWorld();
  return { ...world, ...(await addStations(world)) };
}
export type StationsWorld = Awaited<ReturnType<typeof buildStations>>;

import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { fixedClock } from '#kit/clock.ts';
import { uuidV7 } from '#kit/ids.ts';
import { openDatabase, type Database } from '#server/db/pool.ts';
import { createEvents, seedDictionaries, type Events } from '#server/modules/events/index.ts';
import { createTerritory, type LiveTerritory } from '#server/modules/grids/index.ts';
import { rolePermissions, type Actor, type Role } from '#server/modules/identity/index.ts';
import { createVault } from '#server/vault/vault.ts';
import { createTestDatabase } from './db.ts';

/**
 * A very small city for stories about events: one district with one street of two communities (squares side by side),
 * a second street, and everybody a story needs. Monday 2026-06-15, 10:00 in Shanghai, unless told otherwise.
 */
export const startMs = Date.parse('2026-06-15T02:00:00Z');

const square = (west: number, south: number, size: number) => ({
  type: 'Polygon',
  coordinates: [
    [
      [west, south],
      [west + size, south],
      [west + size, south + size],
      [west, south + size],
      [west, south],
    ],
  ],
});

const areas = [
  { code: '500000', tier: 'city', name: '山城', shape: null },
  { code: '500103', tier: 'district', name: '中区', shape: square(106.5, 29.5, 0.1) },
  { code: '500103004', tier: 'street', name: '两江街道', shape: square(106.5, 29.5, 0.04) },
  { code: '500103004001', tier: 'community', name: '东村社区', shape: square(106.5, 29.5, 0.02) },
  { code: '500103004001001', tier: 'grid', name: '东村一格', shape: square(106.5, 29.5, 0.01) },
  { code: '500103004002', tier: 'community', name: '西村社区', shape: square(106.52, 29.5, 0.02) },
  { code: '500103005', tier: 'street', name: '北山街道', shape: square(106.56, 29.56, 0.02) },
];

const units = [
  ['cityCentre', 'centre', 'centre', 'city', '500000', '市中心'],
  ['districtCentre', 'centre', 'centre', 'district', '500103', '区中心'],
  ['streetCentre', 'centre', 'centre', 'street', '500103004', '街道中心'],
  ['northCentre', 'centre', 'centre', 'street', '500103005', '北山街道中心'],
  ['east', 'committee', 'committee', 'community', '500103004001', '东村居委会'],
  ['west', 'committee', 'committee', 'community', '500103004002', '西村居委会'],
  ['cityPost', 'post', 'urban_management', 'street', '500103004', '城市管理岗'],
  ['bureau', 'department', 'district_urban_management', 'district', '500103', '城市管理局'],
  ['power', 'agency', 'power', 'district', '500103', '供电公司'],
  ['telecom', 'agency', 'telecom', 'district', '500103', '电信公司'],
] as const;
export type UnitKey = (typeof units)[number][0];

const people = {
  gridWorker: ['full_time', 'east', '500103004001001'],
  otherGridWorker: ['full_time', 'west', '500103004002'],
  secretary: ['secretary', 'east', '500103004001'],
  volunteer: ['other', 'east', '500103004001'],
  intake: ['intake_seat', 'streetCentre', '500103004'],
  dispatcher: ['dispatch_seat', 'streetCentre', '500103004'],
  chief: ['duty_chief', 'streetCentre', '500103004'],
  inspector: ['supervise_seat', 'streetCentre', '500103004'],
  districtDispatcher: ['dispatch_seat', 'districtCentre', '500103'],
  districtChief: ['duty_chief', 'districtCentre', '500103'],
  districtInspector: ['supervise_seat', 'districtCentre', '500103'],
  northIntake: ['intake_seat', 'northCentre', '500103005'],
  cityChief: ['duty_chief', 'cityCentre', '500000'],
  postHandler: ['handler', 'cityPost', null],
  bureauHandler: ['handler', 'bureau', null],
  bureauLead: ['handler_lead', 'bureau', null],
  powerHandler: ['handler', 'power', null],
  telecomHandler: ['handler', 'telecom', null],
} as const satisfies Record<string, readonly [Role, UnitKey, string | null]>;
export type PersonKey = keyof typeof people;

export interface World {
  events: Events;
  database: Database;
  territory: LiveTerritory;
  clock: ReturnType<typeof fixedClock>;
  /** The owner's connection, for looking underneath. */
  owner: pg.Client;
  url: string;
  unit: Record<UnitKey, string>;
  as: Record<PersonKey, Actor>;
  close(): Promise<void>;
}

export async function createEventsWorld(options: { sampleShare?: number } = {}): Promise<World> {
  const test = await createTestDatabase();
  const owner = new pg.Client({ connectionString: test.url });
  await owner.connect();
  const unit = Object.fromEntries(units.map(([key]) => [key, uuidV7()])) as Record<UnitKey, string>;
  for (const area of areas) await insertArea(owner, area);
  for (const [key, kind, role, tier, area, name] of units) {
    await owner.query(
      'insert into unit (id, code, kind, role_code, name, name_en, tier, area_code) values ($1, $2, $3, $4, $5, $2, $6, $7)',
      [unit[key], key, kind, role, name, tier, area],
    );
  }
  await owner.query("update unit set parent_id = $1 where code = 'cityPost'", [unit.streetCentre]);
  await owner.query("update unit set parent_id = $1 where code in ('bureau', 'power', 'telecom')", [
    unit.districtCentre,
  ]);
  const as = {} as Record<PersonKey, Actor>;
  for (const [key, [role, unitKey, areaCode]] of Object.entries(people) as [
    PersonKey,
    readonly [Role, UnitKey, string | null],
  ][]) {
    as[key] = await insertPerson(owner, key, { role, unitId: unit[unitKey], areaCode });
  }
  const database = openDatabase(test.url);
  const clock = fixedClock(startMs);
  await seedDictionaries(database, clock);
  const territory = await createTerritory(database);
  const events = createEvents({
    database,
    territory,
    vault: createVault([new Uint8Array(32).fill(7)]),
    clock,
    ...options,
  });
  return {
    events,
    database,
    territory,
    clock,
    owner,
    url: test.url,
    unit,
    as,
    async close() {
      await database.close();
      await owner.end();
      await test.drop();
    },
  };
}

async function insertArea(owner: pg.Client, area: (typeof areas)[number]): Promise<void> {
  const path = areas.filter((one) => one.code === '500000' || area.code.startsWith(one.code)).map((one) => one.code);
  const parent = area.code === '500000' ? null : path.at(-2);
  await owner.query(
    'insert into area (code, tier, name, parent_code, path, geometry) values ($1, $2, $3, $4, $5, $6)',
    [area.code, area.tier, area.name, parent, path, area.shape],
  );
}

async function insertPerson(
  owner: pg.Client,
  login: string,
  post: { role: Role; unitId: string; areaCode: string | null },
): Promise<Actor> {
  const accountId = randomUUID();
  await owner.query('insert into account (id, login, display_name) values ($1, $2, $2)', [accountId, login]);
  return {
    kind: 'account',
    accountId,
    name: login,
    adminKind: null,
    limitedTo: null,
    grants: [{ ...post, permissions: new Set(rolePermissions[post.role]) }],
  };
}

import { randomBytes, randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { facilityRoutes } from '#contract/facilities.ts';
import type { Permission } from '#contract/route.ts';
import { systemScope } from '#server/db/scope.ts';
import { mountOgc } from '#server/http/ogc.ts';
import { createServer } from '#server/http/server.ts';
import { createFacilities } from '#server/modules/facilities/index.ts';
import { createGrids, type Grids } from '#server/modules/grids/index.ts';
import { createIdentity, seedAccounts, systemActor, type Role } from '#server/modules/identity/index.ts';
import { createStations } from '#server/modules/stations/index.ts';
import { createVault, digestSecret } from '#server/vault/vault.ts';
import { createEventsWorld, startMs, type World } from '#test/helpers/events-world.ts';
import { createOgc } from './ogc.ts';
import type { Parts } from './parts.ts';

export interface Answer {
  status: number;
  type: string;
  headers: Record<string, unknown>;
  text: string;
  // What the standard promises is for the tests to find out.
  json: never;
}

/** The small city of the events stories with an OGC endpoint before it, listening, and tokens of three kinds. */
export interface Story {
  world: World;
  app: FastifyInstance;
  grids: Grids;
  base: string;
  token: { city: string; northOnly: string; gridsOnly: string };
  get(address: string, token?: string | null, headers?: Record<string, string>): Promise<Answer>;
  report(wish?: { lon?: number; lat?: number; atMs?: number; categoryCode?: string }): Promise<{ id: string }>;
  addRisk(code: string, at: readonly [lon: number, lat: number]): Promise<string>;
  /** A station open from 08:30 to 22:00 each day, on the north bank where `north`. */
  addStation(code: string, at: readonly [lon: number, lat: number], north?: boolean): Promise<void>;
  /** A facility of a class, open from 08:00 to 18:00 each day. Answers its code. */
  addFacility(classCode: string, at: readonly [lon: number, lat: number]): Promise<string>;
  end(): Promise<void>;
}

/** What another part may hang on the same server, before it listens. */
export interface StoryOptions {
  beforeListening?(
    app: FastifyInstance,
    parts: Omit<Parts, 'publicUrl' | 'clock' | 'stations' | 'facilities'> & Pick<World, 'database' | 'clock'>,
  ): void;
}

export async function openStory({ beforeListening }: StoryOptions = {}): Promise<Story> {
  const world = await createEventsWorld();
  const { database, territory, clock } = world;
  const vault = createVault([new Uint8Array(32).fill(7)]);
  const identity = createIdentity({ database, vault, clock, secure: false });
  const grids = createGrids({ database, territory, clock });
  const app = await createServer({ logLevel: 'silent', trustProxy: [], secure: false });
  const stations = createStations({
    database,
    territory,
    clock,
    events: world.events,
    listLongerHours: async () => [],
    names: async () => new Map(),
  });
  const facilities = createFacilities({
    database,
    territory,
    clock,
    events: world.events,
    names: async () => new Map(),
  });
  const place = { url: '' };
  const ogc = createOgc({
    grids: grids.features,
    events: world.events.features,
    stations: stations.features,
    facilities: facilities.features,
    territory,
    clock,
    get publicUrl() {
      return place.url;
    },
  });
  await mountOgc(app, ogc, { identify: identity.identify, secure: false });
  const features = { grids: grids.features, events: world.events.features };
  beforeListening?.(app, { ...features, territory, database, clock });
  await app.listen({ port: 0, host: '127.0.0.1' });
  place.url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;

  async function makeToken(login: string, at: { role: Role; areaCode: string }, scopes: Permission[]): Promise<string> {
    const id = randomUUID();
    const unitId = at.areaCode === '500103005' ? world.unit.northCentre : world.unit.districtCentre;
    const appointments = [{ unitId, role: at.role, areaCode: at.areaCode, since: '2025-01-01' }];
    await database.inTx(systemScope, (tx) =>
      seedAccounts(tx, [{ id, login, displayName: login, kind: 'service', password: null, appointments }], {
        nowMs: clock.now(),
        district: '500103',
      }),
    );
    const token = `hg_${randomBytes(24).toString('base64url')}`;
    await world.owner.query(
      'insert into api_token (id, account_id, name, token_hash, scopes) values ($1, $2, $3, $4, $5)',
      [randomUUID(), id, login, digestSecret(token), scopes],
    );
    return token;
  }
  const both: Permission[] = ['grids.read', 'event.read', 'station.read', 'circle.read'];
  const token = {
    city: await makeToken('map', { role: 'intake_seat', areaCode: '500103' }, both),
    northOnly: await makeToken('north', { role: 'intake_seat', areaCode: '500103005' }, both),
    gridsOnly: await makeToken('outlines', { role: 'intake_seat', areaCode: '500103' }, ['grids.read']),
  };

  return {
    world,
    app,
    grids,
    base: place.url,
    token,
    async get(address, bearer = token.city, headers = {}) {
      const url = address.startsWith('http') ? address.slice(place.url.length) : address;
      const answer = await app.inject({
        method: 'GET',
        url,
        headers: { ...headers, ...(bearer === null ? {} : { authorization: `Bearer ${bearer}` }) },
      });
      const type = String(answer.headers['content-type']);
      return {
        status: answer.statusCode,
        type,
        headers: answer.headers,
        text: answer.body,
        json: (type.includes('json') ? JSON.parse(answer.body) : undefined) as never,
      };
    },
    async report({ lon = 106.505, lat = 29.505, atMs = startMs, categoryCode = 'P0101' } = {}) {
      clock.set(atMs);
      const made = await world.events.report(world.as.gridWorker, {
        opId: randomUUID(),
        categoryCode,
        title: '张三家门前',
        description: '张三，电话13800000000',
        placeWords: '张三家门口',
        lon,
        lat,
        channel: 'grid_worker',
        attachments: [],
      } as never);
      return { id: made.id };
    },
    async addRisk(code, [lon, lat]) {
      const about = { code, name: `${code}号井`, kind: 'cable_well', level: 2, placeWords: '井边', note: '王五家钥匙' };
      const body = {
        opId: randomUUID(),
        ...about,
        lon,
        lat,
        unitId: null,
        responsibleId: null,
        cycleDays: null,
        planCode: null,
        state: 'open' as const,
      };
      const { point } = await grids.riskHandlers.create({ params: {}, query: {}, body }, {
        actor: { ...systemActor, accountId: null },
      } as never);
      return point.id;
    },
    async addStation(code, [lon, lat], north = false) {
      const unitId = randomUUID();
      const path = north ? ['500000', '500103', '500103005'] : ['500000', '500103', '500103004', '500103004001'];
      await world.owner.query(
        `insert into unit (id, code, kind, role_code, name, tier, area_code) values ($1, $2, 'station', 'station', $2, 'street', $3)`,
        [unitId, `station.${code}`, path.at(-1)],
      );
      await territory.reload();
      const hours = JSON.stringify(Array.from({ length: 8 }, () => [[510, 1320]]));
      await world.owner.query(
        `insert into station (id, code, unit_id, name, name_en, area_code, path, district, lon, lat, address, phone, directions, hours, opened_on, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, '500103', $8, $9, '东村1号', '023-12345678', '问王五', $10, '2025-01-01', now())`,
        [randomUUID(), code, unitId, `${code}驿站`, `Station ${code}`, path.at(-1), path, lon, lat, hours],
      );
      await world.owner.query(
        `insert into station_facility (station_id, code, state, changed_at)
         select id, f.code, f.state, now() from station, (values ('drinking_water', 'there'), ('aed', 'out_of_order')) f (code, state) where station.code = $1`,
        [code],
      );
    },
    async addFacility(classCode, [lon, lat]) {
      const hours = [{ days: [1, 2, 3, 4, 5, 6, 7], from: '08:00', to: '18:00' }];
      const wish = { classCode, name: `${classCode}一号`, lon, lat, address: '东村1号', note: '问王五', hours };
      const body = facilityRoutes.create.body.parse({ opId: randomUUID(), ...wish });
      const { facility } = await facilities.handlers.create({ params: {}, query: {}, body }, { actor: systemActor });
      return facility.code;
    },
    async end() {
      await app.close();
      await world.close();
    },
  };
}

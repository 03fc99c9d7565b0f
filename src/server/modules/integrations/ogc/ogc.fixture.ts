import { randomBytes, randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { Permission } from '#contract/route.ts';
import { systemScope } from '#server/db/scope.ts';
import { mountOgc } from '#server/http/ogc.ts';
import { createServer } from '#server/http/server.ts';
import { createGrids, type Grids } from '#server/modules/grids/index.ts';
import { createIdentity, seedAccounts, systemActor, type Role } from '#server/modules/identity/index.ts';
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
  end(): Promise<void>;
}

/** What another part may hang on the same server, before it listens. */
export interface StoryOptions {
  beforeListening?(
    app: FastifyInstance,
    parts: Omit<Parts, 'publicUrl' | 'clock'> & Pick<World, 'database' | 'clock'>,
  ): void;
}

export async function openStory({ beforeListening }: StoryOptions = {}): Promise<Story> {
  const world = await createEventsWorld();
  const { database, territory, clock } = world;
  const vault = createVault([new Uint8Array(32).fill(7)]);
  const identity = createIdentity({ database, vault, clock, secure: false });
  const grids = createGrids({ database, territory, clock });
  const app = await createServer({ logLevel: 'silent', trustProxy: [], secure: false });
  const place = { url: '' };
  const ogc = createOgc({
    grids: grids.features,
    events: world.events.features,
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
  const both: Permission[] = ['grids.read', 'event.read'];
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
    async end() {
      await app.close();
      await world.close();
    },
  };
}

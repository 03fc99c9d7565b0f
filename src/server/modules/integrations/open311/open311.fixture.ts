import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import type { FastifyInstance, InjectOptions } from 'fastify';
import type { Permission } from '#contract/route.ts';
import { diskStore, type FileStore } from '#server/files/file-store.ts';
import { systemScope } from '#server/db/scope.ts';
import { mountOpen311 } from '#server/http/open311.ts';
import { createServer } from '#server/http/server.ts';
import { createIdentity, seedAccounts, type Role } from '#server/modules/identity/index.ts';
import { createVault, digestSecret } from '#server/vault/vault.ts';
import { createEventsWorld, type World } from '#test/helpers/events-world.ts';
import { itemNames, type Value } from './document.ts';
import { createOpen311 } from './open311.ts';

export interface Answer {
  status: number;
  type: string;
  text: string;
  /** The parsed JSON; undefined for XML. */
  json: unknown;
}

/** The small city of the events stories with an Open311 endpoint before it, two clients and a token that may not report. */
export interface Story {
  world: World;
  app: FastifyInstance;
  files: FileStore;
  key: { city: string; other: string; reader: string; unappointed: string };
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  post(path: string, fields: Record<string, string> | string, contentType?: string): Promise<Answer>;
  /** Numbers of ledger lines and events: what a rehearsal must leave as it was. */
  count(): Promise<{ lines: number; events: number; reporters: number; ops: number }>;
  end(): Promise<void>;
}

const here = '/open311';

export async function openStory(): Promise<Story> {
  const world = await createEventsWorld();
  const { database, territory, clock } = world;
  const vault = createVault([new Uint8Array(32).fill(7)]);
  const identity = createIdentity({ database, vault, clock, secure: false });
  const folder = await mkdtemp(join(tmpdir(), 'huangge-open311-'));
  const files = diskStore(folder);
  const app = await createServer({ logLevel: 'silent', trustProxy: [], secure: false });
  const open311 = createOpen311({
    events: world.events.openData,
    territory,
    clock,
    identify: identity.identify,
    publicUrl: 'https://www.huangge.example',
    tenant: 'shancheng',
  });
  await mountOpen311(app, open311, files);

  async function makeKey(login: string, role: Role | null, scopes: Permission[]): Promise<string> {
    const id = randomUUID();
    const appointments =
      role === null ? [] : [{ unitId: world.unit.districtCentre, role, areaCode: '500103', since: '2025-01-01' }];
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

  async function send(request: InjectOptions): Promise<Answer> {
    const answer = await app.inject(request);
    const type = String(answer.headers['content-type']);
    const text = answer.body;
    return {
      status: answer.statusCode,
      type,
      text,
      json: type.startsWith('application/json') ? JSON.parse(text) : undefined,
    };
  }

  return {
    world,
    app,
    files,
    key: {
      city: await makeKey('fixmycity', 'other', ['event.report']),
      other: await makeKey('otherapp', 'other', ['event.report']),
      reader: await makeKey('reader', 'intake_seat', ['event.read']),
      unappointed: await makeKey('nobody', null, ['event.report']),
    },
    get: (path, headers = {}) => send({ method: 'GET', url: here + path, headers }),
    post: (path, fields, contentType = 'application/x-www-form-urlencoded; charset=utf-8') =>
      send({
        method: 'POST',
        url: here + path,
        headers: { 'content-type': contentType },
        payload: typeof fields === 'string' ? fields : new URLSearchParams(fields).toString(),
      }),
    async count() {
      const { rows } = await world.owner.query<{ lines: number; events: number; reporters: number; ops: number }>(
        `select (select count(*)::int from ledger_entry) as lines, (select count(*)::int from event) as events,
           (select count(*)::int from event_reporter) as reporters, (select count(*)::int from op) as ops`,
      );
      return rows[0] ?? { lines: 0, events: 0, reporters: 0, ops: 0 };
    },
    async end() {
      await app.close();
      await world.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const items = new Set(Object.values(itemNames));
const parser = new XMLParser({
  isArray: (name) => items.has(name),
  parseTagValue: false,
  trimValues: false,
  ignoreAttributes: true,
  ignoreDeclaration: true,
});

/** XML → what the JSON should be: containers of equal children are lists, empty elements null (the Spark convention). */
export function fromXml(text: string): { root: string; value: Value } {
  const parsed = parser.parse(text.slice(text.indexOf('?>') + 2).trim()) as Record<string, unknown>;
  const [[root, body] = ['', null]] = Object.entries(parsed);
  return { root, value: fromElement(root, body) };
}

function fromElement(name: string, body: unknown): Value {
  const item = itemNames[name];
  if (item !== undefined) {
    const list = typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[item] : [];
    return (list as unknown[]).map((one) => fromElement(item, one));
  }
  if (typeof body === 'object' && body !== null)
    return Object.fromEntries(Object.entries(body).map(([key, one]) => [key, fromElement(key, one)]));
  return body === '' || body === null ? null : String(body);
}

/** JSON as XML can say it: numbers and truth values are text there. */
export function asText(value: unknown): Value {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) return value.map(asText);
  if (typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, asText(one)]));
  return String(value);
}

import { randomUUID } from 'node:crypto';
import pg from 'pg';
import * as z from 'zod';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { none, type Route } from '#contract/route.ts';
import { mount } from '#server/http/mount.ts';
import { anonymous, rolePermissions, type Role } from '#server/modules/identity/index.ts';
import { startProgram, type Answer, type Speaker, type TestProgram } from '#test/helpers/program.ts';
import { contracts } from '../../src/contracts.ts';
import { sample } from './sample.ts';

/** The people who try every door, and the roles they hold. None of them has anything to do with the other district. */
const people: Record<string, Role> = {
  wangge: 'full_time',
  shequ: 'secretary',
  jieshou: 'intake_seat',
  jiepai: 'dispatch_seat',
  chengguan: 'handler_lead',
  quzhong: 'dispatch_seat',
  quchengguan: 'handler_lead',
  hecha: 'checker',
  dudao: 'supervise_seat',
  zhihui: 'commander',
  yanpan: 'analysis_seat',
  'planner.500103.1': 'planner',
  zhanzhang: 'station_head',
  zhiyuan: 'volunteer',
  sysadmin: 'system_admin',
  secadmin: 'security_admin',
  audadmin: 'audit_admin',
};

interface Door {
  name: string;
  route: Route;
}

interface Target {
  id: string;
  attachmentId: string | null;
}

const doors: Door[] = Object.entries(contracts).flatMap(([module, contract]) =>
  Object.entries(contract as Record<string, Route>).map(([name, route]) => ({ name: `${module}.${name}`, route })),
);

/** Doors that lead to one event: a foreign one must look absent. */
const toOneEvent = (route: Route): boolean =>
  /^\/api\/events\/:id(\/|$)/.test(route.path) || route.path.startsWith('/api/attachments/');

let program: TestProgram;
let foreign: Target;
const speakers = new Map<string, Speaker>();

beforeAll(async () => {
  program = await startProgram();
  const client = new pg.Client({ connectionString: program.ownerUrl });
  await client.connect();
  const found = await client.query<{ id: string; attachmentId: string | null }>(
    `select e.id, (select a.id from attachment a where a.event_id = e.id limit 1) as "attachmentId"
     from event e where e.district = '500105' order by e.reported_at desc limit 1`,
  );
  await client.end();
  if (found.rows[0] === undefined) throw new Error('The demo has no event in the other district.');
  foreign = found.rows[0];
  for (const login of Object.keys(people)) speakers.set(login, await program.signIn(login));
}, 120_000);
afterAll(() => program.end());

function address(route: Route, target: Target): string {
  return route.path.replace(/:([a-zA-Z]+)/g, (_, name: string) => {
    if (name === 'id')
      return route.path.startsWith('/api/attachments/') ? (target.attachmentId ?? randomUUID()) : target.id;
    if (name === 'verb') return 'receive';
    if (name === 'code') return '500105001';
    return 'x'.repeat(24);
  });
}

async function knock(speak: Speaker, { route }: Door, target: Target): Promise<Answer> {
  const query = new URLSearchParams(sample(route.query) as Record<string, string>).toString();
  const url = `${address(route, target)}${query === '' ? '' : `?${query}`}`;
  return speak(
    route.method,
    url,
    route.method === 'GET' ? undefined : route.raw === undefined ? sample(route.body) : {},
  );
}

const opened = (answer: Answer): boolean => answer.status >= 200 && answer.status < 300;

/** What the door should have said and did not; undefined when all is well. */
function complaint(login: string | null, door: Door, answer: Answer): string | undefined {
  const { permission } = door.route;
  const said = `${login ?? 'stranger'} → ${door.name}: ${answer.status}`;
  if (answer.status >= 500) return `${said} (the program broke)`;
  if (permission === 'public') return undefined;
  if (login === null) return answer.status === 401 ? undefined : said;
  const role = people[login];
  const words: readonly string[] = role === undefined ? [] : rolePermissions[role];
  if (permission !== 'signed_in' && !words.includes(permission)) return answer.status === 403 ? undefined : said;
  if (toOneEvent(door.route)) return opened(answer) ? said : undefined;
  return undefined;
}

async function probe(candidates: Door[]): Promise<{ complaints: string[]; knocks: number }> {
  const complaints: string[] = [];
  let knocks = 0;
  for (const door of candidates) {
    if (door.route.raw === 'stream') continue; // it would stay open; its scope is the audience of each line
    for (const [login, speak] of [[null, program.stranger] as const, ...speakers]) {
      if (door.route.path === '/api/session' && door.route.method === 'DELETE' && login !== null) continue; // signing out ends the probe
      const found = complaint(login, door, await knock(speak, door, foreign));
      knocks++;
      if (found !== undefined) complaints.push(found);
    }
  }
  return { complaints, knocks };
}

describe('the permission matrix', () => {
  it('every route × role × foreign event: nothing opens that should stay shut', async () => {
    const { complaints, knocks } = await probe(
      doors.filter(
        ({ route }) =>
          !/\/api\/(session|account|people|accounts|security|tokens)/.test(route.path) || route.method === 'GET',
      ),
    );
    expect(complaints).toEqual([]);
    expect(knocks).toBeGreaterThan(500);
  }, 300_000);

  it('every changing route of identity is shut to whoever lacks its word', async () => {
    const shut = doors.filter(
      ({ route, name }) =>
        name.startsWith('identity.') &&
        route.method !== 'GET' &&
        route.permission !== 'public' &&
        route.permission !== 'signed_in',
    );
    expect(shut.length).toBeGreaterThan(5);
    for (const door of shut) {
      for (const [login, speak] of speakers) {
        const words: readonly string[] = rolePermissions[people[login] as Role];
        if (words.includes(door.route.permission)) continue;
        expect([login, door.name, (await knock(speak, door, foreign)).status]).toEqual([login, door.name, 403]);
      }
    }
  }, 60_000);

  it('a list shows nobody an event of another district', async () => {
    for (const [login, speak] of speakers) {
      const words: readonly string[] = rolePermissions[people[login] as Role];
      if (!words.includes('event.read')) continue;
      const answer = await speak('GET', '/api/events?limit=200');
      const items = (answer.body as { items: { district: string; id: string }[] }).items;
      expect([login, answer.status, items.filter(({ district }) => district !== '500103').length]).toEqual([
        login,
        200,
        0,
      ]);
      // The head of a station sees what the station reported: nothing yet.
      if (login !== 'zhanzhang') expect([login, items.length > 0]).toEqual([login, true]);
    }
  }, 60_000);

  it('finds a planted door that asks for no scope', async () => {
    const crooked = {
      peek: {
        method: 'GET',
        path: '/api/events/:id/peek',
        permission: 'event.read',
        summary: '-',
        params: z.object({ id: z.string() }),
        query: none,
        body: none,
        response: z.object({ id: z.string() }),
      },
    } as const satisfies Record<string, Route>;
    const planted = await startCrooked(crooked);
    const doorsThere = [{ name: 'crime.peek', route: crooked.peek }];
    const answer = await knock(planted.speak, doorsThere[0] as Door, foreign);
    expect(complaint('jieshou', doorsThere[0] as Door, answer)).toBe('jieshou → crime.peek: 200');
    expect(complaint('sysadmin', doorsThere[0] as Door, answer)).toBe('sysadmin → crime.peek: 200');
    await planted.end();
  });
});

async function startCrooked(contract: { peek: Route }): Promise<{ speak: Speaker; end(): Promise<void> }> {
  const { createServer } = await import('#server/http/server.ts');
  const app = await createServer({ logLevel: 'silent', trustProxy: [], secure: false });
  const everybody = {
    ...anonymous,
    kind: 'account' as const,
    grants: [
      {
        role: 'intake_seat' as const,
        unitId: randomUUID(),
        areaCode: null,
        permissions: new Set(['event.read'] as const),
      },
    ],
  };
  mount(app, contract, { peek: async ({ params }: { params: unknown }) => params } as never, {
    identify: async () => ({ actor: everybody, session: null, expired: false }),
    secure: false,
  });
  return {
    speak: async (method, url) => {
      const answer = await app.inject({ method, url });
      return { status: answer.statusCode, body: null, text: answer.body };
    },
    end: () => app.close(),
  };
}

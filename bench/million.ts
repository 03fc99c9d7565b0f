/**
 * Reading with a million events in the database: each page of queue, map and board, and the detail, for viewers from the
 * whole city down to a handler who sees only what their unit holds. Timed inside the program: transaction, scope,
 * row-level security, SQL, view and the contract's own check of the answer; no HTTP. Goal: p99 ≤ 100 ms.
 *   node bench/million.ts [events] [repeats]
 */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import pg from 'pg';
import { eventRoutes } from '#contract/events.ts';
import { systemClock } from '#kit/clock.ts';
import { startEmbedded } from '#server/db/embedded.ts';
import { openDatabase, type Database } from '#server/db/pool.ts';
import { createEvents, type Events } from '#server/modules/events/index.ts';
import { createTerritory } from '#server/modules/grids/index.ts';
import { rolePermissions, type Actor } from '#server/modules/identity/index.ts';
import { createVault } from '#server/vault/vault.ts';
import { generateMany } from '../src/demo/index.ts';
import { explainFrom, slowPlans } from './lib/explain.ts';
import { count, ms, quantile, tell, tellLimit } from './lib/figures.ts';
import { questions, type Question } from './lib/questions.ts';
import { findPort, makeFolder, removeFolder, startServer, waitNumbered } from './lib/server.ts';

const events = Number(process.argv[2] ?? 1_000_000);
const repeats = Number(process.argv[3] ?? 20);
const limitMs = 100;

const folder = await makeFolder();
const ground = await startEmbedded({ dataDir: join(folder, 'pg'), port: await findPort() });
try {
  const running = await startServer({ dataDir: folder, port: await findPort(), env: { DATABASE_URL: ground.url } });
  await waitNumbered(ground.url);
  await running.stop();
  const startedMs = performance.now();
  await generateMany({ ownerUrl: ground.url, count: events, nowMs: Date.now(), log: console.log });
  console.log(`${count(events)} events made in ${((performance.now() - startedMs) / 1000).toFixed(0)} s`);
  await measure(ground.url);
} finally {
  await ground.stop();
  await removeFolder(folder);
}

type Viewers = Record<string, Actor>;

interface Slow {
  p99: number;
  viewer: string;
  actor: Actor;
  question: Question;
}

async function openEvents(database: Database): Promise<Events> {
  const territory = await createTerritory(database);
  return createEvents({ database, territory, vault: createVault([new Uint8Array(32)]), clock: systemClock });
}

/** One person of each kind of sight. */
async function findViewers(owner: pg.Client): Promise<Viewers> {
  const unit = async (where: string): Promise<{ id: string; area: string }> => {
    const { rows } = await owner.query<{ id: string; area: string }>(
      `select u.id, u.area_code as area from unit u where ${where} and retired_at is null order by code limit 1`,
    );
    if (rows[0] === undefined) throw new Error(`The demo has no unit where ${where}.`);
    return rows[0];
  };
  const who = (role: keyof typeof rolePermissions, unitId: string, areaCode: string | null): Actor => ({
    kind: 'account',
    accountId: randomUUID(),
    name: '',
    adminKind: null,
    limitedTo: null,
    grants: [{ role, unitId, areaCode, permissions: new Set(rolePermissions[role]) }],
  });
  const district = await unit(`kind = 'centre' and area_code = '500103'`);
  const street = await unit(`kind = 'centre' and area_code = '500103004'`);
  const community = await unit(`kind = 'committee' and area_code like '500103004%'`);
  const post = await unit(`kind = 'post' and area_code = '500103004' and role_code = 'urban_management'`);
  const grid = await owner.query<{ code: string }>(
    `select code from area where tier = 'grid' and parent_code = $1 order by code limit 1`,
    [community.area],
  );
  return {
    city: who('duty_chief', district.id, '500000'),
    district: who('duty_chief', district.id, '500103'),
    street: who('duty_chief', street.id, '500103004'),
    grid: who('full_time', community.id, grid.rows[0]?.code ?? community.area),
    'unit only': who('handler', post.id, null),
  };
}

async function measure(url: string): Promise<void> {
  const owner = new pg.Client({ connectionString: url });
  await owner.connect();
  const database = openDatabase(url, { max: 4 });
  const { handlers } = await openEvents(database);
  const asked = await questions(owner);
  const slowest: Slow[] = [];
  for (const [viewer, actor] of Object.entries(await findViewers(owner))) {
    const byKind = new Map<string, number[]>();
    for (const question of asked) {
      const timesMs = await time(() => ask(handlers, actor, question));
      if (timesMs === undefined) continue;
      byKind.set(question.route, [...(byKind.get(question.route) ?? []), ...timesMs]);
      slowest.push({ p99: quantile(timesMs, 0.99), viewer, actor, question });
    }
    for (const [route, timesMs] of byKind) {
      tell(`${route}, ${viewer}: p50`, ms(quantile(timesMs, 0.5)), `${timesMs.length} reads`);
      tellLimit(`${route}, ${viewer}: p99`, quantile(timesMs, 0.99), limitMs);
    }
  }
  slowest.sort((a, b) => b.p99 - a.p99);
  for (const { p99, viewer, question } of slowest.slice(0, 12))
    console.log(`${ms(p99).padStart(8)}  ${viewer}: ${question.route} ${question.name}`);
  await database.close();
  await owner.end();
  const over = slowest.filter(({ p99 }) => p99 > limitMs);
  if (over.length > 0) await explain(url, over);

  async function time(work: () => Promise<boolean>): Promise<number[] | undefined> {
    const timesMs: number[] = [];
    for (let turn = 0; turn < repeats; turn++) {
      const startMs = performance.now();
      if (!(await work())) return undefined;
      timesMs.push(performance.now() - startMs);
    }
    return timesMs;
  }
}

/** Asks what was too slow once more, with PostgreSQL explaining itself. */
async function explain(url: string, slow: readonly Slow[]): Promise<void> {
  const owner = new pg.Client({ connectionString: url });
  await owner.connect();
  await explainFrom(owner, limitMs / 2);
  const database = openDatabase(url, { max: 1 });
  const { handlers } = await openEvents(database);
  for (const { actor, question } of slow.slice(0, 6)) await ask(handlers, actor, question);
  await database.close();
  await owner.end();
  for (const plan of await slowPlans(join(folder, 'pg.log'), 6)) console.log(plan);
}

/** False when this viewer may not ask that: another's event, an area beyond theirs. */
async function ask(handlers: Events['handlers'], actor: Actor, { route, query, id }: Question): Promise<boolean> {
  const ctx = { actor };
  const none = { params: {}, body: {} };
  if (route === 'list')
    eventRoutes.list.response.parse(await handlers.list({ ...none, query: eventRoutes.list.query.parse(query) }, ctx));
  else if (route === 'map')
    eventRoutes.map.response.parse(await handlers.map({ ...none, query: eventRoutes.map.query.parse(query) }, ctx));
  else if (route === 'board') eventRoutes.board.response.parse(await handlers.board({ ...none, query }, ctx));
  else {
    const found = await handlers.get({ params: { id: id ?? '' }, query: {}, body: {} }, ctx).catch(() => undefined);
    if (found === undefined) return false;
    eventRoutes.get.response.parse(found);
  }
  return true;
}

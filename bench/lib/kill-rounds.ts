import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { uuidV7 } from '#kit/ids.ts';
import { randomBetween, seededRandom, type Rng } from '#kit/random.ts';
import { openDatabase } from '#server/db/pool.ts';
import { verifyStored } from '#server/modules/ledger/index.ts';
import { openClient, postText } from './raw-http.ts';
import { databaseUrl, isReady, postmasterOf, startServer, waitNumbered, type Running } from './server.ts';

export type Victim = 'server' | 'postgres';

export interface Verdict {
  rounds: number;
  acknowledged: number;
  /** Sent again after a kill with the same opId. */
  resent: number;
  /** Acknowledged, and not there. */
  lost: number;
  /** There more than once. */
  doubled: number;
  /** Told one event at first and another when asked again, or an event nobody sent. */
  strange: number;
  /** From the kill to the first good answer, each round. */
  readyMs: number[];
  ledgerProblem: string | null;
}

export interface KillOptions {
  dataDir: string;
  port: number;
  rounds: number;
  victim: Victim;
  clients: number;
  seed: number;
}

const address = (rng: Rng): string =>
  `10.${Math.floor(rng() * 256)}.${Math.floor(rng() * 256)}.${Math.floor(rng() * 256)}`;
/** The program itself gives up on a database that crashes more than five times within a minute. */
const crashesInARow = 5;

/**
 * Kills the program, or the PostgreSQL beneath it, with signal 9 at random moments while residents report; starts the
 * program again as a supervisor would (PostgreSQL is brought back by the program). Whoever got no answer sends the same
 * opId again. At the end every report must be there exactly once.
 */
export async function killRounds(options: KillOptions): Promise<Verdict> {
  const { dataDir, port, rounds, victim } = options;
  const start = () => startServer({ dataDir, port, env: { HUANGGE_DEMO: 'off' } });
  let running: Running = await start();
  await settle(databaseUrl(dataDir));
  await running.stop();
  running = await start();
  const load = openLoad(options);
  const rng = seededRandom(options.seed);
  const readyMs: number[] = [];
  try {
    for (let round = 1; round <= rounds; round++) {
      await sleep(randomBetween(rng, 200, 1_000));
      if (victim === 'postgres' && round % crashesInARow === 0) {
        await running.stop();
        running = await start();
        await sleep(randomBetween(rng, 200, 1_000));
      }
      const killedMs = performance.now();
      if (victim === 'server') {
        await running.kill();
        running = await start();
      } else {
        await crashDatabase(running);
      }
      readyMs.push(performance.now() - killedMs);
    }
    await sleep(300);
    await load.finish();
    return { rounds, readyMs, ...(await judge(databaseUrl(dataDir), load)) };
  } finally {
    load.abandon();
    await running.stop();
  }
}

/** Back for the first time when another server answers: children of the killed one go on for a moment. */
async function crashDatabase(running: Running): Promise<void> {
  const { pid } = postmasterOf(running.dataDir);
  process.kill(pid, 'SIGKILL');
  const another = () => {
    try {
      return postmasterOf(running.dataDir).pid !== pid;
    } catch {
      return false; // between two servers there is no such file
    }
  };
  while (!(another() && (await isReady(running.port)))) {
    if (running.ended()) throw new Error(`The server ended with its PostgreSQL:\n${lastWords(running.dataDir)}`);
    await sleep(5);
  }
}

interface Load {
  /** opId → id of the event it was told. */
  acknowledged: ReadonlyMap<string, string>;
  resent: () => number;
  strange: () => number;
  finish(): Promise<void>;
  abandon(): void;
}

/** Clients that report without end; each keeps its report until it is answered, and sends every tenth one twice. */
function openLoad({ port, clients, seed }: KillOptions): Load {
  const acknowledged = new Map<string, string>();
  let resent = 0;
  let strange = 0;
  let ending = false;
  let abandoned = false;

  async function one(index: number): Promise<void> {
    const rng = seededRandom(seed + index);
    let client = await connectWhenPossible();
    while (!ending && !abandoned) {
      const opId = uuidV7(Date.now());
      const body = { opId, categoryCode: 'E0101', description: opId, areaCode: '500103004' };
      let again = rng() < 0.1 ? 1 : 0;
      for (let tries = 0; !abandoned; tries++) {
        if (tries > 0) resent++;
        // A new address each time, as phones have: the limit of one address is not what is tried here.
        const text = postText('/api/public/reports', body, { 'x-forwarded-for': address(rng) });
        const answer = await client?.send(text).catch(() => undefined);
        if (answer?.status === 200) {
          const { id } = JSON.parse(answer.body) as { id: string };
          if ((acknowledged.get(opId) ?? id) !== id) strange++;
          acknowledged.set(opId, id);
          if (again-- === 0) break;
          continue;
        }
        if (answer === undefined) client = await connectWhenPossible();
        else await sleep(20);
      }
    }
    client?.close();
  }

  async function connectWhenPossible() {
    while (!abandoned) {
      const client = await openClient(port).catch(() => undefined);
      if (client !== undefined) return client;
      await sleep(20);
    }
    return undefined;
  }

  const all = Promise.all(Array.from({ length: clients }, (_, index) => one(index)));
  return {
    acknowledged,
    resent: () => resent,
    strange: () => strange,
    async finish() {
      ending = true;
      await all;
    },
    abandon: () => void (abandoned = true),
  };
}

async function judge(url: string, load: Load): Promise<Omit<Verdict, 'rounds' | 'readyMs'>> {
  await waitNumbered(url);
  const owner = new pg.Client({ connectionString: url });
  await owner.connect();
  const { rows } = await owner.query<{ opId: string; events: number; id: string; lines: number }>(
    `select e.description as "opId", count(*)::int as events, min(e.id::text) as id,
       sum((select count(*) from ledger_entry l where l.subject_id = e.id::text and l.action = 'event.report'))::int as lines
     from event e group by e.description`,
  );
  await owner.end();
  const database = openDatabase(url, { max: 2 });
  const verdict = await verifyStored(database, 'main');
  await database.close();
  const there = new Map(rows.map((row) => [row.opId, row]));
  const opIds = [...load.acknowledged];
  return {
    acknowledged: opIds.length,
    resent: load.resent(),
    lost: opIds.filter(([opId]) => !there.has(opId)).length,
    doubled: rows.filter((row) => row.events !== 1 || row.lines !== 1).length,
    strange:
      load.strange() +
      rows.filter((row) => !load.acknowledged.has(row.opId)).length +
      opIds.filter(([opId, id]) => there.has(opId) && there.get(opId)?.id !== id).length,
    ledgerProblem: verdict.ok ? null : verdict.problem,
  };
}

const lastWords = (dataDir: string): string => readFileSync(join(dataDir, 'server.log'), 'utf8').slice(-3_000);

/** The smallest territory that can receive a report. */
export async function settle(url: string): Promise<void> {
  const owner = new pg.Client({ connectionString: url });
  await owner.connect();
  await owner.query(`
    insert into area (code, tier, name, parent_code, path) values
      ('500000', 'city', '山城', null, '{500000}'), ('500103', 'district', '渝中区', '500000', '{500000,500103}'),
      ('500103004', 'street', '两路口街道', '500103', '{500000,500103,500103004}') on conflict do nothing;
    insert into unit (id, code, kind, role_code, name, tier, area_code) values
      ('00000000-0000-7000-8000-000000000001', 'c4', 'centre', 'centre', '两路口治理中心', 'street', '500103004') on conflict do nothing`);
  await owner.end();
}

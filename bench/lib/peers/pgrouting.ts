import { spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { edgeTimes, impassable } from '#engine/network/profile.ts';
import { flat, openTown, quarterS, type Town } from '../porto-alegre.ts';
import { better, type Found, type Peer } from './peer.ts';

const programs = '/usr/lib/postgresql/15/bin';
const port = 54_387;
/** Origins asked in one statement: the graph is built once for each. */
const together = 100;

/**
 * pgRouting of Debian (postgresql-15-pgrouting) over the same edges and seconds, in a server of its own: pgr_drivingDistance
 * from the first corner of each origin's edge, ended at 900 s as ours.
 */
export const pgrouting: Peer = async (open, folder) => {
  const control = '/usr/share/postgresql/15/extension/pgrouting.control';
  if (!existsSync(control)) return 'apt-get install postgresql-15-pgrouting was not done on this machine';
  const data = join(folder, 'pgrouting-data');
  const asPostgres = (program: string, ...more: string[]) =>
    spawnSync('runuser', ['-u', 'postgres', '--', join(programs, program), ...more], {
      encoding: 'utf8',
      cwd: '/',
      stdio: ['ignore', 'ignore', 'pipe'],
    });
  rmSync(data, { recursive: true, force: true });
  mkdirSync(data, { recursive: true });
  const uid = Number(spawnSync('id', ['-u', 'postgres'], { encoding: 'utf8' }).stdout);
  chownSync(data, uid, uid);
  const made = asPostgres('initdb', '-D', data, '-A', 'trust');
  if (made.status !== 0) return `initdb: ${made.stderr.slice(-200)}`;
  const begun = asPostgres(
    'pg_ctl',
    '-D',
    data,
    '-w',
    '-l',
    join(data, 'log'),
    '-o',
    `-p ${port} -k /tmp -h 127.0.0.1 -c max_parallel_workers_per_gather=0 -c jit=off`,
    'start',
  );
  if (begun.status !== 0) return `pg_ctl start: ${begun.stderr.slice(-200)}`;
  const client = new pg.Client({ host: '127.0.0.1', port, user: 'postgres', database: 'postgres' });
  try {
    await client.connect();
    return await measure(client, open());
  } finally {
    await client.end();
    asPostgres('pg_ctl', '-D', data, '-m', 'immediate', 'stop');
  }
};

async function measure(client: pg.Client, town: Town): Promise<Found> {
  const beganMs = performance.now();
  const { network } = openTown();
  const times = edgeTimes(network, flat);
  const seconds = (k: number): number => (times[k] === impassable ? -1 : (times[k] as number) / 10);
  await client.query('create extension pgrouting cascade');
  await client.query('create table edge (id bigint, source bigint, target bigint, cost float8, reverse_cost float8)');
  await client.query('insert into edge select * from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::float8[], $5::float8[])', [
    [...network.edgeFrom.keys()], [...network.edgeFrom], [...network.edgeTo],
    Array.from(network.edgeFrom, (_, e) => seconds(2 * e)), Array.from(network.edgeFrom, (_, e) => seconds(2 * e + 1)),
  ]); // prettier-ignore
  await client.query('analyze edge');
  const loadMs = performance.now() - beganMs;
  const corner = ({ edge }: { edge: number }): number => network.edgeFrom[edge] as number;
  const [from, to] = [town.origins.map(corner), town.targets.map(corner)];
  const seen = new Map<string, number>();
  const tookS = await better(async () => {
    for (let k = 0; k < from.length; k += together) {
      const { rows } = await client.query<{ from_v: string; node: string; agg_cost: number }>(
        `select from_v, node, agg_cost from pgr_drivingDistance('select * from edge', $1::bigint[], ${quarterS}) where node = any($2::bigint[])`,
        [[...new Set(from.slice(k, k + together))], to],
      );
      for (const row of rows) seen.set(`${row.from_v} ${row.node}`, row.agg_cost);
    }
  });
  const walks = from.flatMap((a, k) => to.flatMap((b, t): Found['walks'] => {
    const found = seen.get(`${a} ${b}`);
    return found === undefined ? [] : [[k, t, found]];
  })); // prettier-ignore
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  const status = readFileSync(`/proc/${rows[0]?.pid}/status`, 'utf8');
  const memoryMb = Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1024;
  return {
    loadMs,
    memoryMb,
    originsPerS: from.length / tookS,
    walks,
    how: `pgr_drivingDistance of ${together} corners in a statement`,
  };
}

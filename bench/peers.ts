/**
 * Walking times beside other programs, on Porto Alegre (../shared/data/osm beside the project): the same hexagons, facilities
 * and quarter of an hour, 1.1 m/s on the flat, one core. Peers are installed into a folder of their own, never into the
 * project; one that cannot be had is named with the reason. How far their times differ is told, too.
 *   node bench/peers.ts
 */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileGraph } from '#engine/network/graph.ts';
import { makeWalker } from '#engine/reach/walker.ts';
import { count, quantile, tell, times } from './lib/figures.ts';
import { ours } from './lib/peers/ours.ts';
import { osrm } from './lib/peers/osrm.ts';
import type { Found, Peer } from './lib/peers/peer.ts';
import { pgrouting } from './lib/peers/pgrouting.ts';
import { valhalla } from './lib/peers/valhalla.ts';
import { flat, isThere, openTown, quarterS } from './lib/porto-alegre.ts';

const folder = process.env['HUANGGE_PEERS'] ?? join(tmpdir(), 'huangge-peers');
const peers: Readonly<Record<string, Peer>> = { ours, valhalla, pgrouting, osrm };
const [, , only] = process.argv;

if (!isThere) console.log('Porto Alegre is not beside the project: nothing to measure.');
else if (only === undefined) await compare();
else await runOne(only);

/** In a process of its own, so that memory is its own. */
async function runOne(name: string): Promise<void> {
  const found = await peers[name]?.(openTown, folder);
  writeFileSync(join(folder, `${name}.json`), JSON.stringify(found ?? `Unknown: ${name}`));
}

async function apart(name: string): Promise<Found | string> {
  const child = spawn(process.execPath, [import.meta.filename, name], { stdio: ['ignore', 'inherit', 'inherit'] });
  const code = await new Promise<number | null>((done) => child.once('close', done));
  if (code !== 0) return `ended with code ${code}`;
  return JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as Found | string;
}

async function compare(): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const copyGbS = measureCopying();
  tell('memory: copying 256 MiB, read and written', `${copyGbS.toFixed(1)} GB/s`);
  const own = await apart('ours');
  if (typeof own === 'string') throw new Error(own);
  tellOne('this project', own, own);
  const arcs = own.arcsPerS ?? 0;
  tell(
    'this project: arcs looked at',
    `${(arcs / 1e6).toFixed(0)} M a second`,
    `${((arcs * 8) / 1e9).toFixed(2)} GB/s of arcs, ${copyGbS.toFixed(1)} GB/s is what memory is copied at`,
    times((arcs * 8) / 1e9 / copyGbS),
  );
  for (const name of Object.keys(peers).filter((peer) => peer !== 'ours')) {
    const found = await apart(name);
    if (typeof found === 'string') tell(`${name}: not measured`, '—', found);
    else {
      tellOne(name, found, own);
      tellAgreement(name, found, name === 'pgrouting' ? cornersOf() : own.walks);
    }
  }
}

/** Gigabytes a second the machine moves: arcs of a search that does not fit its caches come no faster. */
function measureCopying(): number {
  const bytes = 2 ** 28;
  const [from, to] = [new Uint8Array(bytes).fill(1), new Uint8Array(bytes)];
  const rounds = Array.from({ length: 5 }, () => {
    const startMs = performance.now();
    to.set(from);
    return (performance.now() - startMs) / 1000;
  });
  return (2 * bytes) / Math.min(...rounds) / 1e9;
}

function tellOne(name: string, found: Found, own: Found): void {
  const rate = found.originsPerS < 1_000 ? found.originsPerS.toFixed(1) : count(found.originsPerS);
  tell(
    `${name}: origins a second`,
    rate,
    `${found.how}; ${count(found.walks.length)} walks`,
    found === own ? '' : times(own.originsPerS / found.originsPerS),
  );
  tell(
    `${name}: from the map to the first question`,
    `${count(found.loadMs)} ms`,
    '',
    found === own ? '' : times(own.loadMs / found.loadMs),
  );
  tell(`${name}: memory`, `${count(found.memoryMb)} MB`, '', found === own ? '' : times(own.memoryMb / found.memoryMb));
}

/** How far two answers lie apart where both found a walk of a minute at least. */
function tellAgreement(name: string, { walks }: Found, own: Found['walks']): void {
  const known = new Map(own.map(([o, t, s]) => [`${o} ${t}`, s]));
  const theirs = new Set(walks.map(([o, t]) => `${o} ${t}`));
  const apartBy = walks.flatMap(([o, t, s]) => {
    const mine = known.get(`${o} ${t}`);
    return mine === undefined || mine < 60 ? [] : [{ share: Math.abs(s - mine) / mine, longer: s - mine }];
  });
  const shares = apartBy.map(({ share }) => share);
  tell(
    `${name}: times differ, median of ${count(shares.length)} walks`,
    `${(100 * quantile(shares, 0.5)).toFixed(2)} %`,
    '≤ 2 %',
    times(quantile(shares, 0.5) / 0.02),
  );
  tell(
    `${name}: times differ, 95th of a hundred`,
    `${(100 * quantile(shares, 0.95)).toFixed(2)} %`,
    '≤ 5 %',
    times(quantile(shares, 0.95) / 0.05),
  );
  const [longer, shorter] = [
    apartBy.filter(({ longer: s, share }) => s > 0 && share > 0.05).length,
    apartBy.filter(({ longer: s, share }) => s < 0 && share > 0.05).length,
  ];
  const [onlyTheirs, onlyOurs] = [
    walks.filter(([o, t]) => !known.has(`${o} ${t}`)).length,
    own.filter(([o, t]) => !theirs.has(`${o} ${t}`)).length,
  ];
  tell(
    `${name}: beyond 5 %`,
    `${count(longer)} theirs longer, ${count(shorter)} shorter`,
    `${count(onlyTheirs)} walks only they found, ${count(onlyOurs)} only we`,
  );
}

/** Our times between the same corners, for a peer that knows corners only. */
function cornersOf(): Found['walks'] {
  const { network, origins, targets } = openTown();
  const walker = makeWalker(compileGraph(network, flat));
  const corner = ({ edge }: { edge: number }): number => network.edgeFrom[edge] as number;
  return origins.flatMap((origin, k) => {
    walker.walk([corner(origin)], [0], quarterS * 10);
    return targets.flatMap((target, t): Found['walks'] => {
      const ds = walker.timeOf(corner(target));
      return ds > quarterS * 10 ? [] : [[k, t, ds / 10]];
    });
  });
}

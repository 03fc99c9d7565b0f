import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { toBytes } from '#engine/network/binary.ts';
import { compileGraph, holdOf } from '#engine/network/graph.ts';
import { edgeFlag } from '#engine/network/network.ts';
import { impassable, type WalkProfile } from '#engine/network/profile.ts';
import { makeSnapper } from '#engine/network/snap.ts';
import { hangTargets, makeWays } from '#engine/reach/targets.ts';
import { makeWalker } from '#engine/reach/walker.ts';
import { makeNetwork } from './make-network.ts';
import { meeting, type WalkLine } from './network-lines.ts';
import { makeTown } from './make-town.ts';

const town = makeTown();
const { network, report } = makeNetwork(town.geography);
const snapper = makeSnapper(network);
const elder: WalkProfile = {
  flatMs: 0.8, slopeShare: 1, climbSecondsPerM: 12, descentSecondsPerM: 6, escalatorMs: 0.5, liftSeconds: 75, roughFactor: 1.2,
  refuses: 0,
}; // prettier-ignore
const wheels: WalkProfile = { ...elder, refuses: edgeFlag.noWheelchair | edgeFlag.steps, escalatorMs: null };
const hour = 36_000;

function timesTo(profile: WalkProfile, placeIds: readonly string[]) {
  const graph = compileGraph(network, profile);
  const hold = ({ lon, lat }: { lon: number; lat: number }) => {
    const snap = snapper.snap(lon, lat, 200);
    if (snap === null) throw new Error(`No edge within 200 m of ${lon} ${lat}`);
    return holdOf(graph, snap);
  };
  const places = placeIds
    .map((id) => town.geography.places.find((place) => place.id === id))
    .filter((p) => p !== undefined);
  expect(places).toHaveLength(placeIds.length);
  const ways = makeWays(graph, makeWalker(graph), hangTargets(graph, places.map(hold))); // prettier-ignore
  return (from: { lon: number; lat: number }): number[] => {
    ways.from(hold(from), hour);
    return places.map((_, k) => ways.timeTo(k));
  };
}

const qiaobei = town.geography.buildings.filter(({ areaCode }) => areaCode.startsWith('500105001001'));

it('the whole town hangs together, both sides of both rivers, with a height everywhere', () => {
  expect(report).toMatchObject({ islandCount: 0, missingNodes: 0, heightKnown: 1 });
  expect(report.edges).toBeGreaterThan(1500);
  expect(report.lengthM).toBeGreaterThan(200_000);
  const heights = [...network.shapeHeightDm];
  expect(Math.min(...heights)).toBe(1700);
  expect(Math.max(...heights)).toBeGreaterThan(3500);
});

it('every building stands within 200 m of a way; half of them within 45 m', () => {
  const away = town.geography.buildings.map(({ lon, lat }) => snapper.snap(lon, lat, 200)?.offsetM ?? Infinity);
  away.sort((a, b) => a - b);
  expect(away.at(-1)).toBeLessThan(200);
  expect(away[Math.floor(away.length / 2)]).toBeLessThan(45);
});

it('an old person of Qiaobei walks longer than fifteen minutes to any market, and less to the idle tool room', () => {
  const times = timesTo(elder, ['market-wangjiapo', 'market-shanxilu', 'exclusive-3', 'tool-room-qiaobei']);
  expect(qiaobei.length).toBeGreaterThan(20);
  for (const home of qiaobei) {
    const all = times(home);
    const room = all.pop();
    expect(Math.min(...all)).toBeGreaterThan(9000);
    expect(room).toBeLessThan(9000);
  }
});

it('the bridge leads across the river; without it Qiaobei does not reach the other side', () => {
  const [time] = timesTo(elder, ['station-lianglukou'])(qiaobei[0] ?? { lon: 0, lat: 0 });
  expect(time).toBeLessThan(hour);
  const withoutBridges = { ...elder, refuses: edgeFlag.offGround };
  expect(timesTo(withoutBridges, ['station-lianglukou'])(qiaobei[0] ?? { lon: 0, lat: 0 })).toEqual([impassable]);
});

it('stairs refuse a wheelchair, which goes round them or arrives later and never sooner', () => {
  const ids = ['clinic-guojicun', 'market-wangjiapo'];
  const [walking, rolling] = [timesTo(elder, ids), timesTo(wheels, ids)];
  const homes = town.geography.buildings.filter(({ areaCode }) => areaCode.startsWith('500103004')).slice(0, 200);
  const pairs = homes.flatMap((home) => {
    const [a, b] = [walking(home), rolling(home)];
    return ids.map((_, k) => [a[k] ?? 0, b[k] ?? 0] as const);
  });
  expect(pairs.filter(([a, b]) => b < a - 1)).toEqual([]);
  expect(pairs.filter(([a, b]) => a !== impassable && b > a + 600).length).toBeGreaterThan(10);
  const steps = [...network.edgeFlags].filter((flags) => (flags & edgeFlag.steps) !== 0);
  expect(steps.length).toBeGreaterThan(60);
  expect(steps.every((flags) => (flags & edgeFlag.noWheelchair) !== 0)).toBe(true);
});

it('has two lifts and two escalators, joined at both ends', () => {
  const degree = new Map<number, number>();
  for (const node of [...network.edgeFrom, ...network.edgeTo]) degree.set(node, (degree.get(node) ?? 0) + 1);
  const moving = [...network.edgeFlags.keys()].filter(
    (e) => ((network.edgeFlags[e] ?? 0) & (edgeFlag.lift | edgeFlag.escalator | edgeFlag.offGround)) !== 0,
  );
  expect(moving.filter((e) => ((network.edgeFlags[e] ?? 0) & edgeFlag.lift) !== 0)).toHaveLength(2);
  expect(moving.filter((e) => ((network.edgeFlags[e] ?? 0) & edgeFlag.escalator) !== 0)).toHaveLength(2);
  for (const e of moving)
    for (const node of [network.edgeFrom[e], network.edgeTo[e]])
      expect(degree.get(node ?? -1), `edge ${e}`).toBeGreaterThan(2);
});

it('the same town has the same network to the last byte', () => {
  const sha256 = (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest());
  const again = makeNetwork(makeTown().geography);
  expect(Buffer.compare(toBytes(again.network, sha256), toBytes(network, sha256))).toBe(0);
});

it('lines that cross share a corner, a loose end reaches its road, a bridge passes over', () => {
  const line = (points: WalkLine['points'], apart = false): WalkLine => ({ points, tags: {}, apart });
  const across = line([[0, 0], [100, 0]]); // prettier-ignore
  const crossing = line([[50, -50], [50, 50]]); // prettier-ignore
  const loose = line([[80, 60], [80, 10]]); // prettier-ignore
  const bridge = line([[20, -30], [20, 30]], true); // prettier-ignore
  const [a, b, c, d] = meeting([across, crossing, loose, bridge], 20).map(({ points }) => points);
  expect(a).toEqual([[0, 0], [50, 0], [80, 0], [100, 0]]); // prettier-ignore
  expect(b).toEqual([[50, -50], [50, 0], [50, 50]]); // prettier-ignore
  expect(c).toEqual([[80, 60], [80, 10], [80, 0]]); // prettier-ignore
  expect(d).toEqual(bridge.points);
});

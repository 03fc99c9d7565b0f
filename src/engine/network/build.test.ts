import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { fromBytes, networkHash, toBytes } from './binary.ts';
import { buildNetwork } from './build.ts';
import type { HeightField } from './heights.ts';
import { edgeFlag, type Network } from './network.ts';
import type { NetworkError } from './network-error.ts';
import { readWalkedWays } from './osm-ways.ts';
import { edgeTimes, impassable, toblerShare, type WalkProfile } from './profile.ts';
import { makeSnapper } from './snap.ts';
import { drawTown, middle, toDegrees, type Street } from './town.fixture.ts';
import type { Tags } from './walkable.ts';

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();
const build = (streets: Street[], nodes?: Record<string, Tags>, field: HeightField | null = null) =>
  buildNetwork(readWalkedWays(drawTown(streets, nodes)), field);
const lengths = ({ edgeLengthCm }: Network): number[] =>
  [...edgeLengthCm].map((cm) => Math.round(cm / 100)).sort((a, b) => a - b);
/** One metre a second, so that seconds are metres. */
const even: WalkProfile = {
  flatMs: 1, slopeShare: 1, climbSecondsPerM: 6, descentSecondsPerM: 3, escalatorMs: 0.5, liftSeconds: 60, roughFactor: 2, refuses: 0,
}; // prettier-ignore

describe('a network', () => {
  test('has a node where one can choose and an edge between, whatever the ways were', () => {
    const { network, report } = build([
      { at: [[0, 0], [50, 0], [100, 0], [100, 30]] },
      { at: [[100, 0], [200, 0]] },
    ]); // prettier-ignore
    expect(lengths(network)).toEqual([30, 100, 100]);
    expect(report).toMatchObject({
      nodes: 4,
      edges: 3,
      lengthM: 230,
      islandCount: 0,
      missingNodes: 0,
      heightKnown: null,
    });
  });

  test('halves a closed way, so that no edge is a loop', () => {
    const { network } = build([
      {
        at: [
          [0, 0],
          [40, 0],
          [40, 40],
          [0, 40],
          [0, 0],
        ],
      },
      {
        at: [
          [0, 0],
          [-10, 0],
        ],
      },
    ]);
    expect(lengths(network)).toEqual([10, 80, 80]);
    expect([...network.edgeFrom].every((from, e) => from !== network.edgeTo[e])).toBe(true);
  });

  test('keeps the largest part and reports the islands', () => {
    const { network, report } = build([
      {
        at: [
          [0, 0],
          [100, 0],
        ],
      },
      {
        at: [
          [0, 50],
          [30, 50],
        ],
      },
      {
        at: [
          [0, 90],
          [60, 90],
        ],
      },
    ]);
    expect(lengths(network)).toEqual([100]);
    expect(report.islands.map(({ lengthM }) => Math.round(lengthM))).toEqual([60, 30]);
    expect(report).toMatchObject({ islandCount: 2, islandEdges: 2 });
  });

  test('ends at a shut gate and passes one with leave; a wall across is no way through', () => {
    const street: Street[] = [
      {
        at: [
          [0, 0],
          [100, 0],
          [150, 0],
        ],
      },
    ];
    expect(lengths(build(street, { '100,0': { barrier: 'gate', access: 'private' } }).network)).toEqual([100]);
    expect(lengths(build(street, { '100,0': { barrier: 'gate', access: 'private', foot: 'yes' } }).network)).toEqual([
      150,
    ]);
    expect(lengths(build(street, { '100,0': { barrier: 'wall' } }).network)).toEqual([100]);
  });

  test('breaks where a node is missing and says so', () => {
    const town = drawTown([
      {
        at: [
          [0, 0],
          [50, 0],
          [90, 0],
          [200, 0],
        ],
      },
    ]);
    const torn = {
      ...town,
      eachNode: (take: Parameters<typeof town.eachNode>[0]) =>
        town.eachNode((id, ...rest) => id !== 2 && take(id, ...rest)),
    };
    const { network, report } = buildNetwork(readWalkedWays(torn), null);
    expect(lengths(network)).toEqual([110]);
    expect(report.missingNodes).toBe(1);
  });

  test('is empty where nobody walks', () => {
    const { network, report } = build([
      {
        at: [
          [0, 0],
          [9, 0],
        ],
        tags: { highway: 'motorway' },
      },
    ]);
    expect([network.nodeLon.length, report.edges, makeSnapper(network).snap(middle.lon, 0, 500)]).toEqual([0, 0, null]);
  });

  test('gives the same bytes for the same town, and other bytes for another', () => {
    const town: Street[] = [
      {
        at: [
          [0, 0],
          [70, 10],
          [30, 90],
        ],
      },
      {
        at: [
          [70, 10],
          [200, 5],
        ],
      },
    ];
    const [one, again, other] = [
      build(town),
      build(town),
      build([
        ...town,
        {
          at: [
            [200, 5],
            [210, 5],
          ],
        },
      ]),
    ];
    expect(networkHash(again.network, sha256)).toBe(networkHash(one.network, sha256));
    expect(networkHash(other.network, sha256)).not.toBe(networkHash(one.network, sha256));
    expect(fromBytes(toBytes(one.network, sha256), sha256)).toEqual(one.network);
  });

  test('refuses a file that was cut short, changed, of another version, or none', () => {
    const bytes = toBytes(
      build([
        {
          at: [
            [0, 0],
            [10, 0],
          ],
        },
      ]).network,
      sha256,
    );
    const changed = bytes.slice();
    changed[80] = (changed[80] as number) ^ 1;
    const older = bytes.slice();
    older[4] = 0;
    const codes = [bytes.slice(0, -4), changed, older, new Uint8Array(7)].map((given) => {
      try {
        return fromBytes(given, sha256);
      } catch (error) {
        return (error as NetworkError).code;
      }
    });
    expect(codes).toEqual([
      'network_file_broken',
      'network_file_broken',
      'network_file_other_version',
      'network_file_broken',
    ]);
  });
});

describe('the time of an edge', () => {
  const timesOf = (
    tags: Tags,
    profile: Partial<WalkProfile> = {},
    field: HeightField | null = null,
  ): (number | null)[] => {
    const { network } = build(
      [
        {
          at: [
            [0, 0],
            [100, 0],
          ],
          tags,
        },
      ],
      {},
      field,
    );
    const west =
      (network.nodeLon[network.edgeFrom[0] as number] as number) <
      (network.nodeLon[network.edgeTo[0] as number] as number);
    const [there, back] = [...edgeTimes(network, { ...even, ...profile })].map((ds) =>
      ds === impassable ? null : ds / 10,
    );
    return west ? [there ?? null, back ?? null] : [back ?? null, there ?? null];
  };
  /** Rises one metre in ten towards the east. */
  const hill: HeightField = { stepM: 10, at: (lon) => 100 + (lon - middle.lon) * 111_195 * 0.1 };

  test.each<[string, Tags, (number | null)[]]>([
    ['a path on the flat', { highway: 'footway' }, [100, 100]],
    ['sand', { highway: 'path', surface: 'sand' }, [200, 200]],
    ['an escalator, one way', { highway: 'steps', conveying: 'forward' }, [200, null]],
    ['an escalator, the other way', { highway: 'steps', conveying: 'backward' }, [null, 200]],
    ['a one-way path', { highway: 'footway', 'oneway:foot': 'yes' }, [100, null]],
    ['a lift drawn as a way', { highway: 'elevator' }, [60, 60]],
  ])('%s', (_, tags, seconds) => {
    expect(timesOf(tags)).toEqual(seconds);
  });

  test('follows Tobler on a slope, up and down', () => {
    const [up, down] = timesOf({ highway: 'footway' }, {}, hill);
    expect(up).toBeCloseTo(100 / toblerShare(0.1), -0.5);
    expect(down).toBeCloseTo(100 / toblerShare(-0.1), -0.5);
    expect(toblerShare(0.1)).toBeCloseTo(0.7, 2);
    expect(toblerShare(0)).toBe(1);
  });

  test('counts the climb of steps, which wheels cannot take', () => {
    expect(timesOf({ highway: 'steps' }, {}, hill)).toEqual([160, 130]);
    expect(timesOf({ highway: 'steps' }, { refuses: edgeFlag.noWheelchair }, hill)).toEqual([null, null]);
    expect(timesOf({ highway: 'steps', 'ramp:wheelchair': 'yes' }, { refuses: edgeFlag.noWheelchair })).toEqual([
      100, 100,
    ]);
  });

  test('takes a bridge as even between its ends, whatever lies below', () => {
    const gorge: HeightField = { stepM: 10, at: (lon) => (Math.abs(lon - middle.lon - 0.00045) < 0.0004 ? 10 : 100) };
    expect(timesOf({ highway: 'footway', bridge: 'yes' }, {}, gorge)).toEqual([100, 100]);
    expect(timesOf({ highway: 'footway' }, {}, gorge)[0]).toBeGreaterThan(150);
  });
});

describe('a place', () => {
  const { network } = build([
    {
      at: [
        [0, 0],
        [100, 0],
      ],
    },
    {
      at: [
        [0, 60],
        [100, 60],
        [100, 0],
      ],
    },
  ]);
  const snapper = makeSnapper(network);

  test('is joined to the nearest edge, at its point of it', () => {
    const found = snapper.snap(...toDegrees([25, -7]), 100);
    expect(found?.offsetM).toBeCloseTo(7, 1);
    expect([0.25, 0.75].some((share) => Math.abs(share - (found?.share ?? 0)) < 0.001)).toBe(true);
    expect(found?.lon).toBeCloseTo(toDegrees([25, 0])[0], 6);
  });

  test('further than the limit it is joined to nothing; a closed edge leaves it to the next', () => {
    expect(snapper.snap(...toDegrees([50, -101]), 100)).toBeNull();
    const near = snapper.snap(...toDegrees([50, 10]), 100);
    const next = snapper.snap(...toDegrees([50, 10]), 100, (edge) => edge !== near?.edge);
    expect([near?.offsetM, next?.offsetM].map((metres) => Math.round(metres ?? 0))).toEqual([10, 50]);
  });
});

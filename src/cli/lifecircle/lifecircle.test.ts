import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fromGcj02 } from '#engine/network/gcj.ts';
import { at, makeDesk, streetTown } from './street-town.fixture.ts';
import { makeProgress } from './progress.ts';
import { readHours, readWeekTime } from './week-time.ts';
import type { Summary } from './summary.ts';

const { folder, write, huangge, clear } = makeDesk();
beforeAll(() => {
  writeFileSync(join(folder, 'town.osm'), streetTown());
  writeFileSync(join(folder, 'town.osm.gz'), gzipSync(streetTown()));
  // Doors with 2^k people along the street: sums say who is meant.
  write('cells.csv', 'code,lon,lat,人口,elders,children', [[0, 1, 1, 0], [600, 2, 0, 2], [1200, 4, 3, 1], [2400, 8, 8, 0]].map(([x = 0, ...heads], k) => [`c${k}`, ...at(x, 5), ...heads])); // prettier-ignore
  write('shops.csv', 'name,class,lon,lat,capacity,hours', [
    ['=West', 'pharmacy', ...at(330, 10), 12, 'Mo-Su 08:00-20:00'],
    ['Night', 'pharmacy', ...at(1860, -8), '', '24/7'],
    ['In the river', 'pharmacy', ...at(900, 700), '', ''],
    ['Corner', 'bank', ...at(0, 0), '', ''],
  ]);
});
afterAll(clear);

const summaryIn = (name: string): Summary =>
  JSON.parse(readFileSync(join(folder, name, 'summary.json'), 'utf8')) as Summary;
const run = (out: string, ...more: string[]) =>
  huangge('run', '--osm', 'town.osm.gz', '--cells', 'cells.csv', '--out', out, '--workers', '1', ...more);

describe('lifecircle run', () => {
  test('tells who reaches what, names what is not counted, and writes tables, maps and outlines', async () => {
    const { code, out, err } = await run('a', '--facilities', 'shops.csv', '--profile', 'adult,elder');
    expect([code, existsSync(join(folder, 'a'))]).toEqual([0, true]);
    expect(err).toContain('1 parts with 1 ways are not joined to the largest');
    expect(err).toContain('No --elevation: every way is walked as flat.');
    expect(err).toMatch(/adult: not counted: In the river \(facility-3, pharmacy\): the nearest way is 700 m off/);
    const [adult, elder] = summaryIn('a').profiles;
    const pharmacy = adult?.classes.find((one) => one.class === 'pharmacy');
    // From the doors 330, 270, 660 and 540 m along the street and some metres beside it, at 1.1 m/s: 5.1, 4.4, 10.2 and 8.4 minutes.
    expect(pharmacy?.within.map(({ people }) => people)).toEqual([13.3, 73.3, 100]);
    expect(pharmacy).toMatchObject({ facilities: 3, counted: 2, notJoined: 1, capacityUnknown: 1, standardMin: 8 });
    expect(pharmacy?.lacking).toMatchObject({ people: 4 + 8, elders: 3 + 8, children: 1 });
    expect(elder?.classes.find((one) => one.class === 'pharmacy')?.lacking.people).toBe(4 + 8);
    expect(out).toContain('pharmacy');
    const [head, first] = readFileSync(join(folder, 'a', 'cells-adult.csv'), 'utf8').split('\n');
    expect([head?.split(',').slice(0, 3), first?.split(',').slice(7)]).toEqual([
      ['\uFEFFcode', 'lon', 'lat'],
      ['', '5.2', 'facility-1', '5.2', '1.05', '0.1', 'facility-4', '0.1', ''],
    ]);
    const drawn = await sharp(join(folder, 'a', 'map-adult-pharmacy.png')).metadata();
    expect([drawn.format, drawn.width]).toEqual(['png', 1400]);
    expect(
      (JSON.parse(readFileSync(join(folder, 'a', 'isochrones-adult.geojson'), 'utf8')) as { features: unknown[] })
        .features,
    ).toHaveLength(6);
  });

  test('the same input gives the same bytes and hash, with more workers too; another limit another', async () => {
    await run('b', '--facilities', 'shops.csv', '--no-maps');
    await huangge('network', '--osm', 'town.osm', '--out', 'net.bin');
    await huangge(
      'run',
      '--network',
      'net.bin',
      '--cells',
      'cells.csv',
      '--facilities',
      'shops.csv',
      '--out',
      'c',
      '--no-maps',
      '--workers',
      '2',
    );
    await run('d', '--facilities', 'shops.csv', '--no-maps', '--snap', '60');
    const files = readdirSync(join(folder, 'b'));
    expect(files).toEqual([
      'cells-adult.csv',
      'cells-adult.geojson',
      'classes.csv',
      'isochrones-adult.geojson',
      'summary.json',
    ]);
    for (const file of files)
      expect(readFileSync(join(folder, 'c', file), 'utf8')).toBe(readFileSync(join(folder, 'b', file), 'utf8'));
    expect(summaryIn('d').hash).not.toBe(summaryIn('b').hash);
  });

  test('at ten at night only what is open counts; what nobody knows is told apart', async () => {
    await run('e', '--facilities', 'shops.csv', '--no-maps', '--at', '周三 22:00');
    const [pharmacy, bank] = ['pharmacy', 'bank'].map((code) =>
      summaryIn('e').profiles[0]?.classes.find((one) => one.class === code),
    );
    expect([pharmacy?.counted, pharmacy?.hoursUnknown, pharmacy?.lacking.people]).toEqual([1, 1, 1 + 2 + 4 + 8]);
    expect([bank?.counted, bank?.hoursUnknown]).toEqual([0, 1]);
    await run('f', '--facilities', 'shops.csv', '--no-maps', '--at', '周三 22:00', '--unknown-hours', 'open');
    expect(summaryIn('f').profiles[0]?.classes.find((one) => one.class === 'bank')?.counted).toBe(1);
  });

  test('takes facilities from the map, or from a column that counts them', async () => {
    const { err } = await run('g', '--no-maps');
    expect(summaryIn('g').profiles[0]?.classes.map((one) => [one.class, one.facilities])).toEqual([
      ['kindergarten', 1],
    ]);
    expect(err).toContain('None at all of: ');
    const counted = await run('h', '--no-maps', '--facilities', 'primary_school=cells.csv#children');
    expect(counted.code).toBe(0);
    expect(summaryIn('h').profiles[0]?.classes.map((one) => [one.class, one.facilities])).toEqual([
      ['primary_school', 2],
    ]);
  });

  test('where nobody lives it says so and tells no share', async () => {
    write('empty.csv', 'code,lon,lat,people', [['c', ...at(0, 0), 0]]);
    const { code, err } = await huangge(
      'run',
      '--osm',
      'town.osm',
      '--cells',
      'empty.csv',
      '--facilities',
      'shops.csv',
      '--no-maps',
      '--out',
      'i',
    );
    expect([code, err.includes('Nobody lives in the cells of empty.csv')]).toEqual([0, true]);
    expect(summaryIn('i').profiles[0]?.classes[0]?.within.map(({ people, elders }) => [people, elders])).toEqual([[null, null], [null, null], [null, null]]); // prettier-ignore
  });
});

test('who lives on an island the streets do not reach is counted as out of reach, and said', async () => {
  write('island.csv', 'code,lon,lat,people', [['shore', ...at(300, 0), 2], ['island', ...at(50, 3000), 5]]); // prettier-ignore
  const more = ['--facilities', 'shops.csv', '--classes', 'pharmacy', '--no-maps', '--no-isochrones', '--out', 'o'];
  const { code, err } = await huangge('run', '--osm', 'town.osm', '--cells', 'island.csv', ...more);
  expect([code, err]).toEqual([0, expect.stringContaining('adult: 1 cells with 5 people lie further from any way')]);
  const [adult] = summaryIn('o').profiles;
  expect([adult?.cellsNotJoined, adult?.peopleNotJoined, adult?.classes[0]?.lacking.people]).toEqual([1, 5, 5]);
});

describe('what cannot be used is refused in words', () => {
  test('a map that is none, or cut short', async () => {
    writeFileSync(join(folder, 'broken.pbf'), readFileSync(join(folder, 'cells.csv')));
    writeFileSync(join(folder, 'short.osm'), streetTown().slice(0, 3000));
    writeFileSync(join(folder, 'bare.osm'), '<osm></osm>');
    for (const [name, said] of [
      ['broken.pbf', /Refused \(osm_broken\): Expected a block of an \.osm\.pbf at byte 0/],
      ['short.osm', /osm_broken.*cut short/],
      ['bare.osm', /osm_empty.*Expected ways that may be walked/],
    ] as const) {
      // prettier-ignore
      const { code, err } = await huangge('network', '--osm', name, '--out', 'x.bin');
      expect([code, err]).toEqual([1, expect.stringMatching(said)]);
    }
    expect(existsSync(join(folder, 'x.bin'))).toBe(false);
  });

  test('a network that was changed', async () => {
    await huangge('network', '--osm', 'town.osm', '--out', 'y.bin');
    const bytes = readFileSync(join(folder, 'y.bin'));
    bytes[200] = (bytes[200] ?? 0) ^ 1;
    writeFileSync(join(folder, 'y.bin'), bytes);
    const { code, err } = await huangge(
      'run',
      '--network',
      'y.bin',
      '--cells',
      'cells.csv',
      '--facilities',
      'shops.csv',
      '--out',
      'j',
    );
    expect([code, err]).toEqual([1, expect.stringContaining('network_file_broken')]);
  });

  test('a tile of heights that is missing is named with the kilometres walked as flat', async () => {
    writeFileSync(join(folder, 'N30E106.hgt'), Buffer.alloc(2_884_802));
    const { code, err } = await huangge('network', '--osm', 'town.osm', '--elevation', 'N30E106.hgt', '--out', 'z.bin');
    expect([code, err]).toEqual([
      0,
      expect.stringContaining(
        'No height for 3.0 km in tile N29E106: walked as flat there. Give --elevation N29E106.hgt.',
      ),
    ]);
  });

  test('points in GCJ-02 declared as WGS-84 are asked about; stated, they are undone', async () => {
    const shifted = Array.from({ length: 40 }, (_, k) => toGcj02(at(30 + 70 * k, k % 2 === 0 ? 8 : -6)));
    write('gcj.csv', 'code,class,lon,lat', shifted.map(([lon, lat], k) => [`g${k}`, 'bank', lon, lat])); // prettier-ignore
    const asked = await run('k', '--facilities', 'gcj.csv', '--no-maps');
    expect([asked.code, asked.err]).toEqual([
      1,
      expect.stringMatching(
        /gcj\.csv: half of the points lie more than 200 m from any way, and [68] m once moved by the \d{3} m of GCJ-02.*Which is it\?/,
      ),
    ]);
    write('cells-gcj.csv', 'code,lon,lat,people', [['c', ...toGcj02(at(0, 0)), 1]]);
    const told = await huangge(
      'run',
      '--osm',
      'town.osm',
      '--cells',
      'cells-gcj.csv',
      '--facilities',
      'gcj.csv',
      '--crs',
      'gcj02',
      '--no-maps',
      '--out',
      'l',
    );
    expect([told.code, summaryIn('l').profiles[0]?.facilitiesNotJoined]).toEqual([0, []]);
  });

  test('wrong rows are told by line, unknown classes and options by what is known', async () => {
    write('wrong.csv', 'code,lon,lat,people', [['a', 106.5, 'north', 1], ['b', 106.5, 29.5, -2]]); // prettier-ignore
    const wrong = await huangge(
      'run',
      '--osm',
      'town.osm',
      '--cells',
      'wrong.csv',
      '--facilities',
      'shops.csv',
      '--out',
      'm',
    );
    expect([wrong.code, wrong.err]).toEqual([
      1,
      expect.stringContaining('line 2: lat: expected a number from -90 to 90, found "north"'),
    ]);
    for (const [option, value, said] of [
      ['--classes', 'chemist', 'pharmacy'],
      ['--profile', 'dog', 'wheelchair'],
      ['--at', 'noon', '周三 22:00'],
      ['--snap', '0', 'from 1 to 2000'],
    ] as const) {
      // prettier-ignore
      const { code, err } = await run('n', '--facilities', 'shops.csv', option, value);
      expect([code, err]).toEqual([2, expect.stringContaining(said)]);
    }
    expect(existsSync(join(folder, 'n'))).toBe(false);
  });
});

/** GCJ-02 of a WGS-84 place: what undoing it turns back. */
function toGcj02([lon, lat]: readonly [number, number]): [number, number] {
  let [x, y] = [lon, lat];
  for (let round = 0; round < 5; round++) {
    const [a, b] = fromGcj02(x, y);
    [x, y] = [x + lon - a, y + lat - b];
  }
  return [x, y];
}

describe('words of the week', () => {
  test.each([
    ['周三 22:00', 3, 1320],
    ['星期天08:05', 7, 485],
    ['Wed 22:00', 3, 1320],
    ['sunday 0:00', 7, 0],
    ['1 23:59', 1, 1439],
  ])(
    // prettier-ignore
    '%s',
    (text, weekday, minute) => expect(readWeekTime(text)).toEqual({ weekday, minute }), // prettier-ignore
  );
  test.each(['22:00', '周八 22:00', 'Wed 25:00', 'Wed 10:60', ''])('"%s" is refused', (text) => expect(() => readWeekTime(text)).toThrow('周三 22:00')); // prettier-ignore

  const [all, working] = [[1, 2, 3, 4, 5, 6, 7], [1, 2, 3, 4, 5]]; // prettier-ignore
  test.each([
    ['24/7', [{ days: all, from: '00:00', to: '24:00' }]],
    ['Mo-Fr 8:00-12:00,14:00-18:00', [{ days: working, from: '08:00', to: '12:00' }, { days: working, from: '14:00', to: '18:00' }]],
    ['08:00-22:00; Su 10:00-16:00', [{ days: [1, 2, 3, 4, 5, 6], from: '08:00', to: '22:00' }, { days: [7], from: '10:00', to: '16:00' }]],
    ['Fr-Mo 22:00-06:00', [{ days: [5, 6, 7, 1], from: '22:00', to: '06:00' }]],
    ['Mo-Fr 08:00-18:00; PH off', null],
    ['sunrise-sunset', null],
    ['', null],
  ])('hours "%s"', (text, hours) => expect(readHours(text)).toEqual(hours)); // prettier-ignore
});

test('progress is a bar on a terminal and plain lines elsewhere', () => {
  const [drawn, lines]: [string[], string[]] = [[], []];
  let nowMs = 0;
  const io = { env: {}, out: () => undefined, err: (line: string) => void lines.push(line) };
  makeProgress({ ...io, bar: (text) => void drawn.push(text) }).step('evaluating', 1, 2);
  const plain = makeProgress(io, () => nowMs);
  for (const [done, ms] of [
    [1, 0],
    [2, 1000],
    [3, 5100],
    [4, 5200],
  ] as const) {
    // prettier-ignore
    nowMs = ms;
    plain.step('evaluating', done, 4);
  }
  expect(drawn).toEqual(['████████████░░░░░░░░░░░░  50 %  evaluating']);
  expect(lines).toEqual(['evaluating: 25 %', 'evaluating: 75 %', 'evaluating: 100 %']);
});

const osm = join(import.meta.dirname, '../../../../shared/data/osm');
const there = existsSync(osm);
if (!there)
  process.stdout.write('Real maps are not beside the project: planning on Porto Alegre and Monaco is not tested.\n');

describe.skipIf(!there)('real towns', () => {
  test('Porto Alegre with its hexagons, hills and schools', async () => {
    const town = join(osm, 'porto-alegre');
    const { code, out } = await huangge('run', '--osm', `${town}/poa_osm.pbf`, '--elevation', `${town}/poa_elevation.tif`, '--cells', `${town}/poa_hexgrid.csv`, '--facilities', `primary_school=${town}/poa_hexgrid.csv#schools`, '--snap', '300', '--no-maps', '--no-isochrones', '--out', 'poa'); // prettier-ignore
    const summary = summaryIn('poa');
    const [school] = summary.profiles[0]?.classes ?? [];
    expect([code, summary.cells, school?.facilities, out.includes('primary_school')]).toEqual([0, 1227, 177, true]);
    const [five = 0, ten = 0, fifteen = 0] = (school?.within ?? []).map(({ people }) => people ?? 0);
    expect(five > 10 && five < ten && ten < fifteen && fifteen < 100).toBe(true);
    expect(school?.medianDetour).toBeGreaterThan(1.1);
  });

  test('a map cut off in the middle is refused at the byte where it ends', async () => {
    writeFileSync(join(folder, 'half.pbf'), readFileSync(join(osm, 'porto-alegre/poa_osm.pbf')).subarray(0, 500_000));
    const { code, err } = await huangge('network', '--osm', 'half.pbf', '--out', 'half.bin');
    expect([code, err]).toEqual([1, expect.stringMatching(/osm_broken.*byte \d+.*\(500000 bytes\).*fetch it again/)]);
  });

  test('Monaco with its lifts, stairs and shops of the map itself', async () => {
    const town = join(osm, 'monaco');
    await huangge(
      'network',
      '--osm',
      `${town}/monaco.osm.gz`,
      '--elevation',
      `${town}/N43E007.hgt.zip`,
      '--out',
      'monaco.bin',
    );
    write('monaco.csv', 'code,lon,lat,people', [['port', 7.4246, 43.7347, 100], ['rock', 7.4256, 43.7311, 50]]); // prettier-ignore
    const { code } = await huangge('run', '--network', 'monaco.bin', '--osm', `${town}/monaco.osm.gz`, '--cells', 'monaco.csv', '--profile', 'adult,wheelchair', '--no-maps', '--no-isochrones', '--out', 'mon'); // prettier-ignore
    const [adult, wheels] = summaryIn('mon').profiles;
    expect([code, (adult?.classes.length ?? 0) > 5]).toEqual([0, true]);
    const within = (of: typeof adult) => of?.classes.map((one) => one.within.map(({ people }) => people ?? 0)) ?? [];
    expect(adult?.classes.find((one) => one.class === 'breakfast')?.within[2]?.people).toBe(100);
    // Whatever a wheelchair reaches, an adult on foot does.
    within(wheels).forEach((shares, k) => shares.forEach((share, n) => expect(share).toBeLessThanOrEqual(within(adult)[k]?.[n] ?? 0))); // prettier-ignore
  });
});

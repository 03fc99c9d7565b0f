import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { at, makeDesk, streetTown } from './street-town.fixture.ts';

const { path, write, huangge, clear } = makeDesk();
beforeAll(() => {
  writeFileSync(path('town.osm'), streetTown());
  // Doors with 2^k people, a quarter of an hour apart: nobody can be served by two candidates.
  write('cells.csv', 'code,lon,lat,people,elders,children', [0, 700, 1400, 2100, 2800].map((x, k) => [`c${k}`, ...at(x, 0), 2 ** k, k === 1 ? 2 : 0, 0])); // prettier-ignore
  write('shops.csv', 'name,class,lon,lat', [['There already', 'pharmacy', ...at(2800, 0)]]);
  write('rooms.csv', '名称,lon,lat,cost,capacity', [0, 700, 1400, 2100].map((x, k) => [`第${k}间`, ...at(x + 30, 0), 10 * (k + 1), k === 3 ? 5 : ''])); // prettier-ignore
  write('river.csv', 'name,lon,lat', [
    ['Boat', ...at(500, 900)],
    ['Shore', ...at(700, 0)],
  ]);
});
afterAll(clear);

const site = (...more: string[]) =>
  huangge('site', '--osm', 'town.osm', '--cells', 'cells.csv', '--facilities', 'shops.csv', '--class', 'pharmacy', '--candidates', 'rooms.csv', '--limit', '5', ...more); // prettier-ignore

describe('lifecircle site', () => {
  test('chooses, proves and says so in both languages; who is named follows by adding up', async () => {
    const { code, out } = await site('--choose', '2', '--out', 'a');
    // Served already: 16. The room at 2100 has 5 places of 8 people, the one at 1400 serves 4: 16 + 4 + 5 beats 16 + 4 + 2.
    expect(code).toBe(0);
    expect(out).toContain('答案：第2间、第3间，费用 70。');
    expect(out).toContain('Answer: 第2间, 第3间; cost 70.');
    expect(out).toMatch(/证明：这是最好的选法之一。任何负担得起的其他选法都不会好过 25 人/);
    expect(out).toMatch(/Proof: no affordable choice is better than 25 people, and this one reaches it\./);
    expect(out).toMatch(/现状：16 人在 5 分钟内/);
    expect(out).toMatch(/新增 9 人/);
    // Whoever lives further away goes there too: 1 + 2 + 4, and 3 for whom the other has no room.
    const kept = JSON.parse(readFileSync(path('a', 'siting.json'), 'utf8')) as Record<string, unknown>;
    expect(kept).toMatchObject({ chosen: [2, 3], proven: true, objective: 25, bound: 25, loads: [10, 5] });
    const { features } = JSON.parse(readFileSync(path('a', 'siting.geojson'), 'utf8')) as {
      features: { properties: { chosen: boolean } }[];
    };
    expect(features.map(({ properties }) => properties.chosen)).toEqual([false, false, true, true]);
    await site('--choose', '2', '--out', 'b');
    expect(readFileSync(path('b', 'siting.json'), 'utf8')).toBe(readFileSync(path('a', 'siting.json'), 'utf8'));
  });

  test('a budget binds, and elders can count more', async () => {
    expect((await site('--budget', '30')).out).toContain('答案：第2间，费用 30。');
    const { out } = await site('--budget', '30', '--weights', '1,20,1');
    expect(out).toContain('答案：第0间、第1间，费用 30。');
    expect(out).toContain('计人方式：其他人 1，老年人 20，儿童 1。');
  });

  test('a candidate in the river is named and left out', async () => {
    const { code, out, err } = await site('--choose', '2', '--candidates', 'river.csv');
    expect([code, err]).toEqual([0, expect.stringContaining('Not a candidate: Boat: no way within 150 m')]);
    expect(out).toContain('答案：Shore。');
  });

  test('what cannot be asked is refused before anything is walked', async () => {
    for (const [more, said] of [
      [[], '--choose <n> or --budget'],
      [['--choose', '1', '--weights', '1,2'], 'three whole numbers'],
      [['--choose', '1', '--goal', 'fair'], 'cover, median, centre'],
    ] as const) {
      // prettier-ignore
      const { code, err } = await site(...more);
      expect([code, err]).toEqual([2, expect.stringContaining(said)]);
    }
    const { code, err } = await site('--budget', '9', '--candidates', 'river.csv');
    expect([code, err]).toEqual([1, expect.stringContaining('expected a column cost')]);
    write('many.csv', 'code,lon,lat,people,elders', [['c', ...at(0, 0), 3, 4]]);
    expect((await site('--choose', '1', '--cells', 'many.csv')).err).toContain(
      'expected elders and children among its 3 people, found 4 and 0',
    );
  });
});

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#server/modules/identity/index.ts';
import { createCircleWorld, networkBytes, type CircleWorld } from './world.fixture.ts';

const district = '500103';
const east = '500103004001';
const west = '500103004002';

let world: CircleWorld;
let planner: Actor;
let looker: Actor; // sees 东村 only, and plans nothing

beforeAll(async () => {
  world = await createCircleWorld();
  planner = await world.addPerson('planner', district);
  looker = await world.addPerson('full_time', east);
  // A street of 3 km; an adult walks 1.1 m/s: 330 m in five minutes, 528 m in eight, 990 m in fifteen.
  await world.addCell('a', 0, [100, 20, 10]);
  await world.addCell('b', 660, [50, 5, 5]);
  await world.addCell('c', 1320, [3, 1, 0]);
  await world.addCell('d', 2400, [40, 8, 4]);
  await world.addFacility('shop', 'convenience', 220);
  await world.addFacility('market', 'fresh_market', 0, {
    hours: [{ days: [1, 2, 3, 4, 5, 6, 7], from: '06:00', to: '20:00' }],
  });
  await world.addFacility('night', 'fresh_market', 2640, {
    hours: [{ days: [1, 2, 3, 4, 5, 6, 7], from: '06:00', to: '23:00' }],
  });
  await world.addFacility('boat', 'convenience', 500, { y: -900 }); // in the river: no way within 150 m
  await world.addNetwork(networkBytes([{ at: [[0, 0], [660, 0], [1320, 0], [3000, 0]] }])); // prettier-ignore
});
afterAll(() => world.close());

const within = async (actor: Actor, id: string, areaCode: string, classCode: string) =>
  (await world.matrix(actor, id, areaCode)).items.find(
    (item) => item.areaCode === areaCode && item.classCode === classCode,
  )?.within;

describe('a run', () => {
  test('counts who is within each limit, as reckoned by hand', async () => {
    const { run, same } = await world.measureNow(planner);
    expect(same).toBe(false);
    expect(world.failures).toEqual([]);
    const done = await world.run(planner, run.id);
    expect(done).toMatchObject({ state: 'done', people: 193, elders: 34, children: 19, cells: 4 });
    const cells = await world.cells(planner, run.id, 'convenience');
    // 220 m, 440 m, 1100 m, 2180 m at 1.1 m/s; rounded up.
    expect(cells.items.map(({ code, seconds }) => [code, seconds])).toEqual([
      ['a', 200],
      ['b', 400],
      ['c', 1000],
      ['d', null],
    ]);
    expect(await within(planner, run.id, district, 'convenience')).toEqual({
      five: { people: 100, elders: 20, children: 10 },
      ten: { people: 150, elders: 25, children: 15 },
      fifteen: { people: 150, elders: 25, children: 15 },
      standard: { people: 100, elders: 20, children: 10 },
    });
    expect(await within(planner, run.id, west, 'fresh_market')).toMatchObject({ standard: { people: 40 } });
  });
});

describe('the same again', () => {
  test('is the same run; other inputs are another', async () => {
    const first = await world.measureNow(planner);
    const again = await world.measureNow(planner);
    expect(again.same).toBe(true);
    expect(again.run.id).toBe(first.run.id);
    const elder = await world.measureNow(planner, { profile: 'elder' });
    expect(elder.same).toBe(false);
    expect(elder.run.hash).not.toBe(first.run.hash);
    const opId = randomUUID();
    expect(await world.measureNow(planner, { opId })).toEqual(await world.measureNow(planner, { opId }));
  });
});

test('who looks from below sees their own part', async () => {
  const { run } = await world.measureNow(planner);
  const matrix = await world.matrix(looker, run.id);
  expect(matrix.area.code).toBe(east);
});

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isPointIn } from '#engine/reach/outline.fixture.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { systemScope } from '#server/db/scope.ts';
import { at, createCircleWorld, networkBytes, type CircleWorld } from './world.fixture.ts';

const district = '500103';
const east = '500103004001';
const west = '500103004002';
const street = [{ at: [[0, 0], [660, 0], [1320, 0], [3000, 0]] }] as const; // prettier-ignore
const everyDay = [1, 2, 3, 4, 5, 6, 7];

let world: CircleWorld;
let planner: Actor;
/** Sees 东村 only, and plans nothing. */
let looker: Actor;

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
  await world.addFacility('market', 'fresh_market', 0, { hours: [{ days: everyDay, from: '06:00', to: '20:00' }] });
  await world.addFacility('night', 'fresh_market', 2640, { hours: [{ days: everyDay, from: '06:00', to: '23:00' }] });
  await world.addFacility('unknown', 'pharmacy', 0);
  await world.addFacility('boat', 'convenience', 500, { y: 900 }); // in the river: no way within 150 m
  await world.addNetwork(networkBytes(street));
});
afterAll(() => world.close());

const itemOf = async (actor: Actor, id: string, areaCode: string, classCode: string) =>
  (await world.matrix(actor, id, areaCode)).items.find(
    (item) => item.areaCode === areaCode && item.classCode === classCode,
  );
const secondsOf = async (actor: Actor, id: string, classCode: string) =>
  (await world.cells(actor, id, classCode)).items.map(({ code, seconds }) => [code, seconds]);

describe('a run', () => {
  test('counts who is within each limit, as reckoned by hand, and names what lies in the river', async () => {
    const { run, same } = await world.measureNow(planner);
    expect(same).toBe(false);
    expect(world.failures).toEqual([]);
    const done = await world.run(planner, run.id);
    expect(done).toMatchObject({ state: 'done', people: 193, elders: 34, children: 19, cells: 4, facilities: 5 });
    expect(done.aside.facilities.map(({ code }) => code)).toEqual(['boat']);
    expect(done.aside).toMatchObject({ cells: [], people: 0 });
    // 220 m, 440 m, 1100 m, 2180 m at 1.1 m/s; the last is beyond the thirty minutes that are measured.
    expect(await secondsOf(planner, run.id, 'convenience')).toEqual([['a', 200], ['b', 400], ['c', 1000], ['d', null]]); // prettier-ignore
    expect((await itemOf(planner, run.id, district, 'convenience'))?.within).toEqual({
      five: { people: 100, elders: 20, children: 10 },
      ten: { people: 150, elders: 25, children: 15 },
      fifteen: { people: 150, elders: 25, children: 15 },
      standard: { people: 100, elders: 20, children: 10 },
    });
    const market = await itemOf(planner, run.id, district, 'fresh_market');
    // a at the door, b 660 m (600 s), c 1320 m (1200 s either way), d 240 m (219 s).
    expect(market?.within).toMatchObject({ five: { people: 140 }, ten: { people: 190 }, standard: { people: 140 } });
    expect(market?.medianS).toBe(0);
    expect((await itemOf(planner, run.id, west, 'fresh_market'))?.within.standard.people).toBe(40);
    const figures = (await world.matrix(planner, run.id)).figures.find((one) => one.classCode === 'fresh_market');
    expect(figures).toMatchObject({ facilities: 2, closed: 0, detour: 1 });
  });

  test('at 22:00 counts what is open then, and what nobody knows the hours of', async () => {
    const { run } = await world.measureNow(planner, { at: { weekday: 5, minute: 22 * 60 } });
    expect(await secondsOf(planner, run.id, 'fresh_market')).toEqual([['a', null], ['b', 1800], ['c', 1200], ['d', 219]]); // prettier-ignore
    const { facilities } = await world.cells(planner, run.id, 'fresh_market');
    expect(facilities.map(({ name, counted }) => [name, counted])).toEqual([['market', 'closed'], ['night', 'yes']]); // prettier-ignore
    const { figures } = await world.matrix(planner, run.id);
    expect(figures.find((one) => one.classCode === 'fresh_market')).toMatchObject({ facilities: 1, closed: 1 });
    expect(figures.find((one) => one.classCode === 'pharmacy')).toMatchObject({ facilities: 1, hoursUnknown: 1 });
  });

  test('tells of one home every class, there and back', async () => {
    const { run } = await world.measureNow(planner);
    const { cell, items } = await world.cell(planner, run.id, 'b');
    expect(cell).toMatchObject({ code: 'b', people: 50, areaCode: east, areaName: '东村社区' });
    expect(items.find(({ classCode }) => classCode === 'convenience')).toMatchObject({
      seconds: 400,
      back: 400,
      limitS: 300,
      straightM: 440,
      facility: { name: 'shop', counted: 'yes' },
    });
    expect(items.find(({ classCode }) => classCode === 'bank')).toMatchObject({ seconds: null, facility: null });
  });

  test('draws what is in reach of a class, of one facility, from a point', async () => {
    const { run } = await world.measureNow(planner);
    const isIn = (shape: Parameters<typeof isPointIn>[0], x: number) => isPointIn(shape, [at(x).lon, at(x).lat]);
    const [five] = await world.isochrones(planner, run.id, { class: 'convenience', minutes: '5' });
    expect([0, 500, 600].map((x) => isIn(five?.geometry, x))).toEqual([true, true, false]);
    const { facilities } = await world.cells(planner, run.id, 'fresh_market');
    const [ten] = await world.isochrones(planner, run.id, { facility: facilities[1]?.id, minutes: '10' });
    expect([0, 1900, 2100].map((x) => isIn(ten?.geometry, x))).toEqual([false, false, true]);
    const from = await world.isochrones(planner, run.id, { ...at(1000), minutes: '5,10' });
    expect(from.map(({ minutes, geometry }) => [minutes, isIn(geometry, 1500)])).toEqual([[5, false], [10, true]]); // prettier-ignore
    await expect(world.isochrones(planner, run.id, { class: 'bank', minutes: '45' })).rejects.toMatchObject({
      code: 'bad_input',
    });
    expect((await world.isochrones(planner, run.id, { class: 'bank', minutes: '5' })).length).toBe(0);
  });
});

describe('the same again', () => {
  test('is the same run, its lines written once; other inputs are another run', async () => {
    const first = await world.measureNow(planner);
    const started = (await world.lines('circle_run.start')).length;
    const again = await world.measureNow(planner);
    expect(again).toMatchObject({ same: true, run: { id: first.run.id, hash: first.run.hash } });
    expect(await world.lines('circle_run.start')).toHaveLength(started);
    const elder = await world.measureNow(planner, { profile: 'elder' });
    expect(elder.same).toBe(false);
    expect(elder.run.hash).not.toBe(first.run.hash);
    // 220 m at 0.8 m/s.
    expect((await secondsOf(planner, elder.run.id, 'convenience'))[0]).toEqual(['a', 275]);
    const opId = randomUUID();
    expect(await world.measureNow(planner, { opId })).toEqual(await world.measureNow(planner, { opId }));
    await expect(world.measureNow(planner, { profile: 'bird' })).rejects.toMatchObject({ code: 'bad_input' });
  });

  test('gives the same bytes: reckoned anew from the same inputs the result has the same digest', async () => {
    const { run } = await world.measureNow(planner);
    const before = await world.run(planner, run.id);
    await world.owner.query("update circle_run set state = 'cancelled' where id = $1", [run.id]);
    const again = await world.measureNow(planner);
    expect(again.run.id).not.toBe(run.id);
    const after = await world.run(planner, again.run.id);
    expect([after.hash, after.resultHash]).toEqual([before.hash, before.resultHash]);
    expect(after.resultHash).toMatch(/^[0-9a-f]{64}$/);
  });

  test('becomes the latest once more when all is again as it was', async () => {
    const latest = async () =>
      (await world.database.read(systemScope, (tx) => world.lifecircle.queries.latestRun(tx, { areaCode: east })))?.id;
    const first = (await world.measureNow(planner)).run.id;
    await world.addFacility('passing', 'convenience', 1320);
    world.clock.advance(1000);
    const second = (await world.measureNow(planner)).run.id;
    expect(await latest()).toBe(second);
    await world.owner.query("delete from facility where code = 'passing'");
    world.clock.advance(1000);
    for (let again = 0; again < 2; again++) expect((await world.measureNow(planner)).run.id).toBe(first);
    expect(await latest()).toBe(first);
    expect(await world.lines('circle_run.confirm')).toHaveLength(1);
  });

  test('at night only what changed is measured', async () => {
    await world.lifecircle.measureNightly();
    const before = (await world.lines('circle_run.done')).length;
    await world.lifecircle.measureNightly();
    expect(await world.lines('circle_run.done')).toHaveLength(before);
    await world.addFacility('new', 'convenience', 1320);
    world.clock.advance(1000);
    await world.lifecircle.measureNightly();
    expect(await world.lines('circle_run.done')).toHaveLength(before + 2); // an adult and an elder
    const latest = await world.database.read(systemScope, (tx) =>
      world.lifecircle.queries.latestRun(tx, { areaCode: east }),
    );
    expect((await secondsOf(planner, latest?.id ?? '', 'convenience'))[2]).toEqual(['c', 0]);
    const gaps = await world.database.read(systemScope, (tx) =>
      world.lifecircle.queries.gapsOf(tx, { runId: latest?.id ?? '', classCode: 'convenience' }),
    );
    expect(gaps.map(({ code, seconds }) => [code, seconds])).toEqual([['b', 400], ['d', 982]]); // prettier-ignore
    const { whole, classes } = await world.database.read(systemScope, (tx) =>
      world.lifecircle.queries.summaryOf(tx, latest?.id ?? ''),
    );
    expect(whole.people).toBe(193);
    expect(classes.find(({ classCode }) => classCode === 'convenience')).toMatchObject({
      standardS: 300,
      facilities: 2,
      within: { standard: { people: 103 } },
    });
  });
});

describe('a run under way', () => {
  test('tells how far it is and can be stopped; it can be begun again afterwards', async () => {
    const secretary = await world.addPerson('secretary', west);
    world.gate.hold();
    const { run } = await world.beginRun(secretary, west);
    expect(run.state).toBe('running');
    await expect.poll(async () => (await world.run(planner, run.id)).progress).toBe(0.25);
    await expect(world.matrix(planner, run.id)).rejects.toMatchObject({ code: 'in_use' });
    expect((await world.beginRun(secretary, west)).run.id).toBe(run.id);
    await expect(world.cancel(looker, run.id)).rejects.toMatchObject({ code: 'not_found' });
    const opId = randomUUID();
    const stopped = await world.cancel(planner, run.id, opId);
    expect(stopped.run.state).toBe('cancelled');
    expect(await world.cancel(planner, run.id, opId)).toEqual(stopped);
    await expect(world.cancel(planner, run.id)).rejects.toMatchObject({ code: 'in_use' });
    await world.lifecircle.idle();
    world.gate.release();
    expect((await world.run(planner, run.id)).state).toBe('cancelled');
    expect(world.failures).toEqual([]);
    const again = await world.measureNow(secretary, { areaCode: west });
    expect(again.run.id).not.toBe(run.id);
    expect((await world.run(planner, again.run.id)).state).toBe('done');
  });

  test('that fails says why, and is no obstacle to another', async () => {
    world.gate.fail(new Error('out of memory'));
    const { run } = await world.measureNow(planner, { profile: 'pram' });
    world.gate.fail(null);
    expect(await world.run(planner, run.id)).toMatchObject({ state: 'failed', problem: 'out of memory' });
    expect(world.failures.splice(0)).toHaveLength(1);
    expect((await world.measureNow(planner, { profile: 'pram' })).same).toBe(false);
  });

  test('of a process that ended is taken up by the next', async () => {
    const first = world.begin();
    world.gate.hold();
    const body = { opId: randomUUID(), areaCode: east, profile: 'adult', at: null };
    const { run } = await first.handlers.measure({ params: {}, query: {}, body }, { actor: planner });
    await first.close();
    expect((await world.run(planner, run.id)).state).toBe('running');
    world.gate.release();
    const next = world.begin();
    await next.resume();
    await next.idle();
    expect((await world.run(planner, run.id)).state).toBe('done');
  });
});

describe('who sees what', () => {
  test('from below: their own part, where few live together with their grid and without numbers', async () => {
    const { run } = await world.measureNow(planner);
    const matrix = await world.matrix(looker, run.id);
    expect(matrix.area).toMatchObject({ code: east, people: 153 });
    expect(matrix.above).toEqual([]);
    const { items } = await world.cells(looker, run.id, 'fresh_market');
    expect(items.map(({ code, people, merged }) => [code, people, merged])).toEqual([
      ['a', 100, false],
      ['b', 50, false],
      [east, null, true],
    ]);
    await expect(world.cell(looker, run.id, 'c')).rejects.toMatchObject({ code: 'not_found' });
    await expect(world.cell(looker, run.id, 'd')).rejects.toMatchObject({ code: 'not_found' });
    await expect(world.matrix(looker, run.id, west)).rejects.toMatchObject({ code: 'not_found' });
    await expect(world.cells(looker, run.id, 'bank', district)).rejects.toMatchObject({ code: 'not_found' });
    expect((await world.runs(looker)).map(({ id }) => id)).toContain(run.id);
  });

  test('a foreign run is absent, and nobody measures or adds streets where they do not plan', async () => {
    const { run } = await world.measureNow(planner, { areaCode: west });
    for (const look of [
      () => world.run(looker, run.id),
      () => world.matrix(looker, run.id),
      () => world.cells(looker, run.id, 'bank'),
      () => world.isochrones(looker, run.id, { class: 'bank' }),
      () => world.run(looker, randomUUID()),
      () => world.measureNow(looker),
    ])
      await expect(look()).rejects.toMatchObject({ code: 'not_found' });
    expect((await world.runs(looker)).map(({ id }) => id)).not.toContain(run.id);
    const secretary = await world.addPerson('secretary', west);
    await expect(world.measureNow(secretary, { areaCode: east })).rejects.toMatchObject({ code: 'not_found' });
    await expect(world.upload(secretary, networkBytes(street))).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('networks', () => {
  test('are kept by their hash: the same is added once', async () => {
    const added = (await world.lines('walk_network.add')).length;
    const bytes = networkBytes(street);
    // What is stored is told, not what was wished this time.
    expect(await world.upload(planner, bytes)).toMatchObject({ same: true, network: { name: '测试路网' } });
    expect(await world.lines('walk_network.add')).toHaveLength(added);
    const broken = Uint8Array.from(bytes);
    broken[broken.length - 1] = 1;
    for (const wrong of [broken, bytes.subarray(0, 100), new Uint8Array([1, 2, 3]), new Uint8Array()])
      await expect(world.upload(planner, wrong)).rejects.toMatchObject({ code: 'upload_refused' });
    await expect(world.upload(planner, bytes, ['500999'])).rejects.toMatchObject({ code: 'not_found' });
    await expect(world.upload(planner, bytes, [])).rejects.toMatchObject({ code: 'bad_input' });
  });

  test('a file of OpenStreetMap is built here, and says what was left out', async () => {
    const nodes = [[1, 0], [2, 700], [3, 9000], [4, 9100]].map(([id, x]) => `<node id="${id}" lat="${at(x ?? 0).lat}" lon="${at(x ?? 0).lon}"/>`); // prettier-ignore
    const ways = [[1, 2], [3, 4]].map(([a, b], k) => `<way id="${k}"><nd ref="${a}"/><nd ref="${b}"/><tag k="highway" v="footway"/></way>`); // prettier-ignore
    const text = `<?xml version="1.0"?><osm version="0.6">${nodes.join('')}${ways.join('')}</osm>`;
    const { network } = await world.upload(planner, Buffer.from(text, 'utf8'));
    expect(network.stats).toMatchObject({ nodes: 2, edges: 1, lengthM: 700, islandCount: 1, heightKnown: null });
  });

  test('a later one is what is measured on; uphill takes longer than back, and earlier runs stay as they were', async () => {
    const { run: flat } = await world.measureNow(planner, { areaCode: district });
    world.clock.advance(1000);
    await world.addNetwork(
      networkBytes(street, (x) => x / 10),
      '有坡的路网',
    );
    const { run, same } = await world.measureNow(planner);
    expect(same).toBe(false);
    expect(run.networkName).toBe('有坡的路网');
    // Up 10 %: 200 s ÷ exp(−3.5 · 0.1) = 283.8; down 10 % is as fast as the flat.
    const { items } = await world.cell(planner, run.id, 'a');
    expect(items.find(({ classCode }) => classCode === 'convenience')).toMatchObject({ seconds: 284, back: 200 });
    expect((await world.run(planner, flat.id)).network).not.toBe(run.network);
    // In ten minutes from a place one comes down 600 m, not up; to it, the other way about.
    for (const [way, seen] of [
      ['from', [true, false]],
      ['to', [false, true]],
    ] as const) {
      // prettier-ignore
      const [ten] = await world.isochrones(planner, run.id, { ...at(1000), way, minutes: '10' });
      expect([400, 1600].map((x) => isPointIn(ten?.geometry, [at(x).lon, at(x).lat]))).toEqual(seen);
    }
  });

  test('walks to candidate places are given pair by pair', async () => {
    const places = [at(660), at(3000, -5000)];
    const times = await world.lifecircle.timesTo(places, { areaCode: east, cutoffS: 900 });
    expect(times.cells.map(({ code }) => code)).toEqual(['a', 'b', 'c']);
    expect(times.asidePlaces).toEqual([1]);
    const pairs = times.cells.map((_cell, c) =>
      Array.from(times.walks.target.subarray(times.walks.first[c], times.walks.first[c + 1])),
    );
    // a climbs 660 m at 10 % (852 s), b stands there, c comes down 660 m (600 s).
    expect(pairs).toEqual([[0], [0], [0]]);
    expect(Array.from(times.walks.ds).map((ds) => Math.round(ds / 10))).toEqual([851, 0, 600]);
  });
});

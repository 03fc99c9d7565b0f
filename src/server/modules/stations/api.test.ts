import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { anonymous } from '#server/modules/identity/index.ts';
import { systemScope } from '#server/db/scope.ts';
import { createStationsWorld, type StationsWorld } from './stations.fixture.ts';

let world: StationsWorld;
beforeAll(async () => {
  world = await createStationsWorld();
});
afterAll(() => world.close());

/** Monday to Sunday the same, holidays closed. */
const week = (spans: [number, number][]) => [...Array.from({ length: 7 }, () => spans), []];
const day: [number, number][] = [[540, 1020]]; // 09:00-17:00

async function hours(spans: [number, number][], holidayHours = false) {
  const { version } = await world.get(world.head, 'east');
  return world.act('setHours', world.head, world.east.id, { version, hours: week(spans), holidayHours });
}

const lines = async (action: string) =>
  (
    await world.owner.query<{ data: Record<string, unknown>; actor_id: string }>(
      'select data, actor_id from ledger_entry where action = $1 order by at, id',
      [action],
    )
  ).rows;

describe('opening a station', () => {
  test('belongs to the area it stands in; its head sees it and no other', async () => {
    expect(world.east).toMatchObject({
      code: 'east',
      areaCode: '500103004001001',
      areaName: '东村社区',
      mayManage: true,
    });
    expect((await world.list(world.head)).map(({ code }) => code)).toEqual(['east']);
    expect((await world.list(world.northHead)).map(({ code }) => code)).toEqual(['north']);
    expect((await world.list(world.as.chief)).map(({ code }) => code)).toEqual(['east']);
    expect((await world.list(world.as.districtChief)).map(({ code }) => code)).toEqual(['east', 'north']);
    expect(await lines('station.create')).toHaveLength(2);
  });

  test('a foreign station is absent, by code and by id, for reading and for every act', async () => {
    await expect(world.get(world.northHead, 'east')).rejects.toMatchObject({ code: 'not_found' });
    await expect(world.get(world.northHead, world.east.id)).rejects.toMatchObject({ code: 'not_found' });
    for (const [verb, wish] of [
      ['setBusy', { level: 'full' }],
      ['setHours', { version: 1, hours: week(day), holidayHours: false }],
      ['addException', { fromDay: '2026-06-16', toDay: '2026-06-16', spans: [], reason: '检修' }],
      ['setFacility', { code: 'toilet', state: 'there', quantity: null, version: 0 }],
    ] as const)
      await expect(world.act(verb, world.northHead, world.east.id, wish)).rejects.toMatchObject({ code: 'not_found' });
    expect(await lines('station.busy')).toHaveLength(0);
  });

  test('needs a free unit of kind station, a free code, and a place inside one’s areas', async () => {
    const unitId = await world.addUnit('station-west', '500103004');
    const wish = {
      name: '西村驿站',
      address: '西村1号',
      code: 'west',
      unitId,
      lon: 106.525,
      lat: 29.505,
      openedOn: '2026-02-01',
    };
    const { chief, intake } = world.as;
    await expect(world.create(chief, { ...wish, code: 'east' })).rejects.toMatchObject({ code: 'already_exists' });
    await expect(world.create(chief, { ...wish, unitId: world.east.unitId })).rejects.toMatchObject({
      code: 'already_exists',
    });
    await expect(world.create(chief, { ...wish, unitId: world.unit.cityPost })).rejects.toMatchObject({
      code: 'bad_input',
    });
    await expect(world.create(chief, { ...wish, lon: 106.565, lat: 29.565 })).rejects.toMatchObject({
      code: 'not_allowed',
    });
    await expect(world.create(chief, { ...wish, lon: 100, lat: 20 })).rejects.toMatchObject({ code: 'bad_input' });
    await expect(world.create(chief, { ...wish, languages: ['xx'] })).rejects.toMatchObject({ code: 'bad_input' });
    await expect(world.create(intake, wish)).rejects.toMatchObject({ code: 'not_allowed' });
    // A head answers for one station and opens none.
    await expect(world.create(world.head, wish)).rejects.toMatchObject({ code: 'not_allowed' });
    const ctx = { actor: chief };
    const none = { params: {}, query: {}, body: {} };
    expect((await world.stations.handlers.freeUnits(none, ctx)).items.map(({ id }) => id)).toEqual([unitId]);
    const op = randomUUID();
    const first = await world.create(chief, { ...wish, opId: op });
    expect(await world.create(chief, { ...wish, opId: op })).toEqual(first);
    expect((await world.stations.handlers.freeUnits(none, ctx)).items).toEqual([]);
    // Given up: gone from the public list on the day after, still known to those who answer.
    const edit = { ...wish, version: 1, closedOn: '2026-06-14' };
    await world.act('edit', chief, first.station.id, edit);
    expect((await world.publicList()).items.map(({ code }) => code)).not.toContain('west');
    await expect(world.publicOne('west')).rejects.toMatchObject({ code: 'not_found' });
    expect((await world.get(chief, 'west')).closedOn).toBe('2026-06-14');
  });
});

describe('hours', () => {
  test('are told to everybody, change with a version, and every change is a line', async () => {
    const before = await world.get(world.head, 'east');
    expect(before.standing).toMatchObject({ open: false, until: null });
    const { station } = await hours(day);
    expect(station).toMatchObject({
      standing: { open: true, until: '2026-06-15T09:00:00.000Z' },
      version: before.version + 1,
    });
    const seen = await world.publicOne('east');
    expect(seen.openings[0]).toMatchObject({
      from: '2026-06-15T01:00:00.000Z',
      until: '2026-06-15T09:00:00.000Z',
      extended: null,
    });
    await expect(
      world.act('setHours', world.head, world.east.id, {
        version: before.version,
        hours: week([]),
        holidayHours: false,
      }),
    ).rejects.toMatchObject({ code: 'version_conflict' });
    const [line] = await lines('station.hours');
    expect(line).toMatchObject({
      actor_id: world.head.accountId,
      data: { from: { holidayHours: false }, to: { hours: week(day) } },
    });
  });

  test.each([
    ['overlap', week([[540, 720], [700, 900]])],
    ['longer than a day', week([[540, 2000]])],
  ])('are refused when they %s', async (_name, wrong) => {
    const { version } = await world.get(world.head, 'east');
    await expect(
      world.act('setHours', world.head, world.east.id, { version, hours: wrong, holidayHours: false }),
    ).rejects.toMatchObject({ code: 'bad_input' });
  }); // prettier-ignore

  test('an exception closes the days it names, until it is withdrawn', async () => {
    const { station } = await world.act('addException', world.head, world.east.id, {
      fromDay: '2026-06-15',
      toDay: '2026-06-16',
      spans: [],
      reason: '检修',
      reasonEn: 'Repairs',
    });
    expect(station.standing).toMatchObject({
      open: false,
      until: '2026-06-17T01:00:00.000Z',
      closedFor: { reason: '检修' },
    });
    expect((await world.publicOne('east')).closings).toEqual([
      { fromDay: '2026-06-15', toDay: '2026-06-16', reason: '检修', reasonEn: 'Repairs' },
    ]);
    const params = { id: world.east.id, exceptionId: station.exceptions[0]?.id ?? '' };
    const withdraw = () =>
      world.stations.handlers.withdrawException(
        { params, query: {}, body: { opId: randomUUID() } },
        { actor: world.head },
      );
    expect((await withdraw()).station.standing.open).toBe(true);
    await expect(withdraw()).rejects.toMatchObject({ code: 'not_found' });
  });

  test('a public holiday of the house’s calendar has the station’s holiday hours', async () => {
    world.clock.set(Date.parse('2026-10-01T02:00:00Z'));
    await hours(day, true);
    expect((await world.get(world.head, 'east')).standing.open).toBe(false);
    await hours(day, false);
    expect((await world.get(world.head, 'east')).standing.open).toBe(true);
    world.clock.set(Date.parse('2026-06-15T02:00:00Z'));
  });

  test('the modules above ask for a moment and for days', async () => {
    const { queries } = world.stations;
    const id = world.east.id;
    expect(await queries.openAt(id, Date.parse('2026-06-15T08:59:00Z'))).toMatchObject({
      open: true,
      why: 'usual',
      extended: null,
    });
    expect(await queries.openAt(id, Date.parse('2026-06-15T09:00:00Z'))).toEqual({
      open: false,
      until: Date.parse('2026-06-16T01:00:00Z'),
      why: 'usual',
      extended: null,
    });
    expect((await queries.hoursOn(id, ['2026-06-16', '2026-06-17'])).map(({ spans }) => spans)).toEqual([day, day]);
    await expect(queries.openAt(randomUUID(), 0)).rejects.toMatchObject({ code: 'not_found' });
    expect((await queries.find(world.head, 'east', 'station.work')).id).toBe(id);
    await expect(queries.find(world.northHead, id, 'station.work')).rejects.toMatchObject({ code: 'not_found' });
    // A street's chief manages, but does not stand behind the counter.
    await expect(queries.find(world.as.chief, id, 'station.work')).rejects.toMatchObject({ code: 'not_found' });
    expect((await queries.listFor(world.as.chief, 'station.manage')).map(({ code }) => code)).toEqual(['east']);
    const listed = await world.database.read(systemScope, (tx) => queries.listStations(tx));
    expect(listed.map(({ code }) => code)).toEqual(['east', 'north', 'west']);
  });
});

describe('a warning over its area', () => {
  const running = (change: object) => ({
    id: randomUUID(),
    warningId: randomUUID(),
    effect: 'hours' as const,
    target: '*',
    areas: ['500103004'],
    kind: 'heat',
    colour: 'orange' as const,
    headline: '高温橙色预警',
    onAt: new Date('2026-06-15T02:00:00Z'),
    endsAt: new Date('2026-06-16T02:00:00Z'),
    ...change,
  });
  const until = async () => (await world.publicOne('east')).openings[0]?.until;

  test('keeps those open longer that can cool, and no other', async () => {
    world.running.push(running({}));
    expect(await until()).toBe('2026-06-15T09:00:00.000Z');
    const { head, east } = world;
    await world.act('setFacility', head, east.id, { code: 'cooling', state: 'there', quantity: null, version: 0 });
    expect(await until()).toBe('2026-06-15T14:00:00.000Z');
    expect((await world.publicOne('east')).openings[0]?.extended).toMatchObject({ warningName: '高温', colour: 'orange', usualUntil: '2026-06-15T09:00:00.000Z' });
    await world.act('markFacility', world.counter, east.id, { code: 'cooling', state: 'out_of_order', note: '跳闸', version: 1 });
    expect(await until()).toBe('2026-06-15T09:00:00.000Z');
    await world.act('markFacility', world.counter, east.id, { code: 'cooling', state: 'there', version: 2 });
    world.running.length = 0;
  }); // prettier-ignore

  test.each([
    ['elsewhere', { areas: ['500103005'] }, '09'],
    ['of a kind without a rule', { kind: 'fog' }, '09'],
    ['too light', { colour: 'blue' as const }, '09'],
    ['yellow', { colour: 'yellow' as const }, '13'],
    ['red, all night', { colour: 'red' as const }, '22'],
    ['for those with a facility it has not', { target: 'heating' }, '09'],
  ])('%s', async (_name, change, hour) => {
    world.running.push(running(change));
    expect(await until()).toBe(`2026-06-15T${hour}:00:00.000Z`);
    world.running.length = 0;
  });
});

describe('what it has, and how full it is', () => {
  test('facilities come from the dictionary, have a version, and what breaks is told', async () => {
    const { head, counter, east } = world;
    const seats = { code: 'seats', state: 'there', quantity: 12, version: 0 };
    await world.act('setFacility', head, east.id, seats);
    await expect(world.act('setFacility', head, east.id, seats)).rejects.toMatchObject({ code: 'version_conflict' });
    await expect(world.act('setFacility', head, east.id, { ...seats, code: 'sauna' })).rejects.toMatchObject({
      code: 'bad_input',
    });
    await expect(
      world.act('markFacility', counter, east.id, { code: 'toilet', state: 'there', version: 1 }),
    ).rejects.toMatchObject({ code: 'not_found' });
    await world.act('markFacility', counter, east.id, {
      code: 'seats',
      state: 'out_of_order',
      note: '漆未干',
      version: 1,
    });
    expect((await world.publicOne('east')).facilities).toContainEqual({
      code: 'seats',
      state: 'out_of_order',
      quantity: 12,
      note: '漆未干',
      noteEn: '',
    });
    expect((await world.list(head))[0]?.outOfOrder).toEqual(['seats']);
    await world.act('setFacility', head, east.id, { ...seats, state: 'gone', version: 2 });
    expect((await world.publicOne('east')).facilities.map(({ code }) => code)).not.toContain('seats');
  });

  test('how full it is counts for an hour and lapses by itself', async () => {
    await world.act('setBusy', world.counter, world.east.id, { level: 'full' });
    expect((await world.publicOne('east')).busy).toEqual({
      level: 'full',
      at: '2026-06-15T02:00:00.000Z',
      lapsesAt: '2026-06-15T03:00:00.000Z',
    });
    world.clock.advance(3_600_000);
    expect((await world.publicOne('east')).busy).toBeNull();
    world.clock.advance(-3_600_000);
    expect((await lines('station.busy')).map(({ data }) => data['level'])).toEqual(['full']);
  });

  test('a photo belongs to whoever sent it, is shown to everybody, and can be taken off', async () => {
    const sent = async (by: typeof anonymous) => {
      const photo = { sha256: new Uint8Array(32).fill(1), storedSha256: new Uint8Array(32).fill(2), full: new Uint8Array(9) };
      return world.events.photos.keep(by, 'evidence', { ...photo, width: 4, height: 3 }, `photos/${randomUUID()}`);
    };
    const { head, east } = world;
    const alien = await sent(world.northHead);
    await expect(world.act('addPhoto', head, east.id, { photo: { id: alien.id }, alt: '门口' })).rejects.toMatchObject({ code: 'bad_input' });
    const { id } = await sent(head);
    expect(await world.stations.findPhoto('east', id)).toBeUndefined();
    await world.act('addPhoto', head, east.id, { photo: { id }, alt: '门口' });
    expect((await world.publicOne('east')).photos).toEqual([{ id, alt: '门口', altEn: '', width: 4, height: 3 }]);
    expect(await world.stations.findPhoto('east', id)).toBeDefined();
    expect(await world.stations.findPhoto('north', id)).toBeUndefined();
    const params = { id: east.id, photoId: id };
    await world.stations.handlers.removePhoto({ params, query: {}, body: { opId: randomUUID() } }, { actor: head });
    expect((await world.publicOne('east')).photos).toEqual([]);
    expect(await world.stations.findPhoto('east', id)).toBeUndefined();
  }); // prettier-ignore
});

test('the history holds every change; names only for those who may know them', async () => {
  const ask = async (actor: typeof anonymous) =>
    (await world.stations.handlers.history({ params: { id: world.east.id }, query: {}, body: {} }, { actor })).items;
  const own = await ask(world.head);
  expect(own.map(({ action }) => action)).toEqual(
    expect.arrayContaining([
      'station.create',
      'station.hours',
      'station.exception',
      'station.facility',
      'station.photo',
    ]),
  );
  expect(own.every(({ byName }) => byName === null)).toBe(true);
  expect((await ask(world.as.chief)).some(({ byName }) => byName !== null)).toBe(true);
  await expect(ask(world.northHead)).rejects.toMatchObject({ code: 'not_found' });
});

test('the public list asks for no position, answers one area, and tells what is needed to reckon walks', async () => {
  const all = await world.publicList();
  expect(all.items.map(({ code }) => code)).toEqual(['east', 'north']);
  expect(all.walking).toEqual([
    { who: 'adult', detour: expect.any(Number), speedMps: expect.any(Number) },
    { who: 'elder', detour: expect.any(Number), speedMps: expect.any(Number) },
  ]);
  expect(all.facilities.filter(({ chip }) => chip !== null).map(({ code }) => code)).toContain('medicine');
  expect((await world.publicList('500103005')).items.map(({ code }) => code)).toEqual(['north']);
});

test('stations follow the outlines: what is redrawn moves them, once, with a line', async () => {
  const { owner, territory, stations } = world;
  expect(await stations.followAreas()).toBe(0);
  await owner.query("update area set retired_at = now() where code = '500103004001001'");
  await owner.query('update territory_version set version = version + 1').catch(() => undefined);
  await territory.reload();
  expect(await stations.followAreas()).toBe(1);
  expect(await stations.followAreas()).toBe(0);
  expect((await world.get(world.head, 'east')).areaCode).toBe('500103004001');
  expect(await lines('station.move')).toMatchObject([{ data: { from: '500103004001001', to: '500103004001' } }]);
});

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemScope } from '#server/db/scope.ts';
import { systemActor } from '#server/modules/identity/index.ts';
import { createFacilitiesWorld, type FacilitiesWorld } from './facilities.fixture.ts';

let world: FacilitiesWorld;
beforeAll(async () => {
  world = await createFacilitiesWorld();
});
afterAll(() => world.close());

const market = { classCode: 'fresh_market', name: '东村菜市场', lon: 106.505, lat: 29.505, address: '东村1号' };
const north = { lon: 106.565, lat: 29.565 };

describe('a facility', () => {
  test('is kept by those whose area it stands in; a foreign one is absent', async () => {
    const { planner, streetPlanner, gridWorker } = world;
    const made = (await world.create(planner, market)).facility;
    expect(made).toMatchObject({
      areaCode: '500103004001001',
      areaName: '东村社区',
      source: 'desk',
      mayEdit: true,
      openNow: null,
    });
    expect(made.code).toMatch(/^F500103-\d{5}$/);
    expect((await world.get(gridWorker, made.id)).mayEdit).toBe(false);
    await expect(world.get(streetPlanner, made.id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(world.history(streetPlanner, made.id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(world.edit(streetPlanner, made.id, { ...market, version: 1 })).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(world.edit(gridWorker, made.id, { ...market, version: 1 })).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(
      world.close_(streetPlanner, made.id, { version: 1, closedOn: '2026-06-01', reason: '停业' }),
    ).rejects.toMatchObject({ code: 'not_found' });
    expect((await world.list(streetPlanner)).items.map(({ id }) => id)).not.toContain(made.id);
    expect((await world.map(streetPlanner)).items.map(({ id }) => id)).not.toContain(made.id);
    await expect(world.create(streetPlanner, market)).rejects.toMatchObject({ code: 'not_allowed' });
    await expect(world.create(gridWorker, market)).rejects.toMatchObject({ code: 'not_allowed' });
  });

  test.each([
    ['an unknown class', { classCode: 'casino' }],
    ['a place outside every area', { lon: 100, lat: 20 }],
    ['hours that overlap', { hours: [{ days: [1, 2], from: '08:00', to: '12:00' }, { days: [2], from: '11:00', to: '14:00' }] }],
    ['hours that run into the next morning’s', { hours: [{ days: [7], from: '20:00', to: '09:00' }, { days: [1], from: '08:00', to: '12:00' }] }],
    ['a day of checking that has not come', { checkedOn: '2026-06-16' }],
  ])('with %s is refused', async (_name, wrong) => {
    await expect(world.create(world.planner, { ...market, ...wrong })).rejects.toMatchObject({ code: 'bad_input' });
  }); // prettier-ignore

  test('is added once, changes with a version, moves with its place, and every change is a line without words of people', async () => {
    const { planner } = world;
    const wish = {
      ...market,
      opId: randomUUID(),
      name: '西门菜市场',
      hours: [{ days: [1, 2, 3, 4, 5, 6, 7], from: '06:00', to: '18:00' }],
    };
    const first = await world.create(planner, wish);
    expect(await world.create(planner, wish)).toEqual(first);
    const { id } = first.facility;
    expect(first.facility).toMatchObject({ openNow: true, missing: ['step_free', 'checked'] });
    const { opId: _op, ...facts } = wish;
    const change = { ...facts, version: 1, stepFree: true, checkedOn: '2026-06-15', lon: 106.525, lat: 29.505 };
    const edited = (await world.edit(planner, id, change)).facility;
    expect(edited).toMatchObject({ version: 2, missing: [], areaName: '西村社区', areaCode: '500103004002' });
    await expect(world.edit(planner, id, change)).rejects.toMatchObject({ code: 'version_conflict' });
    const history = (await world.history(planner, id)).items;
    expect(history.map(({ action }) => action)).toEqual(['facility.edit', 'facility.create']);
    expect(history[0]?.byName).toContain('name of');
    const lines = await world.lines('facility.edit');
    expect(lines.at(-1)?.data).toMatchObject({ from: { stepFree: null }, to: { stepFree: true } });
    expect(JSON.stringify(lines)).not.toContain('菜市场');
  });

  test('is closed from a day on with a reason, counts before it, and can be taken back; nothing is deleted', async () => {
    const { planner, database, facilities } = world;
    const { id } = (await world.create(planner, { ...market, name: '北门菜市场', openedOn: '2026-01-10' })).facility;
    await expect(
      world.close_(planner, id, { version: 1, closedOn: '2026-01-09', reason: '租约到期' }),
    ).rejects.toMatchObject({ code: 'bad_input' });
    await world.close_(planner, id, { version: 1, closedOn: '2026-06-10', reason: '租约到期' });
    const there = async (on: string) =>
      (await database.read(systemScope, (tx) => facilities.queries.listFacilities(tx, { area: '500103', on }))).some(
        (row) => row.id === id,
      );
    expect([
      await there('2026-01-09'),
      await there('2026-01-10'),
      await there('2026-06-09'),
      await there('2026-06-10'),
    ]).toEqual([false, true, true, false]);
    expect((await world.list(planner)).items.map((row) => row.id)).not.toContain(id);
    expect((await world.list(planner, { past: 'true' })).items.map((row) => row.id)).toContain(id);
    const back = await world.close_(planner, id, { version: 2, closedOn: null, reason: '续租' });
    expect(back.facility.closedOn).toBeNull();
    expect((await world.history(planner, id)).items.map(({ action }) => action)).toEqual([
      'facility.reopen',
      'facility.close',
      'facility.create',
    ]);
  });

  test('is found by class, family, area, words, what is missing, and whether it is open now', async () => {
    const { planner } = world;
    const open = {
      classCode: 'pharmacy',
      name: '夜间药房',
      ...north,
      hours: [{ days: [1], from: '09:00', to: '11:00' }],
    };
    const shut = {
      classCode: 'primary_school',
      name: '北山小学',
      ...north,
      hours: [{ days: [1], from: '11:00', to: '12:00' }],
    };
    await world.create(planner, open);
    await world.create(planner, shut);
    const names = async (query: Record<string, unknown>) =>
      (await world.list(planner, { area: '500103005', ...query })).items.map(({ name }) => name);
    // Monday, ten in the morning.
    expect(await names({ open: 'now' })).toEqual(['夜间药房']);
    expect((await world.list(planner, { open: 'now' })).total).toBeNull();
    expect(await names({ classes: 'primary_school' })).toEqual(['北山小学']);
    expect(await names({ families: 'commerce' })).toEqual(['夜间药房']);
    expect(await names({ missing: 'capacity' })).toEqual(['北山小学']);
    expect(await names({ q: '药' })).toEqual(['夜间药房']);
    expect(await names({ q: '%' })).toEqual([]);
    expect((await world.list(planner, { area: '500103005' })).total).toBe(2);
    const one = await world.list(planner, { area: '500103005', limit: '1' });
    const two = await world.list(planner, { area: '500103005', limit: '1', cursor: one.next ?? '' });
    expect([...one.items, ...two.items].map(({ name }) => name).toSorted()).toEqual(
      ['北山小学', '夜间药房'].toSorted(),
    );
    expect(two.next).toBeNull();
    expect((await world.map(world.streetPlanner)).items.map(({ name }) => name).toSorted()).toEqual(
      ['北山小学', '夜间药房'].toSorted(),
    );
  });
});

describe('stations among the facilities', () => {
  test('follow their own register, once, and are not typed a second time', async () => {
    const { facilities, planner, head, east } = world;
    expect(await facilities.followStations()).toBe(2);
    expect(await facilities.followStations()).toBe(0);
    const find = async () =>
      (await world.list(planner, { classes: 'rest_station', past: 'true' })).items.find(
        ({ code }) => code === 'station-east',
      );
    const row = await find();
    expect(row).toMatchObject({ name: '东村驿站', source: 'station', hours: [] });
    const { version } = await world.stations.handlers.get(
      { params: { code: 'east' }, query: {}, body: {} },
      { actor: head },
    );
    const week = [...Array.from({ length: 5 }, () => [[540, 1020]]), [], [[1320, 1560]], []];
    await world.act('setHours', head, east.id, { version, hours: week, holidayHours: false });
    expect(await facilities.followStations()).toBe(1);
    expect((await find())?.hours).toEqual([
      { days: [1, 2, 3, 4, 5], from: '09:00', to: '17:00' },
      { days: [7], from: '22:00', to: '02:00' },
    ]);
    const detail = await world.get(planner, row?.id ?? '');
    expect(detail).toMatchObject({ stationCode: 'east' });
    const { name, classCode, lon, lat, address, hours, openedOn, note } = detail;
    const same = { name, classCode, lon, lat, address, hours, openedOn, note, capacity: null, version: detail.version };
    await expect(world.edit(planner, detail.id, { ...same, name: '别的名字' })).rejects.toMatchObject({
      code: 'in_use',
    });
    await expect(
      world.close_(planner, detail.id, { version: detail.version, closedOn: '2026-06-15', reason: '停用' }),
    ).rejects.toMatchObject({ code: 'in_use' });
    const edited = await world.edit(planner, detail.id, { ...same, stepFree: true, checkedOn: '2026-06-14' });
    expect(edited.facility.stepFree).toBe(true);
    // What somebody looked up stays when the station changes again, and does not count as a change of the station.
    expect(await facilities.followStations()).toBe(0);
    expect((await world.lines('facility.follow_station')).length).toBe(3);
  });
});

describe('the territory', () => {
  test('takes facilities and idle rooms with it when it is redrawn', async () => {
    const { facilities, planner, owner, territory } = world;
    const { id } = (await world.create(planner, { ...market, name: '格内菜市场', lon: 106.502, lat: 29.502 })).facility;
    const room = (
      await world.idleCreate(planner, {
        name: '格内旧屋',
        lon: 106.502,
        lat: 29.502,
        areaM2: 80,
        ownerKind: 'community',
        condition: 'ready',
      })
    ).idle;
    await facilities.followAreas();
    await owner.query("update area set retired_at = now() where code = '500103004001001'");
    await territory.reload();
    expect(await facilities.followAreas()).toBeGreaterThanOrEqual(2);
    expect((await world.get(planner, id)).areaCode).toBe('500103004001');
    expect((await world.idleGet(planner, room.id)).areaCode).toBe('500103004001');
    await owner.query("update area set retired_at = null where code = '500103004001001'");
    await territory.reload();
    await facilities.followAreas();
  });
});

describe('an opened project', () => {
  test('joins the map once, and holds, uses and gives back an idle room', async () => {
    const { database, facilities, planner } = world;
    const projectId = randomUUID();
    const wish = { projectId, classCode: 'fresh_market', name: '桥下生鲜市场', lon: 106.506, lat: 29.506, address: '', capacity: null, floorM2: 400, hours: [{ days: [1, 2, 3, 4, 5, 6, 7], from: '06:30', to: '23:00' }], stepFree: true, openedOn: '2026-06-15' }; // prettier-ignore
    const add = () => database.inTx(systemScope, (tx) => facilities.addFacility(tx, wish, planner));
    const row = await add();
    expect(await add()).toEqual(row);
    expect(await world.get(planner, row.id)).toMatchObject({ source: 'project', projectId, openNow: true });
    const room = (
      await world.idleCreate(planner, {
        name: '桥下工具房',
        lon: 106.506,
        lat: 29.506,
        areaM2: 420,
        ownerKind: 'bureau',
        condition: 'repair',
        uses: ['fresh_market'],
      })
    ).idle;
    const act = (verb: 'reserveIdle' | 'useIdle' | 'releaseIdle', project = projectId) => {
      world.clock.advance(1_000);
      return database.inTx(systemScope, (tx) => facilities[verb](tx, { id: room.id, projectId: project }, planner));
    };
    expect((await act('reserveIdle')).state).toBe('reserved');
    expect((await act('reserveIdle')).version).toBe(2);
    await expect(act('reserveIdle', randomUUID())).rejects.toMatchObject({ code: 'in_use' });
    await expect(act('releaseIdle', randomUUID())).rejects.toMatchObject({ code: 'in_use' });
    await expect(world.idleAct('withdraw', planner, room.id, { version: 2, reason: '另有他用' })).rejects.toMatchObject(
      { code: 'in_use' },
    );
    expect(await act('useIdle')).toMatchObject({ state: 'used', reservedFor: projectId });
    expect(await act('releaseIdle')).toMatchObject({ state: 'idle', reservedFor: null });
    expect((await world.idleHistory(planner, room.id)).items.map(({ action }) => action)).toEqual([
      'idle_resource.release',
      'idle_resource.use',
      'idle_resource.reserve',
      'idle_resource.create',
    ]);
    await expect(
      database.inTx(systemScope, (tx) =>
        facilities.addFacility(tx, { ...wish, projectId: randomUUID(), classCode: 'x' }, systemActor),
      ),
    ).rejects.toMatchObject({ code: 'bad_input' });
  });
});

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isAppError } from '#kit/errors.ts';
import { convert } from '#server/modules/grids/index.ts';
import { createFacilitiesWorld, type FacilitiesWorld } from './facilities.fixture.ts';

let world: FacilitiesWorld;
beforeAll(async () => {
  world = await createFacilitiesWorld();
});
afterAll(() => world.close());

const csv = (...rows: string[]) => ['编号,类别,名称,经度,纬度,规模,开放时间,无障碍,核对日期', ...rows].join('\n');
const good = 'M-1,菜市场,东村菜市场,106.505,29.505,,每天 06:00-18:00,是,2026/6/1';

async function wrongOf(call: Promise<unknown>): Promise<[line: number | null, column: string][]> {
  const error = await call.then(
    () => undefined,
    (refused: unknown) => refused,
  );
  if (!isAppError(error)) throw new Error('It was not refused.');
  expect(error.code).toBe('import_refused');
  return (error.detail['wrong'] as { line: number | null; column: string }[]).map(({ line, column }) => [line, column]);
}

describe('a table of facilities', () => {
  test('tells every wrong row by line and column, and takes nothing', async () => {
    const text = csv(
      good,
      'M-2,赌场,某某,106.505,29.505,,,,',
      'M-3,小学,东村小学,106.505,29.505,很多,,,',
      'M-4,药店,东村药店,106.505,29.505,,早上到晚上,,',
      'M-5,药店,河中药店,100,20,,,,',
      'M-6,药店,,106.505,29.505,,,,',
      'M-1,药店,重号药店,106.505,29.505,,,,',
      'M-7,药店,东村药店,106.505,29.505,,,也许,',
      'M-8,药店,东村药店,106.505,29.505,,,,2026/13/1',
      'M-9,药店,东村药店,206,29.505,,,,',
      'M-10,药店',
    );
    expect(await wrongOf(world.import(world.planner, { text }))).toEqual([
      [3, 'class'],
      [4, 'capacity'],
      [5, 'hours'],
      [6, 'lon'],
      [7, 'name'],
      [8, 'code'],
      [9, 'step_free'],
      [10, 'checked_on'],
      [11, 'lon'],
      [12, 'row'],
    ]);
    expect((await world.list(world.planner)).items).toEqual([]);
    const trial = await world.import(world.planner, { text, skipWrong: true, dryRun: true });
    expect(trial).toMatchObject({ read: 11, created: 1, wrongCount: 10, dryRun: true });
    expect((await world.list(world.planner)).items).toEqual([]);
  });

  test('is taken once however often it is sent; an empty cell takes nothing away', async () => {
    const wish = { text: csv(good), opId: randomUUID() };
    const first = await world.import(world.planner, wish);
    expect(first).toMatchObject({ created: 1, changed: 0 });
    expect(await world.import(world.planner, wish)).toEqual(first);
    expect(await world.import(world.planner, { text: csv(good) })).toMatchObject({
      created: 0,
      changed: 0,
      unchanged: 1,
    });
    expect(
      await world.import(world.planner, { text: csv('M-1,fresh_market,东村菜市场,106.505,29.505,,,,') }),
    ).toMatchObject({ unchanged: 1 });
    expect(
      await world.import(world.planner, { text: csv('M-1,fresh_market,东村新菜市场,106.505,29.505,,,,') }),
    ).toMatchObject({ changed: 1 });
    const [row] = (await world.list(world.planner, { q: 'M-1' })).items;
    expect(row).toMatchObject({
      name: '东村新菜市场',
      stepFree: true,
      checkedOn: '2026-06-01',
      hours: [{ from: '06:00', to: '18:00' }],
    });
    const lines = await world.lines('facility.import');
    expect(lines).toHaveLength(2);
    expect(lines[0]?.data).toMatchObject({ codes: ['M-1'] });
  });

  test('takes and changes nothing outside the sender’s areas', async () => {
    const text = csv('M-20,药店,东村药店,106.505,29.505,,,,');
    expect(await wrongOf(world.import(world.streetPlanner, { text }))).toEqual([[2, 'code']]);
    await world.import(world.planner, { text });
    // The same code cannot be drawn into another's area.
    expect(
      await wrongOf(world.import(world.streetPlanner, { text: csv('M-20,药店,北山药店,106.565,29.565,,,,') })),
    ).toEqual([[2, 'code']]);
    expect(await wrongOf(world.import(world.gridWorker, { text }))).toEqual([[2, 'code']]);
  });

  test.each(['csv', 'geojson'] as const)('goes out as %s and comes back unchanged', async (format) => {
    await world.import(world.planner, {
      text: csv('M-30,便利店,"=夜间, 店",106.505,29.505,,1-5 22:00-06:00;6 24/7,,'.replace(';6 24/7', '')),
    });
    const text = await world.export(world.planner, { format });
    const all = (await world.list(world.planner)).items.length;
    expect(all).toBeGreaterThan(1);
    expect(await world.import(world.planner, { text, format })).toMatchObject({
      read: all,
      created: 0,
      changed: 0,
      unchanged: all,
    });
    expect(await world.export(world.streetPlanner, { format })).not.toContain('M-30');
    expect(await world.export(world.planner, { format, classes: 'pharmacy' })).not.toContain('M-30');
  });

  test('whose points are GCJ-02 though it says WGS-84 is asked about, refused, and taken once the answer is given', async () => {
    const places = Array.from({ length: 6 }, (_, k) => [106.504 + k / 1000, 29.506 + k / 1500] as const);
    const rows = (at: (place: readonly [number, number]) => readonly [number, number]) =>
      csv(...places.map((place, k) => `G-${k},便利店,村口便利店${k},${at(place).join(',')},,,,`));
    await world.import(world.planner, { text: rows((place) => place) });
    const shifted = rows(([lon, lat]) => {
      let [x, y] = [lon, lat];
      for (let k = 0; k < 30; k++) {
        const [a, b] = convert([x, y], 'gcj02') as [number, number];
        [x, y] = [x + lon - a, y + lat - b];
      }
      return [x, y];
    });
    const trial = await world.import(world.planner, { text: shifted, dryRun: true });
    expect(trial.crsDoubt).toMatchObject({ likely: 'gcj02', rows: 6 });
    await expect(world.import(world.planner, { text: shifted })).rejects.toMatchObject({
      code: 'import_refused',
      detail: { crsDoubt: { likely: 'gcj02' } },
    });
    const right = await world.import(world.planner, { text: shifted, crs: 'gcj02' });
    expect(right.crsDoubt).toBeNull();
    const [row] = (await world.list(world.planner, { q: 'G-0' })).items;
    expect(Math.abs((row?.lon ?? 0) - 106.504)).toBeLessThan(1e-5);
    expect(await world.import(world.planner, { text: shifted, crsConfirmed: true })).toMatchObject({ changed: 6 });
  });
});

test('a file of places nobody knows yet is asked about when the streets say it is shifted, and only when it says WGS-84', async () => {
  const asked: { areaCode: string; points: number }[] = [];
  world.facilities.useStreets(async (areaCode, { lon }) => {
    asked.push({ areaCode, points: lon.length });
    return { isShifted: true, shiftM: 471.4 };
  });
  const text = csv(
    'S-1,便利店,新店一,106.505,29.505,,,,',
    'S-2,便利店,新店二,106.565,29.565,,,,',
    'S-3,便利店,新店三,100,20,,,,',
  );
  const trial = await world.import(world.planner, { text, dryRun: true, skipWrong: true });
  expect(trial.crsDoubt).toEqual({ by: 'streets', likely: 'gcj02', rows: 2, medianM: 471 });
  await expect(world.import(world.planner, { text, skipWrong: true })).rejects.toMatchObject({
    code: 'import_refused',
  });
  expect(asked[0]).toEqual({ areaCode: '500103004001001', points: 2 });
  const times = asked.length;
  expect(
    (await world.import(world.planner, { text, dryRun: true, skipWrong: true, crs: 'gcj02' })).crsDoubt,
  ).toBeNull();
  expect(asked).toHaveLength(times);
  expect(await world.import(world.planner, { text, skipWrong: true, crsConfirmed: true })).toMatchObject({
    created: 2,
  });
  world.facilities.useStreets(async () => ({ isShifted: false, shiftM: 471 }));
  expect((await world.import(world.planner, { text, dryRun: true, skipWrong: true })).crsDoubt).toBeNull();
});

const people = (...rows: string[]) => ['编号,经度,纬度,人口,老人,儿童,户数', ...rows].join('\n');

describe('a table of population cells', () => {
  test('tells every wrong row, and takes nothing', async () => {
    const text = people(
      'B-1,106.505,29.505,100,20,10,40',
      'B-2,106.505,29.505,0,0,0,0',
      'B-3,106.505,29.505,-5,0,0,',
      'B-4,106.505,29.505,10,8,7,',
      'B-5,100,20,10,1,1,',
      'B-1,106.505,29.505,10,1,1,',
      'B-6,106.505,29.505,十,1,1,',
    );
    expect(await wrongOf(world.importCells(world.planner, { text }))).toEqual([
      [3, 'people'],
      [4, 'people'],
      [5, 'elders'],
      [6, 'lon'],
      [7, 'code'],
      [8, 'people'],
    ]);
    expect((await world.sums(world.planner)).total.people).toBe(0);
  });

  test('takes the place of what its source had, as a whole and with one line for a district', async () => {
    const first = await world.importCells(world.planner, {
      text: people('B-1,106.505,29.505,100,20,10,40', 'B-2,106.565,29.565,50,3,10,20'),
    });
    expect(first).toMatchObject({ created: 2, replaced: 0, people: 150 });
    const next = { text: people('B-1,106.505,29.505,110,20,10,40', 'B-3,106.525,29.505,60,10,6,') };
    expect(await world.importCells(world.planner, next)).toMatchObject({
      created: 1,
      changed: 1,
      replaced: 2,
      people: 170,
    });
    expect(await world.importCells(world.planner, next)).toMatchObject({ created: 0, changed: 0, unchanged: 2 });
    expect((await world.sums(world.planner)).total).toMatchObject({ cells: 2, people: 170, elders: 30 });
    const lines = await world.lines('population.import');
    expect(lines.map(({ data }) => [data['cells'], data['replaced'], data['people']])).toEqual([[2, 0, 150], [2, 2, 170]]); // prettier-ignore
    // Another source may not use its codes.
    expect(
      await wrongOf(
        world.importCells(world.planner, { source: '另一来源', text: people('B-1,106.505,29.505,9,1,1,') }),
      ),
    ).toEqual([[null, 'code']]);
    await expect(
      world.importCells(world.streetPlanner, { text: people('B-9,106.565,29.565,9,1,1,') }),
    ).rejects.toMatchObject({ code: 'in_use' });
    expect(
      await wrongOf(
        world.importCells(world.streetPlanner, { source: '另一来源', text: people('B-9,106.505,29.505,9,1,1,') }),
      ),
    ).toEqual([[2, 'lon']]);
  });

  test('is shown singly only to those who keep it: few people are not told to others', async () => {
    const { planner, gridWorker } = world;
    await world.importCells(planner, {
      source: '小区',
      text: people('C-1,106.505,29.505,80,3,20,', 'C-2,106.506,29.506,4,1,1,'),
    });
    const exact = (await world.cells(planner)).items.find(({ code }) => code === 'C-1');
    expect(exact).toMatchObject({ people: 80, elders: 3, children: 20 });
    const seen = (await world.cells(gridWorker)).items;
    expect(seen.find(({ code }) => code === 'C-1')).toMatchObject({ people: 80, elders: null, children: 20 });
    expect(seen.find(({ code }) => code === 'C-2')).toMatchObject({ people: null, elders: null, children: null });
    expect((await world.sums(gridWorker)).exact).toBe(false);
    expect((await world.sums(planner)).exact).toBe(true);
    expect(seen.map(({ code }) => code)).not.toContain('B-3');
    await expect(world.cells(gridWorker, '500103005')).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('standards of a district', () => {
  test('are set with a reason by those who keep it, each word follows the last, and the norm comes back', async () => {
    const { planner, streetPlanner, gridWorker, database, facilities } = world;
    const set = (actor: typeof planner, wish: object) =>
      world.setStandard(actor, 'fresh_market', {
        areaCode: '500103',
        version: 0,
        walkMin: 10,
        radiusM: null,
        perPeople: 20_000,
        reason: '山地城市，坡道多',
        ...wish,
      });
    await expect(set(streetPlanner, {})).rejects.toMatchObject({ code: 'not_allowed' });
    await expect(set(gridWorker, {})).rejects.toMatchObject({ code: 'not_allowed' });
    await expect(set(planner, { areaCode: '500103004' })).rejects.toMatchObject({ code: 'bad_input' });
    const { standard } = await set(planner, {});
    expect(standard).toMatchObject({
      norm: { walkMin: 8, radiusM: 500 },
      inForce: { walkMin: 10, radiusM: 500, perPeople: 20_000 },
      version: 1,
    });
    await expect(set(planner, {})).rejects.toMatchObject({ code: 'version_conflict' });
    const inForce = await database.read({ seeAll: false, areas: [], units: [], accountId: null }, (tx) =>
      facilities.queries.standards(tx, ['500000', '500103', '500103004']),
    );
    expect(inForce.find(({ code }) => code === 'fresh_market')).toMatchObject({
      walkMin: 10,
      own: { areaCode: '500103', version: 1 },
    });
    expect((await world.standards(gridWorker)).items.find(({ code }) => code === 'fresh_market')).toMatchObject({
      inForce: { walkMin: 10 },
      own: { reason: '山地城市，坡道多' },
    });
    const back = await set(planner, { version: 1, walkMin: null, perPeople: null, reason: '按商务部八分钟' });
    expect(back.standard).toMatchObject({ inForce: { walkMin: 8 }, own: null, version: 2 });
    const history = (await world.standardHistory(gridWorker, 'fresh_market', '500103')).items;
    expect(history.map(({ version, reason }) => [version, reason])).toEqual([[2, '按商务部八分钟'], [1, '山地城市，坡道多']]); // prettier-ignore
    const lines = await world.lines('facility.standard');
    expect(lines).toHaveLength(2);
    expect(JSON.stringify(lines)).not.toContain('山地');
  });
});

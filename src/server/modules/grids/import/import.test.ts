import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import gcoordModule from 'gcoord';
import { isAppError, type AppError } from '#kit/errors.ts';
import { distanceM } from '#kit/geo.ts';
import { systemClock } from '#kit/clock.ts';
import { openDatabase, type Database } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { createTestDatabase, type TestDatabase } from '#test/helpers/db.ts';
import { runAsSystem } from '../grids.ts';
import { createTerritory, type LiveTerritory } from '../live-territory.ts';
import { box } from '../town.fixture.ts';
import { importAreas } from './import-areas.ts';
import { importBasemap, importPlaces } from './import-layers.ts';
import { importOutlines, type OutlineImport } from './import-outlines.ts';
import { importUnits } from './import-units.ts';
import { convert } from './outline-features.ts';
import type { WrongRow } from './wrong-rows.ts';

const realData = join(import.meta.dirname, '../../../../../../shared/data/chongqing');
const gcoord = gcoordModule as unknown as (typeof gcoordModule)['default'];

let held: TestDatabase;
let database: Database;
let territory: LiveTerritory;
beforeAll(async () => {
  held = await createTestDatabase();
  database = openDatabase(held.url, { max: 4 });
  territory = await createTerritory(database);
});
afterAll(async () => {
  await database.close();
  await held.drop();
});

const parts = () => ({ database, territory, clock: systemClock });
const bytes = (text: string) => Buffer.from(text, 'utf8');
const tableWish = { map: {}, skipWrong: false, dryRun: false };
const importCsv = (content: Uint8Array, options: object = {}) =>
  runAsSystem(parts(), (work) => importAreas(work, { ...tableWish, bytes: content, ...options }));
const importShapes = (features: object, options: Partial<OutlineImport> = {}) =>
  runAsSystem(parts(), (work) =>
    importOutlines(work, {
      bytes: bytes(JSON.stringify(features)),
      crs: 'wgs84',
      codeProperty: 'code',
      nameProperty: 'name',
      create: false,
      onProblem: 'refuse',
      dryRun: false,
      ...options,
    }),
  );

async function refused(work: Promise<unknown>): Promise<AppError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!isAppError(error)) throw new Error(`Expected a refusal, got ${String(error)}`);
  return error;
}

const header = 'district_code,district,street_code,street,community_code,community';
const good = [
  '510104,锦江区,510104001,东街街道,510104001001,一号社区居委会',
  '510104,锦江区,510104001,东街街道,510104001002,二号社区居委会',
  '510104,锦江区,510104002,西街街道,510104002001,三号社区居委会',
];
const table = (...rows: string[]) => bytes([header, ...rows, ''].join('\r\n'));

describe('areas', () => {
  test('wrong rows are told by line, with what was expected and found; nothing is imported', async () => {
    const rows = [
      good[0] ?? '',
      '510104,锦江区,510104001,东街街道,510104002009,串行社区', // 3: below another street
      '510104,锦江区,510104001,东街街道,51010400100x,字母社区', // 4
      '510104,锦江区,510104001,东街街道,510104001003,', // 5: no name
      '510104,锦江区,510104001,东街街道', // 6: cells missing
      '510104,锦江,510104001,东街街道,510104001004,改名社区', // 7: another name for the district
      '510104,锦江区,510104001,"东街"街道,510104001005,引号社区', // 8: quotes inside
      `510104,锦江区,510104001,东街街道,510104001006,${'长'.repeat(101)}`, // 9
    ];
    const error = await refused(importCsv(table(...rows)));
    expect(error.code).toBe('import_refused');
    const wrong = error.detail['wrong'] as WrongRow[];
    expect(wrong.map(({ line, column }) => [line, column])).toEqual([
      [3, 'community_code'],
      [4, 'community_code'],
      [5, 'community'],
      [6, 'row'],
      [7, 'district'],
      [8, 'street'],
      [9, 'community'],
    ]);
    expect(wrong[0]).toMatchObject({ expected: 'a code that begins with 510104001', found: '510104002009' });
    expect(wrong[3]).toMatchObject({ expected: '6 cells', found: '4 cells' });
    expect(error.message).toContain('7 of 8 rows are wrong; nothing was imported. First: line 3');
    expect(territory.maps().areas.size).toBe(0);
    expect(() => territory.city()).toThrow('huangge import areas');
  });
  test('a quote that is never closed refuses the whole file, also when wrong rows are skipped', async () => {
    const open = table(good[0] ?? '', '510104,锦江区,510104001,"东街街道,510104001005,开引号社区', good[1] ?? '');
    const error = await refused(importCsv(open, { skipWrong: true }));
    expect(error.detail['wrong']).toMatchObject([{ line: 3, column: 'quotes', found: 'a quote that is never closed' }]);
    const closed = table(
      good[0] ?? '',
      '510104,锦江区,510104001,"东街街道,510104001005,开引号社区',
      '510104,锦江区,510104002,"西街街道",510104002001,三号社区居委会',
    );
    expect((await refused(importCsv(closed, { skipWrong: true }))).message).toContain('Line 3 opens a quote that');
  });
  test('a trial changes nothing', async () => {
    expect(await importCsv(table(...good), { dryRun: true })).toMatchObject({ created: 7, dryRun: true });
    expect(territory.maps().areas.size).toBe(0);
  });
  test('districts, streets and the city are made; importing again changes nothing; a new name is taken over', async () => {
    const first = await importCsv(table(...good), { cityName: '蓉城' });
    expect(first).toMatchObject({ read: 3, created: 7, byTier: { city: 1, district: 1, street: 2, community: 3 } });
    expect(territory.area('510104002001')?.path).toEqual(['510100', '510104', '510104002', '510104002001']);
    expect(territory.city().name).toBe('蓉城');
    const version = territory.maps().version;
    expect(await importCsv(table(...good))).toMatchObject({ created: 0, changed: 0, unchanged: 6 });
    expect(territory.maps().version).toBe(version);
    const renamed = table('510104,锦江区,510104001,东街街道,510104001001,第一社区居委会');
    expect(await importCsv(renamed)).toMatchObject({ created: 0, changed: 1 });
    expect(territory.area('510104001001')?.name).toBe('第一社区居委会');
    const lines = await database.read(systemScope, ({ db }) =>
      db.selectFrom('ledger_entry').select(['action', 'district', 'data']).orderBy('at').execute(),
    );
    expect(lines).toMatchObject([
      { action: 'area.import', district: '510100' },
      { action: 'area.import', district: '510104' },
      {
        action: 'area.import',
        district: '510104',
        data: { changed: [['510104001001', '一号社区居委会', '第一社区居委会']] },
      },
    ]);
  });
  test('--skip-wrong imports the right rows and lists the others', async () => {
    const answer = await importCsv(
      table('510104,锦江区,510104001,东街街道,510104001007,七号社区', '510104,锦江区,510104001,东街街道,1,错误社区'),
      { skipWrong: true },
    );
    expect(answer).toMatchObject({ created: 1, wrongCount: 1, wrong: [{ line: 3, column: 'community_code' }] });
  });
  test.each<[string, Uint8Array]>([
    ['UTF-8 with BOM', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes('代码,名称\n510104003000,南街街道\n')])],
    // 代码,名称 / 510104003,南街街道 in GB18030
    ['GB18030', Buffer.from('b4fac2eb2cc3fbb3c60a3531303130343030332cc4cfbdd6bdd6b5c00a', 'hex')],
    ['UTF-16', Buffer.from('\ufeff代码,名称\n510104003,南街街道\n', 'utf16le')],
    ['semicolons and quotes', bytes('"代码";"名称"\n"510104003";"南街街道"\n')],
  ])('%s is understood; a flat table too', async (_name, content) => {
    const answer = await importCsv(content, { dryRun: true });
    expect(answer).toMatchObject({ created: 1, byTier: { street: 1 } });
  });
  test('columns can be named; unknown ones are refused with the list', async () => {
    const content = bytes('甲,乙\n510104004,北街街道\n');
    expect((await refused(importCsv(content))).message).toContain('--map');
    expect((await refused(importCsv(content, { map: { code: '丙', name: '乙' } }))).message).toContain('甲, 乙');
    expect((await refused(importCsv(content, { map: { nonsense: '甲' } }))).message).toContain('community_code');
    expect(await importCsv(content, { map: { code: '甲', name: '乙' }, dryRun: true })).toMatchObject({ created: 1 });
  });
  test('an area whose parent nobody knows is refused by line', async () => {
    const error = await refused(importCsv(bytes('code,name\n510105001001,孤岛社区\n')));
    expect(error.detail['wrong']).toMatchObject([{ line: 2, found: '510105001001 below unknown 510105001' }]);
  });
  test.each([
    ['nothing', ''],
    ['a header only', `${header}\n`],
    ['no text', Buffer.from([0xff, 0x00, 0x81]).toString('latin1')],
  ])('a file with %s is refused', async (_name, text) => {
    expect((await refused(importCsv(Buffer.from(text, 'latin1')))).code).toBe('import_refused');
  });
});

describe('outlines', () => {
  const feature = (code: string | number, geometry: object, name = '') => ({
    type: 'Feature',
    properties: { code, name },
    geometry,
  });
  test('GCJ-02 is undone to within a metre, BD-09 too', () => {
    for (const [crs, system] of [['gcj02', gcoord.GCJ02], ['bd09', gcoord.BD09]] as const) {
      const truth: [number, number] = [106.5507, 29.5647];
      const shifted = gcoord.transform([...truth] as [number, number], gcoord.WGS84, system);
      expect(distanceM(truth, shifted)).toBeGreaterThan(300);
      expect(distanceM(truth, convert(shifted, crs) as [number, number])).toBeLessThan(1);
    }
  }); // prettier-ignore
  test('wrong features are told by number; nothing is imported', async () => {
    const error = await refused(
      importShapes([
        feature('510104001001', box(0, 0, 5, 5)),
        feature('x', box(0, 0, 5, 5)),
        feature('510104001009', box(0, 0, 5, 5)),
        { type: 'Feature', properties: {}, geometry: { type: 'Point', coordinates: [1, 2] } },
        feature('510104001002', { type: 'Polygon', coordinates: [[[104, 30], [104, 30]]] }),
      ]), // prettier-ignore
    );
    expect((error.detail['wrong'] as WrongRow[]).map(({ line, column }) => [line, column])).toEqual([
      [2, 'code'],
      [3, 'code'],
      [4, 'feature'],
      [5, 'geometry'],
    ]);
    expect(territory.maps().shaped).toEqual([]);
  });
  test('overlaps refuse the file with the place, or are told as warnings', async () => {
    const shapes = {
      type: 'FeatureCollection',
      features: [feature(510104001001, box(0, 0, 6, 5)), feature('510104001002', box(5, 0, 10, 5))],
    };
    const error = await refused(importShapes(shapes));
    expect(error).toMatchObject({
      code: 'territory_overlap',
      detail: { problems: [{ kind: 'overlap', codes: ['510104001001', '510104001002'] }] },
    });
    expect(await importShapes(shapes, { onProblem: 'warn', dryRun: true })).toMatchObject({
      changed: 2,
      warnings: [{ kind: 'overlap' }],
    });
    expect(territory.maps().shaped).toEqual([]);
  });
  test('a community lying on one of another street is noticed although no parent has an outline', async () => {
    const error = await refused(
      importShapes([feature('510104001001', box(0, 0, 5, 5)), feature('510104002001', box(4, 0, 9, 5))]),
    );
    expect(error.detail['problems']).toMatchObject([{ kind: 'overlap' }]);
  });
  test('good outlines are taken over once; missing areas are created on request', async () => {
    const shapes = [feature('510104001001', box(0, 0, 5, 5)), feature('510104001002', box(5, 0, 10, 5))];
    expect(await importShapes(shapes)).toMatchObject({ changed: 2, created: 0, warnings: [] });
    expect(await importShapes(shapes)).toMatchObject({ changed: 0, unchanged: 2 });
    expect(territory.locate(104.007, 30.002)?.name).toBe('二号社区居委会');
    const grids = [
      feature('510104001001001', box(0, 0, 2, 5), '东一'),
      feature('510104001001002', box(2, 0, 5, 5), '东二'),
    ];
    expect(await importShapes(grids, { create: true, tier: 'grid' })).toMatchObject({
      created: 2,
      byTier: { grid: 2 },
    });
    expect(territory.locate(104.003, 30.002)?.code).toBe('510104001001002');
  });
});

test('units: added, changed, wrong ones told by line', async () => {
  const run = (text: string) => runAsSystem(parts(), (work) => importUnits(work, { ...tableWish, bytes: bytes(text) }));
  const head = 'code,kind,role_code,name,area_code,parent_code,sort\n';
  const error = await refused(
    run(
      `${head}C1,中心,centre,街道中心,510104001,,1\nP1,post,Wrong Role,岗,510104001,C1,2\nP2,king,x,岗,510104001,C1,2\nP3,post,x,岗,510999,C1,2\nP4,post,x,岗,510104001,C9,2\n`,
    ),
  );
  expect((error.detail['wrong'] as WrongRow[]).map(({ line, column }) => [line, column])).toEqual([
    [3, 'role_code'],
    [4, 'kind'],
    [5, 'area_code'],
    [6, 'parent_code'],
  ]);
  const text = `${head}P1,岗位,urban_management,城管岗,510104001,C1,2\nC1,中心,centre,街道中心,510104001,,1\n`;
  expect(await run(text)).toMatchObject({ created: 2, changed: 0 });
  expect(await run(text)).toMatchObject({ created: 0, changed: 0, unchanged: 2 });
  expect(await run(text.replace('城管岗', '城管执法岗'))).toMatchObject({ changed: 1, unchanged: 1 });
  expect(territory.receiverOf('510104001001')?.name).toBe('街道中心');
  expect(territory.unitsByRole('urban_management', ['510104001'])[0]?.name).toBe('城管执法岗');
});

test('places find their area; a base map layer is kept', async () => {
  const wish = {
    bytes: bytes('名称,类型,经度,纬度\n健康路小游园,park,104.003,30.002\n坏,park,404,30\n'),
    map: {},
    crs: 'wgs84' as const,
  };
  expect(
    (await refused(runAsSystem(parts(), (work) => importPlaces(work, { ...wish, skipWrong: false })))).detail['wrong'],
  ).toMatchObject([{ line: 3, column: 'lon' }]);
  expect(await runAsSystem(parts(), (work) => importPlaces(work, { ...wish, skipWrong: true }))).toMatchObject({
    created: 1,
    wrongCount: 1,
  });
  const place = await database.read(systemScope, ({ db }) =>
    db.selectFrom('place').select(['name', 'area_code']).executeTakeFirst(),
  );
  expect(place).toEqual({ name: '健康路小游园', area_code: '510104001001002' });
  const river = bytes(JSON.stringify({ type: 'FeatureCollection', features: [{ type: 'Feature', properties: {}, geometry: { type: 'LineString', coordinates: [[104, 30], [105, 31]] } }] })); // prettier-ignore
  expect(
    await runAsSystem(parts(), (work) => importBasemap(work, { bytes: river, layer: 'water', crs: 'wgs84' })),
  ).toBe(1);
});

const noData = !existsSync(realData);
if (noData) process.stdout.write('Skipped: the real community table is not beside the project (../shared/data).\n');
describe.skipIf(noData)('a whole municipality', () => {
  test('11,252 communities in at most 20 s, all or nothing, the same again is nothing', async () => {
    const own = await createTestDatabase();
    const base = openDatabase(own.url, { max: 2 });
    try {
      const whole = { database: base, territory: await createTerritory(base), clock: systemClock };
      const file = readFileSync(join(realData, 'communities.csv'));
      const spoiled = Buffer.concat([file, bytes('500103,渝中区,500103004,两路口街道,50010300400,坏行,111\n')]);
      const error = await refused(runAsSystem(whole, (work) => importAreas(work, { ...tableWish, bytes: spoiled })));
      expect(error.detail['wrong']).toMatchObject([{ line: 11_254, column: 'community_code', found: '50010300400' }]);
      expect(whole.territory.maps().areas.size).toBe(0);
      const began = performance.now();
      const answer = await runAsSystem(whole, (work) => importAreas(work, { ...tableWish, bytes: file }));
      expect(performance.now() - began).toBeLessThan(20_000);
      expect(answer).toMatchObject({
        read: 11_252,
        created: 12_322,
        wrongCount: 0,
        byTier: { district: 38, street: 1031, community: 11_252 },
      });
      expect(await runAsSystem(whole, (work) => importAreas(work, { ...tableWish, bytes: file }))).toMatchObject({
        created: 0,
        changed: 0,
      });
      const outlines = {
        crs: 'gcj02',
        codeProperty: 'adcode',
        nameProperty: 'name',
        create: false,
        onProblem: 'warn',
        dryRun: false,
        tier: 'district',
      } as const;
      const shapes = await runAsSystem(whole, (work) =>
        importOutlines(work, { ...outlines, bytes: readFileSync(join(realData, '500000.json')) }),
      );
      expect(shapes).toMatchObject({ read: 38, changed: 38 });
      expect(whole.territory.locate(106.5507, 29.5567)?.code).toBe('500103');
    } finally {
      await base.close();
      await own.drop();
    }
  }, 60_000);
});

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isAppError, type AppError, type ErrorCode } from '#kit/errors.ts';
import { systemActor } from '#server/modules/identity/index.ts';
import { actorWith, buildTown, city, district, east, ids, west, type Town } from './town.fixture.ts';

let town: Town;
beforeAll(async () => {
  town = await buildTown();
});
afterAll(() => town.close());

const op = () => ({ opId: randomUUID() });
const wish = {
  name: '一号电缆井',
  kind: 'cable_well',
  level: 2,
  lon: 104.002,
  lat: 30.002,
  placeWords: '样街1号',
  unitId: null,
  responsibleId: null,
  cycleDays: null,
  planCode: null,
  note: '',
  state: 'open' as const,
};
const risk = () => town.grids.riskHandlers;
const add = (fields: Partial<Omit<typeof wish, 'unitId'>> & { code?: string; unitId?: string | null } = {}) =>
  risk().create({ params: {}, query: {}, body: { ...op(), ...wish, ...fields } }, town.admin);
const listAs = (actor = town.admin.actor, query: Record<string, unknown> = {}) =>
  risk().list({ params: {}, query: { limit: 50, sort: 'code', ...query }, body: {} }, { actor });

async function refusal(work: Promise<unknown>, code: ErrorCode): Promise<AppError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!isAppError(error, code)) throw new Error(`Expected a refusal "${code}", got ${String(error)}`);
  return error;
}

describe('risk points', () => {
  test('are added where they lie, numbered, told in the ledger, found again; a repeat adds nothing', async () => {
    const body = { ...op(), ...wish };
    const first = await risk().create({ params: {}, query: {}, body }, town.admin);
    const again = await risk().create({ params: {}, query: {}, body }, town.admin);
    expect(again).toEqual(first);
    expect(first.point).toMatchObject({ code: 'R51010400001', areaCode: `${west}001`, mayEdit: true, version: 1 });
    const lines = await town.ledgerLines('risk_point.create');
    expect(lines).toMatchObject([{ subject_id: first.point.id, district, op_id: body.opId }]);
    expect(JSON.stringify(lines)).not.toContain('样街1号');
    expect((await listAs()).items.map(({ name, areaName }) => [name, areaName])).toEqual([['一号电缆井', '第1网格']]);
  });

  test('are seen by whoever has the area or the unit, and by nobody else', async () => {
    const { point } = await add({ code: 'SEEN', lon: 104.015, unitId: ids.post });
    expect(point.areaCode).toBe(east);
    const eastern = actorWith(['grids.read'], east);
    const western = actorWith(['grids.read'], west);
    const atThePost = actorWith(['grids.read'], null);
    const ofThePost = { ...atThePost, grants: atThePost.grants.map((grant) => ({ ...grant, unitId: ids.post })) };
    const withoutWord = actorWith(['event.read'], city);
    const codes = async (actor: typeof eastern) => (await listAs(actor)).items.map(({ code }) => code);
    expect(await codes(eastern)).toEqual(['SEEN']);
    expect(await codes(western)).not.toContain('SEEN');
    expect(await codes(ofThePost)).toEqual(['SEEN']);
    expect(await codes(withoutWord)).toEqual([]);
    const get = (actor: typeof eastern) => risk().get({ params: { id: point.id }, query: {}, body: {} }, { actor });
    expect(await get(eastern)).toMatchObject({ code: 'SEEN', unitName: '城管岗', mayEdit: false });
    const foreign = await refusal(get(western), 'not_found');
    const absent = await refusal(
      risk().get({ params: { id: randomUUID() }, query: {}, body: {} }, { actor: western }),
      'not_found',
    );
    expect(foreign.message).toBe(absent.message);
  });

  test('near a position: exact distance, nearest first, none beyond the radius', async () => {
    await add({ code: 'NEAR-0', lon: 104.008, lat: 30.008 });
    await add({ code: 'NEAR-90', lon: 104.008, lat: 30.0088 }); // 0.0008° of latitude: 88.96 m
    await add({ code: 'NEAR-111', lon: 104.008, lat: 30.009 });
    const near = (radiusM: number, actor = systemActor) =>
      town.grids.listRiskPointsNear(actor, { lon: 104.008, lat: 30.008, radiusM });
    const within = await near(100);
    expect(within.map(({ code }) => code)).toEqual(['NEAR-0', 'NEAR-90']);
    expect(within[1]?.distanceM).toBeCloseTo(88.956, 1);
    expect((await near(112)).map(({ code }) => code)).toEqual(['NEAR-0', 'NEAR-90', 'NEAR-111']);
    expect(await near(100, actorWith(['grids.read'], east))).toEqual([]);
    await refusal(near(5001), 'bad_input');
    await refusal(near(0), 'bad_input');
  });

  test('are changed by the version seen, and leave the list when retired', async () => {
    const { point } = await add({ code: 'CHANGE' });
    const params = { id: point.id };
    const edit = (body: object, actor = town.admin.actor) =>
      risk().edit({ params, query: {}, body: { ...op(), version: 1, ...body } }, { actor });
    await refusal(edit({ level: 1 }, actorWith(['grids.read'], west)), 'not_allowed');
    await refusal(edit({ level: 1 }, actorWith(['grids.read', 'risk.edit'], east)), 'not_found');
    await refusal(edit({ kind: 'dragon' }), 'bad_input');
    const moved = await edit({ lon: 104.012, note: '已加盖' });
    expect(moved.point).toMatchObject({ areaCode: east, note: '已加盖', version: 2, code: 'CHANGE' });
    await refusal(edit({ level: 1 }), 'version_conflict');
    const retire = { ...op(), version: 2, reason: '已填平' };
    await risk().retire({ params, query: {}, body: retire }, town.admin);
    expect((await listAs()).items.map(({ code }) => code)).not.toContain('CHANGE');
    expect((await listAs(undefined, { states: ['retired'] })).items.map(({ code }) => code)).toEqual(['CHANGE']);
    await refusal(edit({ version: 3, level: 1 }), 'not_found');
    await refusal(add({ code: 'CHANGE' }), 'already_exists');
  });

  test('page by code and are filtered', async () => {
    const codes: string[] = [];
    let cursor: string | undefined;
    do {
      const answer = await listAs(undefined, { limit: 2, cursor });
      codes.push(...answer.items.map(({ code }) => code));
      cursor = answer.next ?? undefined;
    } while (cursor !== undefined);
    expect(codes).toEqual((await listAs()).items.map(({ code }) => code));
    await add({ code: 'SLOPE', kind: 'slope', level: 1, name: '50%_坡' });
    const find = async (query: object) => (await listAs(undefined, { ...query })).items.map(({ code }) => code);
    expect(await find({ kinds: ['slope'] })).toEqual(['SLOPE']);
    expect(await find({ levels: ['1'] })).toEqual(['SLOPE']);
    expect(await find({ q: '50%_' })).toEqual(['SLOPE']);
    expect(await find({ q: '%' })).toEqual(['SLOPE']);
    expect(await find({ area: east })).toEqual(['SEEN']);
    await refusal(add({ lon: 10, lat: 10 }), 'bad_input');
  });

  test('come in by CSV: a trial tells by line and writes nothing; then all or nothing', async () => {
    const text = [
      '编号,名称,类型,等级,经度,纬度,位置,责任单位代码',
      'C-1,老楼,危旧房屋,一级,104.003,30.003,样街3号,P1',
      'C-2,无类,怪物,一级,104.003,30.003,,',
      'C-3,在外面,fire,2,120,20,,',
      'C-1,重复,fire,2,104.003,30.003,,',
      'NEAR-0,改名,fire,4,104.008,30.008,,',
    ].join('\n');
    const send = (body: object) =>
      risk().import(
        {
          params: {},
          query: {},
          body: { ...op(), format: 'csv', text, map: {}, crs: 'wgs84', skipWrong: false, dryRun: false, ...body },
        },
        town.admin,
      );
    const refused = await refusal(send({}), 'import_refused');
    expect(
      (refused.detail['wrong'] as { line: number; column: string }[]).map(({ line, column }) => [line, column]),
    ).toEqual(
      [[3, 'kind'], [4, 'lon'], [5, 'code']], // prettier-ignore
    );
    const trial = await send({ dryRun: true, skipWrong: true });
    expect(trial).toMatchObject({ read: 5, created: 1, changed: 1, wrongCount: 3, dryRun: true });
    expect((await listAs(undefined, { q: 'C-1' })).items).toEqual([]);
    expect(await send({ skipWrong: true })).toMatchObject({ created: 1, changed: 1, dryRun: false });
    expect((await listAs(undefined, { q: 'C-1' })).items).toMatchObject([
      { kind: 'building', level: 1, unitName: '城管岗' },
    ]);
    expect(await send({ skipWrong: true })).toMatchObject({ created: 0, changed: 0, unchanged: 2 });
    expect(await town.ledgerLines('risk_point.import')).toHaveLength(1);
  });

  test.each(['csv', 'geojson'] as const)(
    'go out as %s within sight and filter, and come back unchanged',
    async (format) => {
      await add({ code: `E-${format}`, placeWords: '=1+1, "旁"' });
      const file = async (actor = town.admin.actor, query: object = {}) =>
        (await Array.fromAsync(town.grids.exportRiskPoints(actor, { format, ...query }))).join('');
      const text = await file();
      const take = (change: object) =>
        risk().import(
          {
            params: {},
            query: {},
            body: { ...op(), format, text, map: {}, crs: 'wgs84', skipWrong: false, dryRun: true, ...change },
          },
          town.admin,
        );
      const all = (await listAs(undefined, { limit: 200 })).items.length;
      expect(await take({})).toMatchObject({ read: all, created: 0, changed: 0, unchanged: all, wrongCount: 0 });
      expect(await take({ text: text.replaceAll(`E-${format}`, 'F-1') })).toMatchObject({ created: 1, changed: 0 });
      const only = await file(undefined, { kinds: ['slope'] });
      expect(only).toContain('SLOPE');
      expect(only).not.toContain('E-');
      expect(await file(actorWith(['grids.read'], east))).not.toContain('SLOPE');
    },
  );

  test('a GeoJSON with wrong features tells each by its place', async () => {
    const feature = (properties: object, coordinates: unknown[] = [104.003, 30.003], type = 'Point') => ({
      type: 'Feature',
      properties,
      geometry: { type, coordinates },
    });
    const good = { 编号: 'G-1', 名称: '老楼', 类型: 'building', 等级: 1 };
    const text = JSON.stringify({
      type: 'FeatureCollection',
      features: [
        feature(good),
        feature({ ...good, 编号: 'G-2' }, [], 'LineString'),
        feature({ ...good, 编号: 'G-3', 巡查周期: 0 }),
        feature({ ...good, 编号: 'G-4', 巡查周期: 7 }, [10, 10]),
      ],
    });
    const body = {
      ...op(),
      format: 'geojson' as const,
      text,
      map: {},
      crs: 'wgs84' as const,
      skipWrong: true,
      dryRun: false,
    };
    const answer = await risk().import({ params: {}, query: {}, body }, town.admin);
    expect(answer).toMatchObject({ read: 4, created: 1, wrongCount: 3 });
    expect(answer.wrong.map(({ line, column }) => [line, column])).toEqual([
      [2, 'feature'],
      [3, 'cycle_days'],
      [4, 'lon'],
    ]);
  });
});

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sideOf } from '#engine/territory/inside.ts';
import { isAppError, type AppError, type ErrorCode } from '#kit/errors.ts';
import { seededRandom } from '#kit/random.ts';
import { openDatabase } from '#server/db/pool.ts';
import { systemActor } from '#server/modules/identity/index.ts';
import {
  actorWith,
  asOwner,
  box,
  buildTown,
  city,
  district,
  east,
  ids,
  street,
  west,
  type Town,
} from './town.fixture.ts';

let town: Town;
beforeAll(async () => {
  town = await buildTown();
});
afterAll(() => town.close());

const version = (code: string): number => town.territory.maps().areas.get(code)?.version ?? 0;
const op = () => ({ opId: randomUUID() });
const bodyless = { query: {}, body: {} };

async function refusal(work: Promise<unknown>, code: ErrorCode): Promise<AppError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!isAppError(error, code)) throw new Error(`Expected a refusal "${code}", got ${String(error)}`);
  return error;
}

describe('reading', () => {
  test('point → area agrees with a brute force over all outlines, lowest tier first', () => {
    const random = seededRandom(7);
    const shaped = town.territory
      .maps()
      .shaped.toSorted((a, b) => b.path.length - a.path.length || (a.code < b.code ? -1 : 1));
    for (let k = 0; k < 2000; k++) {
      const point: [number, number] = [
        104 + (Math.floor(random() * 240) - 20) / 10_000,
        30 + (Math.floor(random() * 140) - 20) / 10_000,
      ];
      const judge = shaped.find(({ geometry }) => geometry !== null && sideOf(geometry, point) >= 0);
      expect(town.territory.locate(...point)?.code).toBe(judge?.code);
    }
  });
  test('tree, detail with outline, size and receiver', async () => {
    const { items } = await town.grids.handlers.areas({ params: {}, query: { parent: street }, body: {} }, town.admin);
    expect(items.map(({ code, childCount }) => [code, childCount])).toEqual([[west, 4], [east, 0]]); // prettier-ignore
    const roots = await town.grids.handlers.areas({ params: {}, query: {}, body: {} }, town.admin);
    expect(roots.items.map(({ code }) => code)).toEqual([city]);
    const detail = await town.grids.handlers.area({ params: { code: `${west}001` }, ...bodyless }, town.admin);
    expect(detail.path.map(({ name }) => name)).toEqual(['样城', '样区', '样街街道', '西社区', '第1网格']);
    expect(detail.receiver?.name).toBe('西社区居委会');
    expect(detail.areaM2).toBeGreaterThan(260_000);
    expect(detail.mayEdit).toBe(true);
    await refusal(town.grids.handlers.area({ params: { code: '510104009' }, ...bodyless }, town.admin), 'not_found');
  });
  test('search finds by name and by code, upper tiers first', async () => {
    const { areas } = await town.grids.handlers.searchAreas(
      { params: {}, query: { q: '社区', limit: 20 }, body: {} },
      town.admin,
    );
    expect(areas.map(({ name }) => name)).toEqual(['西社区', '东社区']);
    const byCode = await town.grids.handlers.searchAreas(
      { params: {}, query: { q: east, limit: 20 }, body: {} },
      town.admin,
    );
    expect(byCode.areas[0]?.pathName).toBe('样城 样区 样街街道 东社区');
  });
  test('units: who receives, who has the role, who can be reached', () => {
    const path = town.territory.area(`${west}001`)?.path ?? [];
    const names = (units: readonly { name: string }[]) => units.map(({ name }) => name);
    expect(town.territory.receiverOf(east)?.name).toBe('街道中心');
    expect(names(town.territory.unitsByRole('urban_management', path))).toEqual(['城管岗', '城管局']);
    expect(names(town.territory.reachableUnits(ids.districtCentre, path)).toSorted()).toEqual(
      ['供电', '城管局', '城管岗', '街道中心', '西社区居委会'].toSorted(),
    );
    expect(names(town.territory.reachableUnits(ids.centre, path)).toSorted()).toEqual(
      ['供电', '城管岗', '西社区居委会'].toSorted(),
    );
    expect(names(town.territory.reachableUnits(ids.committee, path)).toSorted()).toEqual(
      ['供电', '西社区居委会'].toSorted(),
    );
  });
  test('map documents: window, tier, tag of the version; the public one tells name and code only', async () => {
    const bbox = [104.0001, 30.0001, 104.004, 30.004];
    const desk = await town.grids.documents.outlines({ query: { bbox, tier: 'grid' } });
    const { features } = JSON.parse(await desk.body()) as { features: { id: string; properties: object }[] };
    expect(features.map(({ id }) => id)).toEqual([`${west}001`]);
    const open = await town.grids.documents.publicAreas({ query: { bbox, tier: 'grid' } });
    expect(
      Object.keys(
        (
          JSON.parse(await open.body()) as typeof features extends never
            ? never
            : { features: { properties: object }[] }
        ).features[0]?.properties ?? {},
      ),
    ).toEqual(['code', 'name', 'tier']);
    expect(open.etag).not.toBe(desk.etag);
    await refusal(town.grids.documents.basemap({ params: { layer: 'water' } }), 'not_found');
  });
});

describe('editing outlines', () => {
  test('an overlap is refused with place, size and codes; nothing is saved', async () => {
    const changes = [{ code: `${west}001`, version: version(`${west}001`), geometry: box(0, 0, 6, 5) }];
    const error = await refusal(
      town.grids.handlers.saveOutlines(
        { params: {}, query: {}, body: { ...op(), changes, dryRun: false } },
        town.admin,
      ),
      'territory_overlap',
    );
    const [problem] = error.detail['problems'] as {
      kind: string;
      codes: string[];
      at: [number, number];
      areaM2: number;
      geometry: object;
    }[];
    expect(problem).toMatchObject({
      kind: 'overlap',
      codes: [`${west}001`, `${west}002`],
      geometry: { type: 'Polygon' },
    });
    expect(problem?.at[0]).toBeCloseTo(104.0055, 6);
    expect(problem?.areaM2).toBeGreaterThan(50_000);
    expect(town.territory.locate(104.0055, 30.002)?.code).toBe(`${west}002`);
    expect(await town.ledgerLines('area.outline')).toEqual([]);
  });
  test('a gap is refused with the place', async () => {
    const changes = [{ code: `${west}001`, version: version(`${west}001`), geometry: box(0, 0, 4, 5) }];
    const error = await refusal(
      town.grids.handlers.saveOutlines(
        { params: {}, query: {}, body: { ...op(), changes, dryRun: false } },
        town.admin,
      ),
      'territory_overlap',
    );
    const [problem] = error.detail['problems'] as { kind: string; codes: string[]; at: [number, number] }[];
    expect(problem).toMatchObject({ kind: 'gap', codes: [west] });
    expect(problem?.at[0]).toBeCloseTo(104.0045, 6);
  });
  test('leaving the parent is refused, and moving the parent off its grids too', async () => {
    const out = [{ code: `${west}002`, version: 1, geometry: box(5, 0, 11, 5) }];
    const first = await refusal(
      town.grids.handlers.saveOutlines(
        { params: {}, query: {}, body: { ...op(), changes: out, dryRun: false } },
        town.admin,
      ),
      'territory_overlap',
    );
    expect((first.detail['problems'] as { kind: string }[]).map(({ kind }) => kind)).toContain('outside');
    const moved = [{ code: west, version: 1, geometry: box(0, 0, 9, 10) }, { code: east, version: 1, geometry: box(9, 0, 20, 10) }]; // prettier-ignore
    const second = await refusal(
      town.grids.handlers.saveOutlines(
        { params: {}, query: {}, body: { ...op(), changes: moved, dryRun: false } },
        town.admin,
      ),
      'territory_overlap',
    );
    expect((second.detail['problems'] as { kind: string; codes: string[] }[]).map(({ kind }) => kind)).toContain(
      'outside',
    );
  });
  test('a crossing outline is refused with the place', async () => {
    const bowTie = { type: 'Polygon' as const, coordinates: [[[104, 30], [104.005, 30.005], [104.005, 30], [104, 30.003], [104, 30]]] }; // prettier-ignore
    const error = await refusal(
      town.grids.handlers.saveOutlines(
        {
          params: {},
          query: {},
          body: { ...op(), changes: [{ code: `${west}001`, version: 1, geometry: bowTie }], dryRun: false },
        },
        town.admin,
      ),
      'bad_input',
    );
    expect(error.detail['at']).toEqual([expect.closeTo(104.001875, 9), expect.closeTo(30.001875, 9)]);
  });
  test('a boundary moves when both neighbours move together; an old version is refused', async () => {
    const changes = [
      { code: `${west}001`, version: 1, geometry: box(0, 0, 6, 5) },
      { code: `${west}002`, version: 1, geometry: box(6, 0, 10, 5) },
    ];
    const request = { params: {}, query: {}, body: { ...op(), changes, dryRun: false } };
    const trial = await town.grids.handlers.saveOutlines(
      { ...request, body: { ...request.body, dryRun: true } },
      town.admin,
    );
    expect(trial.ledgerId).toBeNull();
    expect(version(`${west}001`)).toBe(1);
    const answer = await town.grids.handlers.saveOutlines(request, town.admin);
    expect(answer.areas.map((area) => area.version)).toEqual([2, 2]);
    expect(town.territory.locate(104.0055, 30.002)?.code).toBe(`${west}001`);
    expect(await town.grids.handlers.saveOutlines(request, town.admin)).toEqual(answer); // the same opId again
    const late = { ...request, body: { ...request.body, ...op() } };
    const error = await refusal(town.grids.handlers.saveOutlines(late, town.admin), 'version_conflict');
    expect(error.detail).toMatchObject({ expected: 1, found: 2 });
    expect(await town.ledgerLines('area.outline')).toMatchObject([
      { subject_id: west, district, op_id: request.body.opId },
    ]);
  });
  const addRisk = async (fields: Record<string, unknown>) => {
    const kept = {
      kind: 'cable_well',
      level: 2,
      placeWords: '',
      unitId: null,
      responsibleId: null,
      cycleDays: null,
      planCode: null,
      note: '',
    };
    const body = { ...op(), ...kept, name: '井', state: 'open' as const, lon: 104.006, lat: 30.008, ...fields };
    return (await town.grids.riskHandlers.create({ params: {}, query: {}, body }, town.admin)).point;
  };
  const riskAreas = async (ids: readonly string[]) => {
    const all = ids.map((id) => town.grids.riskHandlers.get({ params: { id }, query: {}, body: {} }, town.admin));
    return (await Promise.all(all)).map(({ areaCode }) => areaCode);
  };
  const moves = async () =>
    (await town.ledgerLines('risk_point.move')).map(({ data }) => data as Record<string, unknown>);
  let risks: string[] = [];
  test('split: the largest part keeps its code, the other gets the next, neighbours still fit exactly', async () => {
    const inside = await addRisk({ code: 'M-WEST' });
    const beside = await addRisk({ code: 'M-EAST', lon: 104.009 });
    const byHand = await addRisk({ code: 'M-HAND', areaCode: `${west}001` });
    risks = [inside.id, beside.id, byHand.id];
    const line: [number, number][] = [[104.007, 30.004], [104.0071, 30.011]]; // prettier-ignore
    const answer = await town.grids.handlers.splitArea(
      {
        params: { code: `${west}004` },
        query: {},
        body: { ...op(), version: 1, line, names: ['新网格'], codes: [], dryRun: false },
      },
      town.admin,
    );
    expect(answer.areas.map(({ code, name }) => [code, name])).toEqual([[`${west}004`, '第4网格'], [`${west}005`, '新网格']]); // prettier-ignore
    expect(answer.warnings).toEqual([]);
    expect(town.territory.locate(104.006, 30.008)?.code).toBe(`${west}005`);
    expect(await riskAreas(risks)).toEqual([`${west}005`, `${west}004`, `${west}001`]);
    expect(await moves()).toEqual([{ code: 'M-WEST', from: `${west}004`, to: `${west}005` }]);
    const check = await town.grids.handlers.tiling({ params: { code: west }, ...bodyless }, town.admin);
    expect(check).toEqual({ problems: [], missing: [] });
    expect(await town.ledgerLines('area.split')).toMatchObject([
      { data: { code: `${west}004`, into: [`${west}004`, `${west}005`] } },
    ]);
  });
  test('merge: the other code is retired, still named, never given again', async () => {
    const areas = [`${west}004`, `${west}005`].map((code) => ({ code, version: version(code) }));
    const answer = await town.grids.handlers.mergeAreas(
      { params: {}, query: {}, body: { ...op(), areas, into: `${west}004`, dryRun: false } },
      town.admin,
    );
    expect(answer.retired).toEqual([`${west}005`]);
    expect(await riskAreas(risks)).toEqual([`${west}004`, `${west}004`, `${west}001`]);
    expect(await moves()).toContainEqual({ code: 'M-WEST', from: `${west}005`, to: `${west}004` });
    expect(answer.areas[0]?.residents).toBe(100);
    expect(town.territory.area(`${west}005`)?.name).toBe('新网格');
    expect(town.territory.children(west).map(({ code }) => code)).not.toContain(`${west}005`);
    const line: [number, number][] = [[104.007, 30.004], [104.007, 30.011]]; // prettier-ignore
    const again = await town.grids.handlers.splitArea(
      {
        params: { code: `${west}004` },
        query: {},
        body: { ...op(), version: version(`${west}004`), line, names: [], codes: [], dryRun: false },
      },
      town.admin,
    );
    expect(again.areas.map(({ code }) => code)).toEqual([`${west}004`, `${west}006`]);
  });
  test('areas that do not touch cannot be merged', async () => {
    const areas = [`${west}001`, `${west}004`];
    await refusal(
      town.grids.handlers.mergeAreas(
        {
          params: {},
          query: {},
          body: {
            ...op(),
            areas: areas.map((code) => ({ code, version: version(code) })),
            into: `${west}001`,
            dryRun: false,
          },
        },
        town.admin,
      ),
      'bad_input',
    );
  });
  test('drawing one after another: gaps are told while drawing, an overlap with another community is refused', async () => {
    const draw = (geometry: ReturnType<typeof box>) =>
      town.grids.handlers.createArea(
        {
          params: {},
          query: {},
          body: { ...op(), parentCode: east, name: '东网格', kind: 'ordinary', residents: 0, households: 0, geometry },
        },
        town.admin,
      );
    const first = await draw(box(10, 0, 15, 10));
    expect(first.area.code).toBe(`${east}001`);
    expect(first.warnings.map(({ kind }) => kind)).toEqual(['gap']);
    await refusal(draw(box(14, 0, 20, 10)), 'territory_overlap');
    const second = await draw(box(15, 0, 20, 10));
    expect(second).toMatchObject({ area: { code: `${east}002` }, warnings: [] });
    const exclusive = await refusal(
      town.grids.handlers.retireArea(
        { params: { code: `${east}002` }, query: {}, body: { ...op(), version: 1, reason: '误录' } },
        town.admin,
      ),
      'territory_overlap',
    );
    expect(exclusive.detail['problems']).toHaveLength(1);
  });
  test('two editors at once: the second is refused, never both', async () => {
    const edit = (x: number) => {
      const changes = [
        { code: `${east}001`, version: 1, geometry: box(10, 0, x, 10) },
        { code: `${east}002`, version: 1, geometry: box(x, 0, 20, 10) },
      ];
      return town.grids.handlers.saveOutlines(
        { params: {}, query: {}, body: { ...op(), changes, dryRun: false } },
        town.admin,
      );
    };
    const results = await Promise.allSettled([edit(14), edit(16)]);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(
      results.flatMap((result) => (result.status === 'rejected' ? [(result.reason as AppError).code] : [])),
    ).toEqual(['version_conflict']);
  });
});

describe('who may edit', () => {
  test('only an appointment with grids.edit over the area', async () => {
    const rename = (actor: ReturnType<typeof actorWith>, code: string) =>
      town.grids.handlers.editArea(
        { params: { code }, query: {}, body: { ...op(), version: version(code), name: '改名' } },
        { actor },
      );
    await refusal(rename(actorWith(['grids.edit'], east), west), 'not_allowed');
    await refusal(rename(actorWith(['grids.read'], city), west), 'not_allowed');
    await refusal(rename(actorWith(['grids.edit'], null), west), 'not_allowed');
    const limited = { ...actorWith(['grids.edit'], city), limitedTo: new Set<never>() };
    await refusal(rename(limited, west), 'not_allowed');
    const { area } = await rename(actorWith(['grids.edit'], street), west);
    expect(area.name).toBe('改名');
    expect(await town.ledgerLines('area.edit')).toMatchObject([
      { subject_id: west, data: { from: { name: '西社区' }, to: { name: '改名' } } },
    ]);
  });
  test('a unit: created, moved, retired; circles and foreign areas refused', async () => {
    const wish = {
      code: 'N1',
      kind: 'post' as const,
      roleCode: 'safety',
      name: '安全岗',
      nameEn: '',
      areaCode: street,
      parentId: ids.centre,
      boardCode: null,
      phone: null,
      sort: 1,
    };
    const foreign = { actor: actorWith(['grids.edit'], west) };
    await refusal(
      town.grids.handlers.createUnit({ params: {}, query: {}, body: { ...op(), ...wish } }, foreign),
      'not_allowed',
    );
    const { unit } = await town.grids.handlers.createUnit(
      { params: {}, query: {}, body: { ...op(), ...wish } },
      town.admin,
    );
    await refusal(
      town.grids.handlers.createUnit({ params: {}, query: {}, body: { ...op(), ...wish } }, town.admin),
      'already_exists',
    );
    const circle = { params: { id: ids.centre }, query: {}, body: { ...op(), version: 1, parentId: unit.id } };
    await refusal(town.grids.handlers.editUnit(circle, town.admin), 'bad_input');
    const edited = await town.grids.handlers.editUnit(
      { params: { id: unit.id }, query: {}, body: { ...op(), version: 1, name: '安全与应急岗' } },
      town.admin,
    );
    expect(edited.unit).toMatchObject({ name: '安全与应急岗', parentId: ids.centre, version: 2 });
    await refusal(
      town.grids.handlers.retireUnit(
        { params: { id: ids.centre }, query: {}, body: { ...op(), version: 1, reason: '撤并' } },
        town.admin,
      ),
      'in_use',
    );
    const retired = await town.grids.handlers.retireUnit(
      { params: { id: unit.id }, query: {}, body: { ...op(), version: 2, reason: '撤并' } },
      town.admin,
    );
    expect(retired.unit.retiredAt).not.toBeNull();
    expect(await town.ledgerLines('unit.retire')).toHaveLength(1);
  });
  test('names of those who answer are for people.read only', async () => {
    const accountId = randomUUID();
    await asOwner(town.url, async ({ db }) => {
      await db.insertInto('account').values({ id: accountId, login: 'wg1', display_name: '甲网格员' }).execute();
      await db
        .insertInto('appointment')
        .values({
          id: randomUUID(),
          account_id: accountId,
          unit_id: ids.committee,
          area_code: `${west}001`,
          role: 'full_time',
          since: '2020-01-01',
        })
        .execute();
    });
    const ask = (actor: ReturnType<typeof actorWith>) =>
      town.grids.handlers.answerers({ params: { code: `${west}001` }, ...bodyless }, { actor });
    expect((await ask(actorWith(['grids.read'], district))).roles).toMatchObject([
      { role: 'full_time', count: 1, names: null },
    ]);
    expect((await ask(actorWith(['people.read'], street))).roles).toMatchObject([{ count: 1, names: ['甲网格员'] }]);
    expect((await ask(actorWith(['people.read'], east))).roles).toMatchObject([{ names: null }]);
  });
});

test('another process notices a change', async () => {
  const other = openDatabase(town.url, { max: 2 });
  const { createTerritory } = await import('./live-territory.ts');
  const territory = await createTerritory(other);
  const stop = territory.startRefresh(20);
  try {
    await town.grids.handlers.editArea(
      { params: { code: east }, query: {}, body: { ...op(), version: version(east), name: '东方社区' } },
      { actor: systemActor },
    );
    await expect.poll(() => territory.area(east)?.name, { timeout: 5000 }).toBe('东方社区');
  } finally {
    stop();
    await expect.poll(() => other.pool.idleCount === other.pool.totalCount).toBe(true);
    await other.close();
  }
});

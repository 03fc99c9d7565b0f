import { randomUUID } from 'node:crypto';
import { unzipSync, strFromU8 } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { shortfallRoutes as routes } from '#contract/shortfalls.ts';
import type { Output } from '#contract/route.ts';
import { systemScope } from '#server/db/scope.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { createCircleWorld, networkBytes, at, type CircleWorld } from '#server/modules/lifecircle/world.fixture.ts';
import { createNeeds, type Needs } from '#server/modules/needs/index.ts';
import { circlePort, createShortfalls, facilitiesPort, type Shortfalls } from './index.ts';

const [district, street, east, west] = ['500103', '500103004', '500103004001', '500103004002'] as const;
const everyDay = [1, 2, 3, 4, 5, 6, 7];

let world: CircleWorld;
let needs: Needs;
let shortfalls: Shortfalls;
let planner: Actor;
/** Sees 东村 only and plans nothing. */
let looker: Actor;

beforeAll(async () => {
  world = await createCircleWorld();
  const { database, territory, clock } = world;
  const names = async () => new Map<string, string>();
  needs = createNeeds({ database, territory, clock, names });
  shortfalls = createShortfalls({
    database, territory, clock, names, facilities: facilitiesPort(world.facilities.queries), needs: needs.queries,
    circle: circlePort(world.lifecircle),
  }); // prettier-ignore
  planner = await world.addPerson('planner', district);
  looker = await world.addPerson('full_time', east);
  // A street of 3 km; an adult walks 1.1 m/s: 330 m in five minutes, 528 m in eight. The run looks as far as 1,980 m.
  await world.addCell('a', 0, [100, 20, 10]);
  await world.addCell('b', 660, [50, 6, 5]);
  await world.addCell('c', 1320, [3, 1, 0]);
  await world.addCell('d', 2400, [40, 8, 4]);
  await world.addFacility('shop', 'convenience', 220);
  await world.addFacility('market', 'fresh_market', 0, { hours: [{ days: everyDay, from: '06:00', to: '20:00' }] });
  await world.addFacility('night', 'fresh_market', 2640, { hours: [{ days: everyDay, from: '06:00', to: '23:00' }] });
  await world.owner.query("update facility set floor_m2 = 400 where code = 'market'");
  await world.owner.query("update facility set step_free = false where code = 'shop'");
  await world.addNetwork(networkBytes([{ at: [[0, 0], [660, 0], [1320, 0], [3000, 0]] }])); // prettier-ignore
  await addRoom('R1', 900, { uses: ['fresh_market'], areaM2: 800 });
  await addRoom('R2', 600, { uses: [], areaM2: 300 });
  await addRoom('R3', 700, { uses: ['canteen'], areaM2: 900 });
  await addRoom('R4', 800, { uses: ['fresh_market'], areaM2: 900, condition: 'unsafe' });
  await addRoom('R5', 900, { uses: ['fresh_market'], areaM2: 760, y: 400 });
  await hear('东村没有菜市场', 7);
});
afterAll(() => world.close());

async function addRoom(
  code: string,
  x: number,
  { uses, areaM2, condition = 'ready', y = 0 }: { uses: string[]; areaM2: number; condition?: string; y?: number },
) {
  const { lon, lat } = at(x, y);
  await world.owner.query(
    `insert into idle_resource (id, code, name, area_code, path, district, lon, lat, area_m2, owner_kind, condition, uses, created_at)
     values ($1, $2, $2, $3, $4, $5, $6, $7, $8, 'street', $9, $10, now())`,
    [randomUUID(), code, east, ['500000', district, street, east], district, lon, lat, areaM2, condition, uses],
  );
}

/** A minute later, so that this run is the latest. */
async function measureAgain() {
  world.clock.advance(60_000);
  await world.measureNow(planner);
  world.clock.advance(1_000);
}

const hear = (text: string, people: number) =>
  world.database.inTx(systemScope, (tx) =>
    needs.queries.hear(tx, {
      source: 'hotline', sourceRef: randomUUID(), saidMs: world.clock.now(), text, people, groupCode: 'all',
      classCode: 'fresh_market', areaCode: null, point: [at(660).lon, at(660).lat],
    }),
  ); // prettier-ignore

const none = { params: {}, query: {}, body: {} };
const produce = async (actor = planner, areaCode: string = district, opId: string = randomUUID()) =>
  shortfalls.handlers.produce({ ...none, body: { opId, areaCode } }, { actor });
const problems = async (query: object = {}, actor = planner) =>
  routes.problems.response.parse(
    await shortfalls.handlers.problems(
      { ...none, query: routes.problems.query.parse({ limit: 200, ...query }) },
      { actor },
    ),
  );
const demands = async (query: object = {}, actor = planner) =>
  routes.demands.response.parse(
    await shortfalls.handlers.demands(
      { ...none, query: routes.demands.query.parse({ limit: 200, ...query }) },
      { actor },
    ),
  );
const problem = async (id: string, actor = planner) =>
  routes.problem.response.parse(await shortfalls.handlers.problem({ ...none, params: { id } }, { actor }));
const demand = async (id: string, actor = planner) =>
  routes.demand.response.parse(await shortfalls.handlers.demand({ ...none, params: { id } }, { actor }));
const editProblem = (id: string, body: object, actor = planner) =>
  shortfalls.handlers.editProblem(
    { ...none, params: { id }, body: routes.editProblem.body.parse({ opId: randomUUID(), reason: '核实过', ...body }) },
    { actor },
  );
type Problem = Output<typeof routes.problem>;
const one = async (query: object): Promise<Problem> => {
  const { items } = await problems(query);
  expect(items).toHaveLength(1);
  return problem(items[0]?.id ?? '');
};

describe('before anything was measured', () => {
  test('the lists say so and are not made', async () => {
    const standing = await shortfalls.handlers.standing({ ...none, query: {} }, { actor: planner });
    expect(standing).toMatchObject({ areaCode: district, run: null, producedAt: null, problems: 0, mayProduce: true });
    await expect(produce()).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('the lists', () => {
  beforeAll(async () => {
    await world.measureNow(planner);
    const opId = randomUUID();
    const first = await produce(planner, district, opId);
    expect(await produce(planner, district, opId)).toEqual(first);
    expect(first.problems).toMatchObject({ changed: 0, same: 0, gone: 0 });
    expect(first.demands.added).toBeGreaterThan(3);
  });

  test('say who has none within the minutes of a class, as reckoned by hand', async () => {
    const far = await one({ class: 'fresh_market', kind: 'too_far' });
    // b walks 660 m in 600 s, c 1,320 m in 1,200 s; the middle one of 53 lives in b. Eight minutes are the norm.
    expect(far).toMatchObject({
      areaCode: east,
      areaName: '东村社区',
      people: 53,
      elders: 7,
      children: 5,
      nearestS: 600,
    });
    expect(far).toMatchObject({ limitMin: 8, corrected: false, now: null, voices: 1, needs: 1, state: 'open' });
    expect(far.cells.map(({ people, seconds }) => [people, seconds])).toEqual([
      [50, 600],
      [null, null],
    ]);
    expect(far.needList).toMatchObject([
      { title: expect.stringContaining('菜市场'), voices: 1, people: 7, state: 'listed' },
    ]);
    expect(far.run?.hash).toMatch(/^[0-9a-f]{64}$/);
    const missing = await problems({ class: 'convenience', kind: 'missing' });
    expect(missing.items).toMatchObject([{ areaCode: west, people: 40, nearestS: null }]);
  });

  test('name facilities that are too small, shut when needed, behind steps, with those who depend on them', async () => {
    expect(await one({ class: 'fresh_market', kind: 'too_small' })).toMatchObject({
      facility: { name: 'market' }, people: 100, elders: 20, measure: { found: 400, wanted: 750, unit: 'm2' },
    }); // prettier-ignore
    // At 20:00 the market has closed; the one that is open is 2,640 m away.
    expect(await one({ kind: 'closed_when_needed' })).toMatchObject({
      facility: { name: 'market' }, people: 100, measure: { found: 3, wanted: 1200, unit: 'clock' },
    }); // prettier-ignore
    expect(await one({ kind: 'not_accessible' })).toMatchObject({
      facility: { name: 'shop' },
      people: 100,
      children: 10,
    });
  });

  test('keep demand only for what a market can give, with the floor its class asks for', async () => {
    const { items, classes } = await demands();
    expect(classes.some(({ classCode }) => classCode === 'police')).toBe(false);
    const market = items.find(({ classCode, areaCode }) => classCode === 'fresh_market' && areaCode === east);
    expect(market).toMatchObject({ people: 53, elders: 7, voices: 1, floorM2: 750, idle: null, state: 'open' });
    expect(items.some(({ classCode, areaCode }) => classCode === 'fresh_market' && areaCode === west)).toBe(false);
  });

  test('page by page hold every line once', async () => {
    const all = await problems();
    expect(all.total).toBe(all.items.length);
    const ids: string[] = [];
    for (let cursor: string | undefined; ;) {
      const page = await problems({ limit: 7, ...(cursor === undefined ? {} : { cursor }) });
      ids.push(...page.items.map(({ id }) => id));
      if (page.next === null) break;
      cursor = page.next;
    }
    expect(ids).toEqual(all.items.map(({ id }) => id));
    await expect(problems({ cursor: 'x' })).rejects.toMatchObject({ code: 'bad_input' });
  });

  test('made again from the same, are the same lines', async () => {
    const before = await problems();
    const again = await produce();
    expect(again.problems).toEqual({ added: 0, changed: 0, same: before.total, gone: 0 });
    expect((await problems()).items.map(({ id }) => id)).toEqual(before.items.map(({ id }) => id));
  });

  test('show a community its own lines, which it cannot change', async () => {
    const seen = await problems({}, looker);
    expect(seen.items.length).toBeGreaterThan(5);
    expect(seen.items.every(({ areaCode, mayEdit }) => areaCode === east && !mayEdit)).toBe(true);
    const foreign = (await problems({ area: west })).items[0];
    await expect(problem(foreign?.id ?? '', looker)).rejects.toMatchObject({ code: 'not_found' });
    const own = seen.items[0];
    const edit = editProblem(own?.id ?? '', { version: own?.version, state: 'declined' }, looker);
    await expect(edit).rejects.toMatchObject({ code: 'not_found' });
    await expect(produce(looker, east)).rejects.toMatchObject({ code: 'not_found' });
    await expect(produce(planner, '500000')).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('idle rooms for a demand', () => {
  test('are those of fitting use, with the people each would newly serve', async () => {
    const market = (await demands({ class: 'fresh_market', area: east })).items[0];
    const found = routes.matches.response.parse(
      await shortfalls.handlers.matches({ ...none, params: { id: market?.id ?? '' } }, { actor: planner }),
    );
    // R1 at 900 m reaches b (240 m) and c (420 m); R2 at 600 m reaches b only and is small; R5 lies off every street.
    expect(found.items.map(({ code, newly, largeEnough, use, joined }) => [code, newly.people, largeEnough, use, joined])).toEqual([
      ['R1', 53, true, 'named', true],
      ['R2', 50, false, 'unsaid', true],
      ['R5', 0, true, 'named', false],
    ]); // prettier-ignore
    expect(found.items[0]).toMatchObject({ here: { people: 53, elders: 7, children: 5 } });
    expect(found).toMatchObject({ limitMin: 8, excluded: { otherUse: 1, unsafe: 1, taken: 0, elsewhere: 0 } });
  });

  test('one of them can be thought of; one from elsewhere cannot', async () => {
    const market = (await demands({ class: 'fresh_market', area: east })).items[0];
    const room = await world.owner.query("select id from idle_resource where code = 'R1'");
    const edit = (idleId: string) =>
      shortfalls.handlers.editDemand(
        {
          ...none,
          params: { id: market?.id ?? '' },
          body: routes.editDemand.body.parse({
            opId: randomUUID(),
            version: market?.version,
            idleId,
            reason: '离得近',
          }),
        },
        { actor: planner },
      );
    await expect(edit(randomUUID())).rejects.toMatchObject({ code: 'bad_input' });
    expect((await edit(room.rows[0].id)).demand).toMatchObject({ idle: { code: 'R1' }, reason: '离得近' });
    await expect(edit(room.rows[0].id)).rejects.toMatchObject({ code: 'version_conflict' });
  });
});

describe('what is put in by hand', () => {
  test('stays when the lists are made again, and says that the figure has changed since', async () => {
    const far = await one({ class: 'fresh_market', kind: 'too_far' });
    await editProblem(far.id, { version: far.version, heads: { people: 60, elders: 9, children: 5 } });
    await expect(
      editProblem(far.id, { version: far.version + 1, heads: { people: 6, elders: 9, children: 5 } }),
    ).rejects.toMatchObject({ code: 'bad_input' });
    await produce();
    expect(await problem(far.id)).toMatchObject({ people: 60, elders: 9, corrected: true, now: null });
    await world.owner.query("update population_cell set people = 70, as_of = '2026-06-01' where code = 'b'");
    await measureAgain();
    await produce();
    const moved = await problem(far.id);
    expect(moved).toMatchObject({ people: 60, corrected: true, now: { people: 73, elders: 7, children: 5 } });
    expect(moved.history).toMatchObject([
      { action: 'facility_problem.edit', reason: '核实过', data: { people: { from: 53, to: 60 } } },
    ]);
    await editProblem(far.id, { version: moved.version, heads: 'produced' });
    expect(await problem(far.id)).toMatchObject({ people: 73, corrected: false, now: null });
  });

  test('a problem nobody can measure is added, and no production takes it away', async () => {
    const found = await world.owner.query("select id from facility where code = 'market'");
    const body = {
      opId: randomUUID(), classCode: 'fresh_market', kind: 'poor_condition', facilityId: found.rows[0].id, note: '棚顶漏雨',
      heads: { people: 100, elders: 20, children: 10 }, reason: '现场看过',
    }; // prettier-ignore
    const add = (over: object = {}) =>
      shortfalls.handlers.addProblem(
        { ...none, body: routes.addProblem.body.parse({ ...body, ...over }) },
        { actor: planner },
      );
    const added = await add();
    expect(await add()).toEqual(added);
    expect(added.problem).toMatchObject({
      areaCode: east,
      facility: { name: 'market' },
      runId: null,
      note: '棚顶漏雨',
    });
    const wrong = add({ opId: randomUUID(), classCode: 'bank' });
    await expect(wrong).rejects.toMatchObject({ code: 'bad_input' });
    const nowhere = add({ opId: randomUUID(), facilityId: null, lon: 100, lat: 20 });
    await expect(nowhere).rejects.toMatchObject({ code: 'not_found' });
    await produce();
    expect(await problem(added.problem.id)).toMatchObject({ goneAt: null, version: 1 });
  });
});

test('what nothing produces any more is marked, and is there again when it comes back', async () => {
  const far = (await problems({ class: 'convenience', kind: 'too_far', area: east })).items[0];
  await world.addFacility('new shop', 'convenience', 700);
  await measureAgain();
  // Only the three people of c have none now: fewer than are listed.
  expect((await produce()).problems.gone).toBe(1);
  expect((await problems({ class: 'convenience', kind: 'too_far', area: east })).items).toEqual([]);
  const gone = await problem(far?.id ?? '');
  expect(gone.goneAt).not.toBeNull();
  expect((await problems({ gone: 'yes' })).items.map(({ id }) => id)).toEqual([gone.id]);
  await world.owner.query("update facility set closed_on = '2026-01-01' where code = 'new shop'");
  // Somebody moved in: with all as it was, measuring would answer the earlier run, which is not the latest.
  await world.owner.query("update population_cell set people = 71 where code = 'b'");
  await measureAgain();
  await produce();
  expect(await problem(gone.id)).toMatchObject({ goneAt: null, kind: 'too_far' });
});

test('a project answers a demand: planned, then met, each with its line', async () => {
  const market = (await demands({ class: 'fresh_market', area: east })).items[0];
  const claim = { demandId: market?.id ?? '', projectId: randomUUID() };
  for (const mark of [shortfalls.markPlanned, shortfalls.markPlanned, shortfalls.markMet]) {
    world.clock.advance(1_000);
    await world.database.inTx(systemScope, (tx) => mark(tx, claim, planner));
  }
  const met = await demand(claim.demandId);
  expect(met).toMatchObject({ state: 'met', projectId: claim.projectId });
  expect(met.history.map(({ action }) => action)).toEqual([
    'market_demand.meet',
    'market_demand.plan',
    'market_demand.edit',
  ]);
  const listed = await world.database.read(systemScope, (tx) => shortfalls.queries.listDemand(tx, { areaCode: east }));
  expect(listed.some(({ id }) => id === claim.demandId)).toBe(true);
});

describe('the files', () => {
  const textOf = (bytes: Uint8Array, name: RegExp): string =>
    Object.entries(unzipSync(bytes)).filter(([path]) => name.test(path)).map(([, part]) => strFromU8(part)).join('\n'); // prettier-ignore

  test('hold all four lists, the run they were made from, and no number below five', async () => {
    const book = await shortfalls.exportFile(planner, 'xlsx', undefined);
    expect(book.name).toMatch(/^中区一刻钟生活圈两张清单和两本账-2026-06-15\.xlsx$/);
    const sheets = textOf(book.bytes, /workbook\.xml$/);
    for (const name of ['设施问题清单', '服务需求清单', '市场需求账', '闲置资源账']) expect(sheets).toContain(name);
    const words = textOf(book.bytes, /sharedStrings\.xml$/);
    expect(words).toContain('少于5');
    expect(words).toMatch(/摘要 [0-9a-f]{64}/);
    const paper = textOf((await shortfalls.exportFile(planner, 'docx', east)).bytes, /document\.xml$/);
    for (const word of ['东村社区', '菜市场', '一、设施问题清单', '四、闲置资源账', '棚顶漏雨'])
      expect(paper).toContain(word);
    expect(paper).not.toContain('西村社区');
  });

  test('hold what their reader may see', async () => {
    const words = textOf((await shortfalls.exportFile(looker, 'xlsx', district)).bytes, /sharedStrings\.xml$/);
    expect(words).toContain('东村社区');
    expect(words).not.toContain('西村社区');
  });
});

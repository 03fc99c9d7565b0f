import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { isAppError, type ErrorCode } from '#kit/errors.ts';
import { systemScope } from '#server/db/scope.ts';
import { scopeFor, type Actor } from '#server/modules/identity/index.ts';
import { createEventsWorld, type World } from '../../../../test/helpers/events-world.ts';
import { createNeeds, type Needs, type Voice } from './index.ts';

let world: World;
let needs: Needs;

beforeAll(async () => {
  world = await createEventsWorld();
  const { database, territory, clock } = world;
  needs = createNeeds({
    database,
    territory,
    clock,
    names: async (_tx, ids) => new Map(ids.map((id) => [id, `name of ${id}`])),
  });
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.owner.query('truncate service_need cascade');
});

const east = '500103004001';
const west = '500103004002';
type Handlers = Needs['handlers'];
type HearBody = Parameters<Handlers['hear']>[0]['body'];
const none = { params: {}, query: {}, body: {} };

const said = (over: Partial<HearBody> = {}): HearBody => ({
  opId: randomUUID(),
  text: '附近没有菜市场',
  classCode: null,
  groupCode: null,
  people: 1,
  areaCode: east,
  lon: null,
  lat: null,
  saidAt: null,
  ...over,
});
const hear = (actor: Actor, over: Partial<HearBody> = {}) =>
  needs.handlers.hear({ ...none, body: said(over) }, { actor });
const list = (actor: Actor, query: object = {}) =>
  needs.handlers.list({ ...none, query: { limit: 50, ...query } }, { actor });
const get = (actor: Actor, id: string) => needs.handlers.get({ ...none, params: { id } }, { actor });
const voiceOf = (over: Partial<Voice> = {}): Voice => ({
  source: 'survey',
  sourceRef: randomUUID(),
  saidMs: world.clock.now(),
  text: '买菜太远',
  people: 1,
  classCode: 'fresh_market',
  groupCode: null,
  areaCode: east,
  point: null,
  ...over,
});
const take = (over: Partial<Voice> = {}) =>
  world.database.inTx(systemScope, (tx) => needs.queries.hear(tx, voiceOf(over)));
const unexpected = (): never => expect.fail('Expected a refusal.');
const refuses = (code: ErrorCode) => (error: unknown) => {
  expect(isAppError(error, code), String(error)).toBe(true);
};

describe('a voice', () => {
  test('joins the need of its class in its community; what points at somebody is not kept', async () => {
    const { gridWorker, secretary } = world.as;
    const first = await hear(gridWorker, { areaCode: '500103004001001' });
    expect(first).toMatchObject({ joined: false, need: { classCode: 'fresh_market', classFrom: 'words', voices: 1 } });
    const second = await hear(secretary, { text: '李婆婆买菜要爬坡，电话13812345678', people: 3 });
    expect(second).toMatchObject({ joined: true, need: { id: first.need.id, voices: 2, people: 4, areaCode: east } });
    const { voiceList, groups } = second.need;
    expect(voiceList.map(({ joinedBy }) => joinedBy).toSorted()).toEqual(['class', 'first']);
    expect(voiceList.map(({ text }) => text).toSorted()).toEqual(['某婆婆买菜要爬坡，电话〔略〕', '附近没有菜市场']);
    expect(groups).toEqual([
      { groupCode: 'elder', voices: 1, people: 3 },
      { groupCode: 'all', voices: 1, people: 1 },
    ]);
    const { rows } = await world.owner.query("select data::text as data from ledger_entry where action = 'need.hear'");
    expect(JSON.stringify(rows)).not.toMatch(/婆婆|1381234|菜市场/);
  });

  test('is taken once, however often it is sent', async () => {
    const { secretary } = world.as;
    const body = said();
    const first = await needs.handlers.hear({ ...none, body }, { actor: secretary });
    const again = await needs.handlers.hear({ ...none, body }, { actor: secretary });
    expect(again).toEqual(first);
    const ref = randomUUID();
    expect(await take({ sourceRef: ref })).toBe(first.need.id);
    expect(await take({ sourceRef: ref, people: 90 })).toBe(first.need.id);
    expect(await get(secretary, first.need.id)).toMatchObject({ voices: 2, people: 2 });
  });

  test('twenty at once make one need', async () => {
    const ids = await Promise.all(Array.from({ length: 20 }, () => take()));
    expect(new Set(ids).size).toBe(1);
    expect(await get(world.as.secretary, ids[0] ?? '')).toMatchObject({ voices: 20, people: 20 });
  });

  test('of another year, another class, or of a need that was met begins one of its own', async () => {
    const now = world.clock.now();
    const old = await take({ saidMs: now - 800 * 86_400_000 });
    const fresh = await take();
    expect(fresh).not.toBe(old);
    expect(await take({ classCode: 'pharmacy' })).not.toBe(fresh);
    await world.database.inTx(systemScope, (tx) =>
      needs.queries.setState(tx, { needId: fresh, state: 'met', reason: '开业' }, world.as.chief),
    );
    expect(await take()).not.toBe(fresh);
  });

  test('of a neighbouring community joins within reach, and both offices see it', async () => {
    const first = await take({ point: [106.5195, 29.51] });
    const second = await take({ areaCode: west, point: [106.5205, 29.51] });
    expect(second).toBe(first);
    for (const actor of [world.as.secretary, world.as.otherGridWorker])
      expect((await list(actor)).items.map(({ id }) => id)).toEqual([first]);
    expect((await get(world.as.chief, first)).voiceList.map(({ joinedBy, joinedDetail }) => [joinedBy, joinedDetail])).toContainEqual(['near', 97]); // prettier-ignore
  });

  test('of a place outside, or of an unknown class, is refused in words', async () => {
    await hear(world.as.secretary, { areaCode: null }).then(unexpected, refuses('bad_input'));
    await hear(world.as.secretary, { classCode: 'casino' }).then(unexpected, refuses('bad_input'));
    await hear(world.as.secretary, { areaCode: west }).then(unexpected, refuses('not_found'));
    // A phone across the border: the area that was named counts, the point is left out.
    const across = await hear(world.as.secretary, { lon: 106.53, lat: 29.51, text: '没有银行' });
    expect(across.need).toMatchObject({ areaCode: east, lon: null });
  });

  test('can be tried first: what it would mean and join, nothing kept', async () => {
    const id = await take();
    const guessed = await needs.handlers.guess(
      { ...none, body: said({ text: '我妈腿脚不好买菜难 13800000000' }) },
      { actor: world.as.secretary },
    );
    expect(guessed).toMatchObject({
      cleaned: true,
      because: '买菜',
      groupCode: 'elder',
      groupBecause: '腿脚',
      joins: { id },
    });
    expect(await get(world.as.secretary, id)).toMatchObject({ voices: 1 });
  });
});

describe('who sees what', () => {
  test('only what lies in their area; a foreign need looks absent', async () => {
    const id = await take({ areaCode: west });
    expect((await list(world.as.secretary)).total).toBe(0);
    expect(await list(world.as.chief)).toMatchObject({ total: 1, voices: 1 });
    expect((await list(world.as.cityChief)).total).toBe(1);
    expect((await list(world.as.northIntake)).total).toBe(0);
    await get(world.as.secretary, id).then(unexpected, refuses('not_found'));
    const body = { opId: randomUUID(), version: 1, state: 'listed' as const, reason: '核实过' };
    await needs.handlers
      .settle({ ...none, params: { id }, body }, { actor: world.as.secretary })
      .then(unexpected, refuses('not_found'));
    // Whoever may record may not decide.
    await needs.handlers
      .settle({ ...none, params: { id }, body }, { actor: world.as.otherGridWorker })
      .then(unexpected, refuses('not_found'));
  });

  test('the list is filtered, paged and added up', async () => {
    for (const [text, people] of [['没有药店', 3], ['没有公厕', 9], ['没有菜市场', 5]] as const) await hear(world.as.chief, { text, people }); // prettier-ignore
    await hear(world.as.chief, { text: '老人家没有药店', people: 30, areaCode: west });
    const all = await list(world.as.chief);
    expect(all).toMatchObject({ total: 4, voices: 4, people: 47, next: null });
    const first = await list(world.as.chief, { limit: 3 });
    const rest = await list(world.as.chief, { limit: 3, cursor: first.next ?? undefined });
    expect([...first.items, ...rest.items]).toEqual(all.items);
    expect((await list(world.as.chief, { class: 'pharmacy', group: 'elder' })).items).toMatchObject([{ people: 30 }]);
    expect((await list(world.as.chief, { area: east, q: '公厕' })).items).toMatchObject([{ people: 9 }]);
    expect((await list(world.as.chief, { source: 'hotline' })).total).toBe(0);
    const tally = await needs.handlers.tally({ ...none, query: { area: '500103004' } }, { actor: world.as.chief });
    expect(tally.items[0]).toEqual({
      classCode: 'pharmacy',
      needs: 2,
      voices: 2,
      people: 33,
      groups: [
        { groupCode: 'all', needs: 1, voices: 1, people: 3 },
        { groupCode: 'elder', needs: 1, voices: 1, people: 30 },
      ],
    });
  });
});

describe('by hand', () => {
  const merge = (actor: Actor, id: string, version: number, from: { id: string; version: number }[]) =>
    needs.handlers.merge({ ...none, params: { id }, body: { opId: randomUUID(), version, from, reason: '是同一件事' } }, { actor }); // prettier-ignore

  test('merging and splitting lose no voice', async () => {
    const { chief } = world.as;
    const a = await take();
    await take();
    const b = await take({ classCode: 'supermarket', people: 4 });
    const merged = await merge(chief, a, 2, [{ id: b, version: 1 }]);
    expect(merged.need).toMatchObject({ id: a, voices: 3, people: 6 });
    expect(await get(chief, b)).toMatchObject({ state: 'merged', mergedInto: a, voices: 0, people: 0 });
    expect((await list(chief)).total).toBe(1);
    const moved = merged.need.voiceList.find(({ people }) => people === 4)?.id ?? '';
    const { version } = merged.need;
    const split = (voices: string[]) =>
      needs.handlers.split(
        { ...none, params: { id: a }, body: { opId: randomUUID(), version, voices, title: '想要大超市', classCode: 'supermarket', reason: '不是一回事' } }, // prettier-ignore
        { actor: chief },
      );
    await split(merged.need.voiceList.map(({ id }) => id)).then(unexpected, refuses('bad_input'));
    world.clock.advance(1_000);
    const parted = await split([moved]);
    expect(parted.need).toMatchObject({ voices: 2, people: 2 });
    expect(await get(chief, parted.made)).toMatchObject({ voices: 1, people: 4, classCode: 'supermarket', classFrom: 'hand', title: '想要大超市' }); // prettier-ignore
    await merge(chief, a, version, [{ id: parted.made, version: 2 }]).then(unexpected, refuses('version_conflict'));
    const history = await needs.handlers.history({ ...none, params: { id: a } }, { actor: chief });
    expect(history.items.map(({ action }) => action)).toEqual(['need.split', 'need.merge', 'need.hear', 'need.hear']);
    expect(history.items[1]?.words).toEqual({ reason: '是同一件事' });
  });

  test('the count survives any order of hearing, merging and splitting', async () => {
    const { chief } = world.as;
    const step = fc.record({ kind: fc.constantFrom('hear', 'merge', 'split'), people: fc.integer({ min: 1, max: 9 }), pick: fc.nat(), class: fc.constantFrom('fresh_market', 'pharmacy', 'bank') }); // prettier-ignore
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
        await world.owner.query('truncate service_need cascade');
        let [voices, people] = [0, 0];
        for (const one of steps) {
          const { items } = await list(chief);
          const at = items[one.pick % Math.max(items.length, 1)];
          const other = items.find(({ id }) => id !== at?.id);
          if (one.kind === 'hear' || at === undefined) {
            await take({ classCode: one.class, people: one.people });
            voices += 1;
            people += one.people;
          } else if (one.kind === 'merge' && other !== undefined) await merge(chief, at.id, at.version, [other]);
          else if (at.voices > 1) {
            const [first] = (await get(chief, at.id)).voiceList;
            const body = { opId: randomUUID(), version: at.version, voices: [first?.id ?? ''], title: '分出', classCode: null, reason: '分开看' }; // prettier-ignore
            await needs.handlers.split({ ...none, params: { id: at.id }, body }, { actor: chief });
          }
        }
        expect(await list(chief)).toMatchObject({ voices, people });
        const { rows } = await world.owner.query('select count(*)::int as n, coalesce(sum(people), 0)::int as people from need_voice'); // prettier-ignore
        expect(rows[0]).toEqual({ n: voices, people });
      }),
      { numRuns: 8 },
    );
  });

  test('a count that is not the sum of its voices is refused by the database itself', async () => {
    const id = await take();
    await expect(world.owner.query('update service_need set people = 40 where id = $1', [id])).rejects.toMatchObject({ code: 'HG008' }); // prettier-ignore
    await expect(world.owner.query('delete from need_voice where need_id = $1', [id])).rejects.toMatchObject({ code: 'HG008' }); // prettier-ignore
  });

  test('class and state are decided with a reason, and told', async () => {
    const { secretary } = world.as;
    const { need } = await hear(secretary, { text: '想有个地方坐坐聊聊' });
    expect(need).toMatchObject({ classCode: null, classFrom: 'none' });
    const described = await needs.handlers.describe(
      { ...none, params: { id: need.id }, body: { opId: randomUUID(), version: need.version, classCode: 'park', reason: '问过了' } }, // prettier-ignore
      { actor: secretary },
    );
    expect(described.need).toMatchObject({ classCode: 'park', classFrom: 'hand' });
    const body = { opId: randomUUID(), version: described.need.version, state: 'declined' as const, reason: '旁边已有小游园' }; // prettier-ignore
    const settle = () => needs.handlers.settle({ ...none, params: { id: need.id }, body }, { actor: secretary });
    const settled = await settle();
    expect(await settle()).toEqual(settled);
    expect(settled.need).toMatchObject({ state: 'declined', reason: '旁边已有小游园' });
    expect((await list(secretary)).total).toBe(0);
    expect((await list(secretary, { states: ['declined'] })).total).toBe(1);
  });
});

describe('modules above', () => {
  test('read under the scope of their transaction, and plan', async () => {
    const id = await take({ people: 7, groupCode: 'elder' });
    await take({ areaCode: west });
    await world.database.inTx(systemScope, async (tx) => {
      await needs.queries.setState(tx, { needId: id, state: 'planned', reason: '桥下菜市场' }, world.as.chief);
    });
    const rows = await world.database.read(scopeFor(world.as.secretary, 'circle.read'), (tx) =>
      needs.queries.listNeeds(tx, { classCode: 'fresh_market' }),
    );
    expect(rows).toMatchObject([{ id, state: 'planned', people: 7, groupCode: 'elder' }]);
  });
});

describe('a file of the hotline', () => {
  const send = (actor: Actor, text: string, over: object = {}) =>
    needs.handlers.import(
      { ...none, body: { opId: randomUUID(), file: Buffer.from(text).toString('base64'), format: 'csv', areaCode: null, map: {}, dryRun: false, ...over } }, // prettier-ignore
      { actor },
    );
  const csv = [
    '工单编号,受理时间,所属社区,诉求内容,涉及人数',
    'A1,2026-06-01 09:00,东村,没有菜市场，请解决,1'.replace('，', '、'),
    'A2,2026-06-02 09:00,东村社区,"买菜难,电话13812345678",40',
    'A3,昨天,东村社区,买菜难,1',
    'A4,2026-06-02 09:00,月球社区,买菜难,1',
    'A2,2026-06-02 09:00,东村社区,买菜难,1',
    'A5,2026-06-02 09:00,西村社区,想有个地方晒太阳,1',
  ].join('\n');

  test('is tried first, taken row by row, wrong rows told by line, and a second time takes nothing', async () => {
    const { chief } = world.as;
    const tried = await send(chief, csv, { dryRun: true });
    expect(tried).toMatchObject({ read: 6, taken: 3, known: 0, wrongCount: 3, unclassed: 1, cleaned: 1, dryRun: true });
    expect(tried.wrong.map(({ line, column }) => [line, column])).toEqual([[4, 'at'], [5, 'area'], [6, 'ref']]); // prettier-ignore
    expect((await list(chief)).total).toBe(0);
    expect(await send(chief, csv)).toMatchObject({ taken: 3, known: 0 });
    expect(await list(chief)).toMatchObject({ total: 2, voices: 3, people: 42 });
    expect(await send(chief, csv)).toMatchObject({ taken: 0, known: 3 });
    expect(await list(chief)).toMatchObject({ voices: 3, people: 42 });
  });

  test('may be JSON, and rows of another street are not taken', async () => {
    const rows = [
      { number: 'J1', time: '2026-06-01 09:00', area: west, content: '没有药店' },
      { number: 'J2', time: '2026-06-01 09:00', area: '500103005', content: '没有药店' },
      'nonsense',
    ];
    const answer = await send(world.as.chief, JSON.stringify({ data: rows }), { format: 'json' });
    expect(answer).toMatchObject({ read: 3, taken: 1, wrongCount: 2 });
    expect(answer.wrong.map(({ line, column }) => [line, column])).toEqual([[2, 'area'], [3, 'row']]); // prettier-ignore
    await send(world.as.chief, 'not json', { format: 'json' }).then(unexpected, refuses('import_refused'));
  });
});

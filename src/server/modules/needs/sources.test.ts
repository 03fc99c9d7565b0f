import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { isAppError, type ErrorCode } from '#kit/errors.ts';
import { createEventsWorld, type World } from '../../../../test/helpers/events-world.ts';
import { readNeedWords } from './dictionary.ts';
import { createNeeds, type Needs, type NeedSources } from './index.ts';
import { pollVoices, type ClosedPoll } from './rules-poll.ts';

let world: World;
let needs: Needs;

beforeAll(async () => {
  world = await createEventsWorld();
  const { database, territory, clock } = world;
  needs = createNeeds({ database, territory, clock, names: async () => new Map() });
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.owner.query('truncate service_need cascade');
});

const east = '500103004001';
const none = { params: {}, query: {}, body: {} };
const list = (query: object = {}) =>
  needs.handlers.list({ ...none, query: { limit: 50, ...query } }, { actor: world.as.chief });
const unexpected = (): never => expect.fail('Expected a refusal.');
const refuses = (code: ErrorCode) => (error: unknown) => {
  expect(isAppError(error, code), String(error)).toBe(true);
};

const poll = (over: Partial<ClosedPoll> = {}): ClosedPoll => ({
  id: randomUUID(),
  groupId: randomUUID(),
  question: '桥下空地做什么好',
  options: ['菜市场', '停车位', '小公园'],
  counts: [31, 9, 12],
  areaCode: east,
  atMs: world.clock.now(),
  ...over,
});

describe('a poll of a meeting', () => {
  const { classWords } = readNeedWords();
  const said = (over: Partial<ClosedPoll>) =>
    pollVoices(
      { id: 'p', groupId: 'g', question: '', options: [], counts: [], areaCode: east, atMs: 0, ...over },
      classWords,
    );

  test('whose options name facilities: each is wanted by those who voted for it', () => {
    const voices = said({ question: '桥下做什么', options: ['菜市场', '停车位', '小公园'], counts: [31, 9, 12] });
    expect(voices.map(({ sourceRef, classCode, people }) => [sourceRef, classCode, people])).toEqual([
      ['g/p#0', 'fresh_market', 31],
      ['g/p#2', 'park', 12],
    ]);
  });

  test('whose question names one: those who said yes', () => {
    const voices = said({ question: '要不要在桥下办菜市场？', options: ['同意', '不同意'], counts: [40, 3] });
    expect(voices).toMatchObject([{ classCode: 'fresh_market', people: 40, text: '要不要在桥下办菜市场？——同意' }]);
  });

  test('about something else, or that nobody voted in, says nothing', () => {
    expect(said({ question: '中秋活动几点开始', options: ['七点', '八点'], counts: [3, 4] })).toEqual([]);
    expect(said({ question: '桥下做什么', options: ['菜市场', '停车位'], counts: [0, 4] })).toEqual([]);
  });
});

describe('listening', () => {
  const sourcesOf = (over: Partial<NeedSources>): NeedSources => ({
    polls: async () => [],
    reports: async () => [],
    wishes: async () => [],
    ...over,
  });

  test('takes what is new from every source, once, however often it looks', async () => {
    const report = { id: randomUUID(), categoryCode: 'G1703', areaCode: east, point: null, people: 2, atMs: world.clock.now() }; // prettier-ignore
    const sources = sourcesOf({
      polls: async () => [onePoll],
      reports: async () => [
        { ...report, text: '建议桥北建个菜市场，电话13900001111' },
        { ...report, id: randomUUID(), text: '建议多开文艺演出' },
        { ...report, id: randomUUID(), text: '没有药店', areaCode: '999999' },
      ],
      wishes: async () => [{ ref: `${randomUUID()}/${wish}`, text: '想配老花镜', areaCode: east, atMs: report.atMs }],
    });
    const onePoll = poll();
    const wish = randomUUID();
    expect(await needs.listen(sources)).toBe(4);
    expect(await list({ class: 'fresh_market' })).toMatchObject({ total: 1, voices: 2, people: 33 });
    expect(await list({ source: 'booking' })).toMatchObject({
      total: 1,
      items: [{ classCode: null, title: '想配老花镜' }],
    });
    const [market] = (await list({ class: 'fresh_market' })).items;
    const detail = await needs.handlers.get({ ...none, params: { id: market?.id ?? '' } }, { actor: world.as.chief });
    const links = detail.voiceList.map(({ source, link, text }) => [source, link, text]);
    expect(links).toContainEqual(['event', `/desk?event=${report.id}`, '建议桥北建个菜市场，电话〔略〕']);
    expect(links).toContainEqual(['meeting', `/desk/groups?group=${onePoll.groupId}`, '桥下空地做什么好——菜市场']);
  });

  test('asks only for categories that may say so', async () => {
    const asked: string[][] = [];
    await needs.listen(sourcesOf({ reports: async (categories) => (asked.push([...categories]), []) }));
    expect(asked[0]).toContain('G1703');
    expect(asked[0]).not.toContain('E0510');
  });
});

describe('the survey', () => {
  type Body = Parameters<Needs['publicHandlers']['answer']>[0]['body'];
  const answer = (over: Partial<Body> = {}, area = east) =>
    needs.publicHandlers.answer(
      { ...none, params: { area }, body: { opId: randomUUID(), classes: ['fresh_market'], groupCode: 'elder', minutes: 25, lon: null, lat: null, words: '', ...over } }, // prettier-ignore
      {},
    );
  const shown = (area = east) => needs.publicHandlers.needs({ ...none, params: { area } }, {});

  test('of a community shows its name and what may be missed', async () => {
    const place = await needs.publicHandlers.place({ ...none, params: { area: east } }, {});
    expect(place.area).toEqual({ code: east, name: '东村社区', streetName: '两江街道' });
    expect(place.tiles[0]).toMatchObject({ code: 'fresh_market', name: '买菜' });
    await needs.publicHandlers
      .place({ ...none, params: { area: '500103004' } }, {})
      .then(unexpected, refuses('not_found'));
  });

  test('makes a voice of each thing missed; words join what they speak of, and lose what points at somebody', async () => {
    const opId = randomUUID();
    const words = '婆婆买菜要走半小时，电话13812345678';
    const first = await answer({ opId, classes: ['fresh_market', 'pharmacy'], words });
    expect(first.voices).toBe(2);
    expect(await answer({ opId, classes: ['fresh_market', 'pharmacy'], words })).toEqual(first);
    expect((await answer({ classes: ['bank'], words: '想有个地方下棋' })).voices).toBe(2);
    const { rows } = await world.owner.query('select class_code, text, minutes_now, account_id from need_voice order by text'); // prettier-ignore
    expect(rows).toEqual([
      { class_code: null, text: '想有个地方下棋', minutes_now: null, account_id: null },
      { class_code: 'fresh_market', text: '婆婆买菜要走半小时，电话〔略〕', minutes_now: 25, account_id: null },
      { class_code: 'pharmacy', text: '附近缺：买药', minutes_now: 25, account_id: null },
      { class_code: 'bank', text: '附近缺：取钱办事', minutes_now: 25, account_id: null },
    ].toSorted((a, b) => (a.text < b.text ? -1 : 1))); // prettier-ignore
    await answer({ classes: [], words: '' }).then(unexpected, refuses('bad_input'));
    await answer({ classes: ['casino'] }).then(unexpected, refuses('bad_input'));
  });

  test('keeps no place finer than it says, and none outside the community', async () => {
    await answer({ lon: 106.5053, lat: 29.50501 });
    await answer({ lon: 106.50533, lat: 29.50507 });
    await answer({ lon: 106.53, lat: 29.505 });
    const { rows } = await world.owner.query<{ lon: number | null; lat: number | null }>('select lon, lat from need_voice order by recorded_at, id'); // prettier-ignore
    const points = rows.map(({ lon, lat }) => `${lon} ${lat}`);
    expect(new Set(points.filter((one) => one !== 'null null')).size).toBe(1);
    expect(points.filter((one) => one === 'null null')).toHaveLength(1);
  });

  test('tells everybody what was said by enough, and only how many other needs there are', async () => {
    for (let k = 0; k < 5; k++) await answer();
    await answer({ classes: ['bank'] });
    const list5 = await shown();
    expect(list5.items).toMatchObject([{ classCode: 'fresh_market', people: 5, state: 'open' }]);
    expect(list5).toMatchObject({ fewer: 1, atLeast: 5 });
    expect(JSON.stringify(list5)).not.toContain('elder');
  });
});

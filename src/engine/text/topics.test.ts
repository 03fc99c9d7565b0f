import { describe, expect, it } from 'vitest';
import { seededRandom } from '#kit/random.ts';
import { groupByLinkage, type Edge } from './linkage.ts';
import { heatOf, titleOf, topicsOf, type TopicMessage, type TopicRules } from './topics.ts';

const dayMs = 86_400_000;
const nowMs = Date.UTC(2026, 5, 1);
const rules: TopicRules = {
  placeHalfM: 150,
  placeFloor: 0.45,
  timeHalfDays: 45,
  timeFloor: 0.6,
  linkFrom: 0.08,
  joinFrom: 0.06,
  reachM: 400,
  placedWeight: 0.4,
  neighbours: 30,
  leastMessages: 3,
  halfLifeDays: 14,
  forWeight: 0.5,
  againstWeight: 0.25,
  spanFullDays: 60,
  spanWeight: 0.3,
};

function message(id: string, title: string, given: Partial<TopicMessage> = {}): TopicMessage {
  return {
    id,
    title,
    text: title,
    lon: 106.5,
    lat: 29.5,
    atMs: nowMs,
    reporter: null,
    votesFor: 0,
    votesAgainst: 0,
    ...given,
  };
}

describe('groups by average linkage', () => {
  const group = (count: number, edges: readonly Edge[], joinFrom = 0.5) => [
    ...groupByLinkage(count, edges, joinFrom, 30),
  ];

  it('joins what is alike and leaves the rest alone', () => {
    expect(group(4, [{ a: 0, b: 1, weight: 0.9 }])).toEqual([0, 0, 2, 3]);
    expect(group(0, [])).toEqual([]);
  });

  it('one message like two groups does not chain them together', () => {
    const clique = (nodes: readonly number[]): Edge[] =>
      nodes.flatMap((a) => nodes.filter((b) => a < b).map((b) => ({ a, b, weight: 0.9 })));
    const edges = [...clique([0, 1, 2, 3]), ...clique([4, 5, 6, 7]), { a: 3, b: 4, weight: 0.8 }];
    expect(group(8, edges)).toEqual([0, 0, 0, 0, 4, 4, 4, 4]);
  });

  it('does not depend on the order of the edges, and joins the likest pair first (judge: the slow way)', () => {
    const rng = seededRandom(5);
    for (let round = 0; round < 40; round++) {
      const count = 3 + Math.floor(rng() * 9);
      const edges: Edge[] = [];
      for (let a = 0; a < count; a++) {
        for (let b = a + 1; b < count; b++)
          if (rng() < 0.5) edges.push({ a, b, weight: Math.round(rng() * 1e6) / 1e6 });
      }
      const found = group(count, edges);
      expect(found).toEqual(group(count, edges.toReversed()));
      expect(found).toEqual(slowly(count, edges, 0.5));
    }
  });
});

/** Looks at every pair of groups each time. */
function slowly(count: number, edges: readonly Edge[], joinFrom: number): number[] {
  const home = Array.from({ length: count }, (_, node) => node);
  const meanOf = (a: number, b: number): number => {
    const [own, other] = [home.filter((one) => one === a).length, home.filter((one) => one === b).length];
    const sum = edges
      .filter((edge) => [edge.a, edge.b].some((n) => home[n] === a) && [edge.a, edge.b].some((n) => home[n] === b))
      .reduce((total, { weight }) => total + weight, 0);
    return sum / Math.min(own * other, 30 * Math.min(own, other));
  };
  for (;;) {
    const roots = [...new Set(home)].toSorted((a, b) => a - b);
    let best = { a: -1, b: -1, mean: -1 };
    for (const a of roots)
      for (const b of roots) if (a < b && meanOf(a, b) > best.mean) best = { a, b, mean: meanOf(a, b) };
    if (best.mean < joinFrom || best.a < 0) return home;
    for (let node = 0; node < count; node++) if (home[node] === best.b) home[node] = best.a;
  }
}

describe('topics', () => {
  const mixing = [
    '丽江小区旁搅拌站噪音扰民',
    '丽江小区附近建搅拌站噪音大',
    '投诉丽江小区搅拌站粉尘噪音污染',
    '丽江小区搅拌站彻夜施工噪音扰民',
  ];
  const parking = ['滨河苑捆绑销售车位', '投诉滨河苑开发商捆绑车位销售', '滨河苑强制捆绑购买车位'];
  const messages = [
    ...mixing.map((title, k) => message(`m${k}`, title, { atMs: nowMs - k * dayMs })),
    ...parking.map((title, k) => message(`p${k}`, title, { lon: 106.52, atMs: nowMs - 40 * dayMs - k * dayMs })),
    message('x', '公交车间隔太长'),
  ];

  it('are several messages of one matter, hottest first, oldest message first', () => {
    const topics = topicsOf(messages, rules, nowMs);
    expect(topics.map((one) => one.messages)).toEqual([
      ['m3', 'm2', 'm1', 'm0'],
      ['p2', 'p1', 'p0'],
    ]);
    expect(topics[0]?.heat).toBeGreaterThan(topics[1]?.heat ?? Infinity);
    expect(topics[0]?.title).toContain('搅拌站');
    expect([topics[1]?.lon, topics[1]?.firstMs]).toEqual([106.52, nowMs - 42 * dayMs]);
  });

  it('are the same whatever the order of the messages', () => {
    const ids = (all: readonly TopicMessage[]) => topicsOf(all, rules, nowMs).map((one) => one.messages);
    expect(ids(messages.toReversed())).toEqual(ids(messages));
    expect(topicsOf([], rules, nowMs)).toEqual([]);
  });

  it('messages of two kinds are two matters, however alike', () => {
    const kinds = messages.map((one, k): TopicMessage => ({ ...one, kind: k % 2 === 0 ? 'noise' : 'dust' }));
    expect(topicsOf(kinds, rules, nowMs)).toEqual([]);
  });

  it('the same words at another end of the city are another matter', () => {
    const far = mixing.slice(0, 3).map((title, k) => message(`f${k}`, title.replace('丽江', '阳光'), { lon: 107.5 }));
    const topics = topicsOf([...messages, ...far], rules, nowMs);
    expect(topics.every((one) => !(one.messages.includes('m0') && one.messages.includes('f0')))).toBe(true);
  });
});

describe('heat', () => {
  it('counts a person once, halves with age, and grows with votes and with lasting', () => {
    const heat = (all: readonly TopicMessage[]) => heatOf(all, rules, nowMs);
    expect(heat([])).toBe(0);
    expect(heat([message('a', '')])).toBe(1);
    expect(heat([message('a', '', { reporter: 'r' }), message('b', '', { reporter: 'r' })])).toBe(1);
    expect(heat([message('a', '', { atMs: nowMs - 14 * dayMs })])).toBeCloseTo(0.5);
    expect(heat([message('a', '', { votesFor: 3 })])).toBeCloseTo(2);
    expect(heat([message('a', '', { votesAgainst: 3 })])).toBeCloseTo(1.5);
    expect(heat([message('a', ''), message('b', '', { atMs: nowMs - 60 * dayMs })])).toBeCloseTo(
      (1 + 2 ** (-60 / 14)) * 1.3,
    );
  });
});

describe('titles', () => {
  it.each([
    ['关于伊景园捆绑销售车位的投诉', '伊景园捆绑销售车位'],
    ['投诉：小区附近搅拌站噪音扰民！！', '小区附近搅拌站噪音扰民'],
    ['反映A7县春华镇水泥路的问题', 'A7县春华镇水泥路'],
    ['咨询', '咨询'],
    ['我叫陈志远，电话13900001234，路灯坏了', '我叫[姓名]，电话[电话]，路灯坏了'],
  ])('%s → %s', (said, title) => expect(titleOf(said)).toBe(title));
  it('are at most forty signs', () => {
    expect(Array.from(titleOf('灯'.repeat(99)))).toHaveLength(40);
  });
});

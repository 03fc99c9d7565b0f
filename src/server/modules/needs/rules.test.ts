import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tellsOfSomebody } from '#kit/personal-words.ts';
import { readNeedWords, ruleOf } from './dictionary.ts';
import { momentOf } from './import.ts';
import { cleanWords, leftOut } from './rules-clean.ts';
import { guess } from './rules-guess.ts';
import { joinOf, type Candidate, type JoiningVoice } from './rules-join.ts';
import { assertJoinable, assertSettles } from './rules-state.ts';
import { placeOf, sumVoices, type SummedVoice } from './rules-sum.ts';

const words = readNeedWords();

describe('the dictionaries', () => {
  it('name only classes, groups and categories that exist', () => {
    for (const { code } of words.classWords) expect(words.classes.has(code), code).toBe(true);
    for (const { code } of words.groupWords) expect(words.groups.has(code), code).toBe(true);
    for (const group of words.categories.values()) expect(words.groups.has(group), group).toBe(true);
    expect(Object.keys(words.columns).toSorted()).toEqual([
      'area',
      'at',
      'class',
      'group',
      'lat',
      'lon',
      'people',
      'ref',
      'text',
    ]);
  });

  it('refuse a rule that nobody wrote down', () => {
    expect(() => ruleOf(words, 'moon_m')).toThrow('need-rules.csv has no rule "moon_m"');
  });
});

describe('what is meant', () => {
  it.each([
    ['桥北这边没有菜市场，买菜要走半小时', 'fresh_market', '菜市场'],
    ['买菜太远', 'fresh_market', '买菜'],
    ['希望在社区卫生服务中心旁边开个药店', 'health_centre', '卫生服务中心'],
    ['老年食堂什么时候开', 'canteen', '老年食堂'],
    ['想要一个ＡＴＭ', 'bank', 'ATM'],
    ['No FOOD MARKET near here', 'fresh_market', 'food market'],
  ])('%s', (said, code, because) => {
    expect(guess(said, words.classWords)).toEqual({ code, because });
  });

  it('is not guessed where nothing tells', () => {
    expect(guess('路灯坏了三天', words.classWords)).toBeNull();
  });

  it('tells for whom by its own words', () => {
    expect(guess('我妈腿脚不好，爬坡买菜', words.groupWords)?.code).toBe('elder');
    expect(guess('娃娃没得地方耍', words.groupWords)?.code).toBe('child');
  });
});

describe('what points at somebody', () => {
  it.each([
    ['没有菜市场，电话13812345678', `没有菜市场，电话${leftOut}`],
    ['身份证 50010319620101123X 请回电', `身份证 ${leftOut} 请回电`],
    ['电话一三八一二三四五六七八', `电话${leftOut}`],
    ['发到 li.si@example.com 谢谢', `发到 ${leftOut} 谢谢`],
    ['3栋2单元5-1的老人买菜难', `${leftOut}的老人买菜难`],
    ['我叫张三丰，附近没有药店', `我叫${leftOut}，附近没有药店`],
    ['李秀英婆婆说下坡买菜难', '某婆婆说下坡买菜难'],
    ['王先生反映没有公厕', '某先生反映没有公厕'],
    ['健康路12号附3号对面想要便利店', `健康路${leftOut}对面想要便利店`],
  ])('%s', (said, kept) => {
    expect(cleanWords(said)).toEqual({ text: kept, cleaned: true });
  });

  it.each([
    '桥北没有菜市场，走路要25分钟',
    '轻轨6号线出口旁边的工具房空着',
    '107路公交改线以后没有车站了',
    '一楼到三楼没有电梯，希望有日间照料',
  ])('leaves alone: %s', (said) => {
    expect(cleanWords(said)).toEqual({ text: said, cleaned: false });
  });

  it('never stays, whatever is typed', () => {
    const digits = fc.string({ unit: fc.constantFrom(...'0123456789０１２３一二三四五幺-. ／①②③'), maxLength: 30 });
    const parts = fc.array(fc.oneof(digits, fc.string({ maxLength: 10 }), fc.constant('买菜')), { maxLength: 6 });
    fc.assert(
      fc.property(parts, (all) => {
        expect(tellsOfSomebody(cleanWords(all.join('')).text)).toBe(false);
      }),
      { numRuns: 500 },
    );
  });
});

const candidate = (over: Partial<Candidate> & { id: string }): Candidate => ({
  classCode: 'fresh_market',
  groupCode: 'all',
  title: '没有菜市场',
  path: ['500000', '500105', '500105001', '500105001001'],
  point: null,
  firstMs: 0,
  ...over,
});
const voice = (over: Partial<JoiningVoice> = {}): JoiningVoice => ({
  text: '买菜难',
  classCode: 'fresh_market',
  groupCode: 'all',
  placeCode: '500105001001',
  point: null,
  ...over,
});
const rules = { nearM: 500, alike: 0.55 };

describe('which need a voice joins', () => {
  it('the one of its class in its community, however far', () => {
    const other = candidate({ id: 'b', classCode: 'pharmacy' });
    expect(joinOf(voice(), [other, candidate({ id: 'a' })], rules)).toEqual({ id: 'a', by: 'class', detail: null });
  });

  it('else the nearest of its class within reach, and says how far', () => {
    const elsewhere = { path: ['500000', '500105', '500105001', '500105001002'] };
    const near = candidate({ id: 'near', ...elsewhere, point: [106.5, 29.503] });
    const far = candidate({ id: 'far', ...elsewhere, point: [106.5, 29.51] });
    const said = voice({ point: [106.5, 29.5] });
    expect(joinOf(said, [far, near], rules)).toEqual({ id: 'near', by: 'near', detail: 334 });
    expect(joinOf(said, [far], rules)).toBeNull();
    expect(joinOf(voice(), [near], rules)).toBeNull();
  });

  it('of no known class: like words of the same group in the same place', () => {
    const one = candidate({ id: 'a', classCode: null, title: '希望有个地方晒太阳' });
    const unknown = voice({ classCode: null, text: '想要有个地方晒太阳聊天' });
    expect(joinOf(unknown, [one], rules)).toMatchObject({ id: 'a', by: 'words' });
    expect(joinOf({ ...unknown, groupCode: 'elder' }, [one], rules)).toBeNull();
    expect(joinOf({ ...unknown, placeCode: '500105001002' }, [one], rules)).toBeNull();
    expect(joinOf({ ...unknown, text: '路灯坏了' }, [one], rules)).toBeNull();
  });

  it('does not depend on the order of what is there', () => {
    const all = ['c', 'a', 'b'].map((id) => candidate({ id }));
    expect(joinOf(voice(), all, rules)?.id).toBe('a');
    expect(joinOf(voice(), all.toReversed(), rules)?.id).toBe('a');
    expect(joinOf(voice(), [...all, candidate({ id: 'z', firstMs: -1 })], rules)?.id).toBe('z');
  });
});

const summed = fc.record<SummedVoice>({
  areaCode: fc.constantFrom('500105001001', '500105001002'),
  path: fc.constant([]),
  groupCode: fc.constantFrom('all', 'elder', 'child'),
  people: fc.integer({ min: 1, max: 400 }),
  lon: fc.option(fc.double({ min: 106, max: 107, noNaN: true })),
  lat: fc.option(fc.double({ min: 29, max: 30, noNaN: true })),
  saidMs: fc.integer({ min: 0, max: 2e12 }),
});
const withPath = (one: SummedVoice): SummedVoice => ({ ...one, path: ['500000', '500105', '500105001', one.areaCode] });

describe('what a need says of its voices', () => {
  it('is lost nowhere, however they are parted', () => {
    fc.assert(
      fc.property(fc.array(summed, { minLength: 2, maxLength: 40 }), fc.nat(), (raw, cut) => {
        const all = raw.map(withPath);
        const k = 1 + (cut % (all.length - 1));
        const [whole, first, second] = [all, all.slice(0, k), all.slice(k)].map((part) => sumVoices(part, 0.6));
        expect((first?.voices ?? 0) + (second?.voices ?? 0)).toBe(whole?.voices);
        expect((first?.people ?? 0) + (second?.people ?? 0)).toBe(whole?.people);
        expect(Math.min(first?.firstMs ?? 0, second?.firstMs ?? 0)).toBe(whole?.firstMs);
        expect(new Set([...(first?.path ?? []), ...(second?.path ?? [])])).toEqual(new Set(whole?.path));
      }),
    );
  });

  it('does not depend on their order', () => {
    fc.assert(
      fc.property(fc.array(summed, { minLength: 1, maxLength: 20 }), (raw) => {
        const all = raw.map(withPath);
        const { lon, lat, ...one } = sumVoices(all, 0.6);
        const other = sumVoices(all.toReversed(), 0.6);
        expect(other).toMatchObject(one);
        expect(Math.abs((other.lon ?? 0) - (lon ?? 0)) + Math.abs((other.lat ?? 0) - (lat ?? 0))).toBeLessThan(3e-6);
      }),
    );
  });

  it('names a group only when most people were named for it', () => {
    const of = (groupCode: string, people: number) =>
      withPath({ areaCode: '500105001001', path: [], groupCode, people, lon: null, lat: null, saidMs: 0 });
    expect(sumVoices([of('elder', 6), of('all', 4)], 0.6).groupCode).toBe('elder');
    expect(sumVoices([of('elder', 5), of('all', 5)], 0.6).groupCode).toBe('all');
    expect(sumVoices([of('elder', 5), of('child', 5)], 0.6).groupCode).toBe('all');
  });

  it('tells the community, never the grid', () => {
    expect(placeOf(['500000', '500105', '500105001', '500105001001', '500105001001003'])).toBe('500105001001');
    expect(placeOf(['500000', '500105', '500105001'])).toBe('500105001');
  });
});

describe('states', () => {
  it('follow one another as people decide', () => {
    assertSettles('open', 'listed');
    assertSettles('planned', 'met');
    assertSettles('declined', 'open');
    expect(() => assertSettles('merged', 'open')).toThrow('merged does not become open');
    expect(() => assertSettles('met', 'declined')).toThrow('met does not become declined');
    expect(() => assertJoinable('met')).toThrow('open it again first');
  });
});

describe('times of files', () => {
  it.each([
    ['2026-03-15 10:20', '2026-03-15T02:20:00.000Z'],
    ['2026/3/5 8:05:09', '2026-03-05T00:05:09.000Z'],
    ['2026年3月5日', '2026-03-04T16:00:00.000Z'],
    ['2026-03-15T10:20:00+08:00', '2026-03-15T02:20:00.000Z'],
  ])('%s', (text, iso) => {
    expect(new Date(momentOf(text) ?? 0).toISOString()).toBe(iso);
  });

  it.each(['', '昨天', '2026-02-30', '2026-13-01', '2026-03-15 25:00'])('not "%s"', (text) => {
    expect(momentOf(text)).toBeUndefined();
  });
});

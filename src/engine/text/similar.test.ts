import { describe, expect, it } from 'vitest';
import { pickOne, randomBetween, seededRandom } from '#kit/random.ts';
import { createPostingLists } from './posting-lists.ts';
import { hashOf, shinglesOf } from './shingles.ts';
import { createSimilarIndex, type SimilarEntry, type SimilarWish } from './similar.ts';

const dayMs = 86_400_000;
const start = Date.UTC(2026, 2, 1);

function entry(id: string, title: string, given: Partial<SimilarEntry> = {}): SimilarEntry {
  return { id, title, text: title, lon: 106.55, lat: 29.55, atMs: start, ...given };
}

const wish = (title: string, given: Partial<SimilarWish> = {}): SimilarWish => ({
  title,
  text: title,
  lon: 106.55,
  lat: 29.55,
  atMs: start,
  ...given,
});

describe('pieces of text', () => {
  it('are pairs of signs, words of letters and short figures, in one width and case', () => {
    expect(shinglesOf('路灯坏了，ＬＥＤ灯 12345')).toEqual(['路灯', '灯坏', 'led', '12345']);
    expect(shinglesOf('电话13800138000')).toEqual(['电话']);
    expect(shinglesOf('')).toEqual([]);
    expect(shinglesOf('😀 ！？')).toEqual([]);
  });
  it('have a hash within the bits asked for', () => {
    for (const bits of [1, 16, 20]) expect(hashOf('路灯', bits)).toBeLessThan(2 ** bits);
    expect(hashOf('路灯', 20)).toBe(hashOf('路灯', 20));
  });
});

describe('growing lists', () => {
  it('are read newest first, as far as asked', () => {
    const lists = createPostingLists(4);
    for (let k = 0; k < 5_000; k++) lists.push(k % 3, k);
    const seen: number[] = [];
    expect(lists.each(1, 4, (value) => void seen.push(value))).toBe(4);
    expect(seen).toEqual([4999, 4996, 4993, 4990]);
    seen.length = 0;
    expect(lists.each(0, 9_999, (value) => void seen.push(value))).toBe(1667);
    expect(seen).toEqual(Array.from({ length: 1667 }, (_, k) => 4998 - 3 * k));
    expect(lists.each(7, 10, () => undefined)).toBe(0);
    expect(lists.lengthOf(2)).toBe(1666);
  });
});

describe('like messages', () => {
  it('puts the same words at the same place first, then further and older ones', () => {
    const index = createSimilarIndex();
    index.add(entry('far', '健康路的路灯不亮', { lon: 106.6 }));
    index.add(entry('old', '健康路的路灯不亮', { atMs: start - 300 * dayMs }));
    index.add(entry('same', '健康路的路灯不亮'));
    index.add(entry('other', '菜市场的摊位费涨价'));
    const found = index.query(wish('健康路路灯坏了，晚上不亮'), 10);
    expect(found.map((one) => one.id)).toEqual(['same', 'old', 'far']);
    expect(found[0]?.distanceM).toBeCloseTo(0, 0);
    expect(found[2]?.distanceM).toBeGreaterThan(4_000);
  });

  it('finds what lies beside without a place of its own, and is not answered itself', () => {
    const index = createSimilarIndex();
    index.add(entry('a', '桥北农贸市场污水横流', { lon: null, lat: null }));
    index.add(entry('b', '桥北农贸市场污水横流'));
    const found = index.query(wish('桥北农贸市场污水', { exceptId: 'b' }), 10);
    expect(found.map((one) => [one.id, one.distanceM])).toEqual([['a', null]]);
  });

  it('forgets what was removed and replaces what is put in again', () => {
    const index = createSimilarIndex();
    index.add(entry('a', '电梯停运三天'));
    expect(index.remove('a')).toBe(true);
    expect(index.remove('a')).toBe(false);
    expect(index.query(wish('电梯停运'), 5)).toEqual([]);
    index.add(entry('a', '电梯停运三天'));
    index.add(entry('a', '垃圾无人清运'));
    expect(index.size).toBe(1);
    expect(index.query(wish('电梯停运'), 5)).toEqual([]);
    expect(index.query(wish('垃圾清运'), 5).map((one) => one.id)).toEqual(['a']);
  });

  it('asks nothing of text that has no words, and keeps to what is accepted', () => {
    const index = createSimilarIndex();
    index.add(entry('a', '消防通道被占'));
    expect(index.query(wish('！？'), 5)).toEqual([]);
    expect(index.query(wish('消防通道', { accepts: () => false }), 5)).toEqual([]);
    expect(createSimilarIndex().query(wish('消防通道'), 5)).toEqual([]);
  });

  it('finds of thousands what looking at every one finds (judge: queryAll)', () => {
    const rng = seededRandom(3);
    const places = ['健康路', '枇杷路', '桥北村', '人和街', '上清寺', '大溪沟', '石板坡', '菜园坝'];
    const matters = ['路灯不亮', '垃圾成堆', '电梯停运', '污水外溢', '占道经营', '噪音扰民', '违章停车', '水管爆裂'];
    const index = createSimilarIndex();
    const entries: SimilarEntry[] = Array.from({ length: 1_500 }, (_, k) => {
      const title = `${pickOne(rng, places)}${pickOne(rng, places)}${pickOne(rng, matters)}`;
      return entry(String(k), title, {
        text: `${title}，${pickOne(rng, matters)}，请${pickOne(rng, matters)}`,
        lon: randomBetween(rng, 106.5, 106.6),
        lat: randomBetween(rng, 29.5, 29.6),
        atMs: start + k * 60_000,
      });
    });
    for (const one of entries) index.add(one);
    let shared = 0;
    for (const one of entries.slice(0, 30)) {
      const asked = { ...one, exceptId: one.id };
      const all = new Set(index.queryAll(asked, 10).map((found) => found.id));
      shared += index.query(asked, 10).filter((found) => all.has(found.id)).length / 10;
    }
    expect(shared / 30).toBeGreaterThanOrEqual(0.95);
  });
});

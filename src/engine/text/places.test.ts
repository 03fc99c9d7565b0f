import { describe, expect, it } from 'vitest';
import { createPlaceFinder, type KnownPlace } from './places.ts';
import { createUrgencyFinder } from './urgency.ts';
import { createWordFinder } from './word-finder.ts';

const city = '500000';
const place = (name: string, path: readonly string[], given: Partial<KnownPlace> = {}): KnownPlace => ({
  name,
  aliases: [],
  kind: 'place',
  areaCode: path.at(-1) ?? null,
  path: [city, ...path],
  lon: 106.5,
  lat: 29.5,
  ...given,
});

describe('known words in a text', () => {
  it('are found longest first, from the left, not overlapping', () => {
    const finder = createWordFinder([
      ['健康', 1],
      ['健康路', 2],
      ['路灯', 3],
      ['健康路', 4],
    ]);
    expect(finder.find('健康路灯').map((one) => [one.start, one.end, ...one.values])).toEqual([[0, 3, 2, 4]]);
    expect(finder.find('健康灯路灯').map((one) => one.values)).toEqual([[1], [3]]);
    expect(finder.size).toBe(3);
    expect(createWordFinder([]).find('健康')).toEqual([]);
  });
});

describe('places in a message', () => {
  const finder = createPlaceFinder([
    place('桂花园社区', ['500103', '500103004'], { kind: 'area', aliases: ['桂花园'], lon: null, lat: null }),
    place('人民公园', ['500103', '500103001']),
    place('人民公园', ['500105', '500105002'], { lon: 106.6 }),
  ]);
  const names = (text: string, scope: readonly string[] = [city]) =>
    finder.find(text, scope).map((one) => [one.name, one.kind, one.areaCode, one.certainty]);

  it('are known by name and other names, with their area', () => {
    expect(names('住在桂花园，楼下很吵')).toEqual([['桂花园社区', 'area', '500103004', 'known']]);
  });
  it('of two namesakes the one nearer to where the message comes from is meant; else it is left open', () => {
    expect(names('人民公园的灯坏了', [city, '500105'])).toEqual([['人民公园', 'place', '500105002', 'known']]);
    expect(names('人民公园的灯坏了')).toEqual([['人民公园', 'place', null, 'several']]);
  });
  it('are guessed by their looks where nobody knows them', () => {
    expect(names('在枇杷路18号的阳光小区3栋2单元')).toEqual([
      ['枇杷路18号', 'road', null, 'pattern'],
      ['阳光小区', 'estate', null, 'pattern'],
      ['3栋2单元', 'building', null, 'pattern'],
    ]);
  });
  it('say where they stand in the text', () => {
    const text = '请看枇杷路';
    for (const one of finder.find(text, [])) expect(text.slice(one.start, one.end)).toBe(one.name);
  });
  it('are none in a message without any', () => {
    expect(names('路灯坏了，路面也不平，小区里很黑')).toEqual([]);
    expect(names('')).toEqual([]);
  });
});

describe('words that press', () => {
  const finder = createUrgencyFinder([
    { word: '着火', kind: 'life' },
    { word: '受伤', kind: 'life' },
    { word: '多次反映', kind: 'repeat' },
  ]);
  it('are told with their kind and place', () => {
    expect(finder.find('楼下着火了，多次反映')).toEqual([
      { word: '着火', kind: 'life', start: 2, end: 4 },
      { word: '多次反映', kind: 'repeat', start: 6, end: 10 },
    ]);
  });
  it('are not told when denied', () => {
    expect(finder.find('幸好没有人受伤，防止着火')).toEqual([]);
    expect(finder.find('没有人管，老人受伤')).toHaveLength(1);
  });
});

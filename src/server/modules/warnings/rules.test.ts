import { describe, expect, it } from 'vitest';
import { seededRandom } from '#kit/random.ts';
import { areas, box, district, east, street, west } from '#server/modules/grids/town.fixture.ts';
import type { CapAlert, CapArea, CapInfo } from './cap.ts';
import { bytes, capXml } from './cap.fixture.ts';
import { readCap } from './cap-read.ts';
import { parseKinds, readKinds } from './dictionary.ts';
import { placeAlert, toldAreas, type AreaTree, type TreeArea } from './rules-areas.ts';
import { keyOf, standingsOf, type Link } from './rules-chain.ts';
import { colourOf, kindOf } from './rules-colour.ts';
import { effectsWanted } from './rules-effects.ts';

const hour = 3_600_000;
const start = Date.UTC(2026, 5, 15);

function link(
  name: string,
  sentMs: number,
  msgType: Link['msgType'],
  names: readonly [string, number][],
  extra: Partial<Link> = {},
): Link {
  return {
    id: `id-${name}`,
    sender: 'a@b.org',
    identifier: name,
    sentMs,
    startsMs: sentMs,
    endsMs: start + 24 * hour,
    status: 'Actual',
    msgType,
    references: names.map(([identifier, ms]) => ({ sender: 'a@b.org', identifier, sent: new Date(ms).toISOString() })),
    ...extra,
  };
}
const statesOf = (links: readonly Link[], nowMs = start + 12 * hour): Record<string, string> =>
  Object.fromEntries([...standingsOf(links, nowMs)].map(([id, { state, by }]) => [id, by === null ? state : `${state} by ${by}`])); // prettier-ignore

describe('chains', () => {
  const alert = link('A', start, 'Alert', []);
  const update = link('B', start + hour, 'Update', [['A', start]]);
  it('an update replaces, a cancel ends what it names and what replaced that', () => {
    expect(statesOf([alert, update])).toEqual({ 'id-A': 'replaced by id-B', 'id-B': 'active' });
    const cancel = link('C', start + 2 * hour, 'Cancel', [['A', start]]);
    expect(statesOf([alert, update, cancel])).toEqual({
      'id-A': 'cancelled by id-C',
      'id-B': 'cancelled by id-C',
      'id-C': 'message',
    });
  });
  it('an update sent after the cancel begins anew', () => {
    const cancel = link('C', start + 2 * hour, 'Cancel', [['A', start]]);
    const later = link('D', start + 3 * hour, 'Update', [['A', start]]);
    expect(statesOf([alert, cancel, later])['id-D']).toBe('active');
  });
  it('nobody ends the message of another sender, no exercise ends a real one', () => {
    const foreign = link('F', start + hour, 'Cancel', [['A', start]], { sender: 'x@y.org' });
    const exercise = link('E', start + hour, 'Cancel', [['A', start]], { status: 'Exercise' });
    expect(statesOf([alert, foreign, exercise])['id-A']).toBe('active');
  });
  it('time: coming, active, expired', () => {
    const planned = link('P', start, 'Alert', [], { startsMs: start + hour, endsMs: start + 2 * hour });
    const at = (hours: number) => statesOf([planned], start + hours * hour)['id-P'];
    expect([at(0), at(1), at(1.9), at(2)]).toEqual(['coming', 'active', 'active', 'expired']);
  });

  it('any order of arrival gives the same states', () => {
    for (let seed = 1; seed <= 300; seed++) {
      const random = seededRandom(seed);
      const count = 2 + Math.floor(random() * 7);
      const links: Link[] = [];
      for (let k = 0; k < count; k++) {
        const earlier = links
          .filter(() => random() < 0.5)
          .map(({ identifier, sentMs }): [string, number] => [identifier, sentMs]);
        const type = k === 0 ? 'Alert' : random() < 0.6 ? 'Update' : 'Cancel';
        // Some share their time, so that ties are decided too.
        links.push(link(`m${k}`, start + Math.floor(random() * 3 + k / 2) * hour, type, earlier));
      }
      const expected = statesOf(links);
      for (let turn = 0; turn < 5; turn++) {
        const shuffled = links.map((one) => ({ one, at: random() })).toSorted((a, b) => a.at - b.at).map(({ one }) => one); // prettier-ignore
        expect([seed, statesOf(shuffled)]).toEqual([seed, expected]);
      }
    }
  });
  it('messages that name one another in a circle come to an end', () => {
    const a = link('A', start, 'Update', [['B', start]]);
    const b = link('B', start, 'Update', [['A', start]]);
    const c = link('C', start + hour, 'Cancel', [['A', start]]);
    expect(statesOf([a, b, c])).toMatchObject({ 'id-A': 'cancelled by id-C', 'id-B': 'cancelled by id-C' });
    expect(keyOf('a', 'b', 1)).toBe('a b 1');
  });
});

const byCode = new Map(
  areas.map((area): [string, TreeArea] => [area.code, { ...area, geometry: area.geometry ?? null }]),
);
const childrenOf = (code: string | null): TreeArea[] =>
  areas.filter(({ parentCode }) => parentCode === code).flatMap(({ code: own }) => byCode.get(own) ?? []);
const tree: AreaTree = { roots: () => childrenOf(null), children: childrenOf, area: (code) => byCode.get(code) };

function place(area: Partial<CapArea>, fallback: string | null = null): string[] {
  const alert: CapAlert = readCap(bytes(capXml()));
  const [info] = alert.info;
  if (info === undefined) throw new Error('The message of the fixture has no info.');
  const whole: CapArea = { areaDesc: '-', polygons: [], circles: [], geocodes: [], ...area };
  return placeAlert({ ...alert, info: [{ ...info, area: [whole] }] }, tree, fallback).codes;
}
const ringOf = (shape: ReturnType<typeof box>) => shape.coordinates[0] ?? [];
const code = (value: string, valueName = 'GB/T 2260') => [{ valueName, value }];

describe('which areas of ours', () => {
  it.each([
    ['a polygon over all', { polygons: [ringOf(box(-5, -5, 30, 30))] }, [street]],
    ['a polygon over one community', { polygons: [ringOf(box(9, -1, 21, 11))] }, [west, east].toSorted()],
    ['a polygon within a community', { polygons: [ringOf(box(11, 1, 12, 2))] }, [east]],
    ['a polygon elsewhere', { polygons: [ringOf(box(50, 50, 60, 60))] }, []],
    ['a circle', { circles: [{ centre: [104.015, 30.005] as const, radiusKm: 0.1 }] }, [east]],
    ['a point', { circles: [{ centre: [104.005, 30.005] as const, radiusKm: 0 }] }, [west]],
    ['a district by code', { geocodes: code('510104') }, [district]],
    ['a street by twelve digits', { geocodes: code(`${street}000`, '国家行政区划代码') }, [street]],
    ['a city', { geocodes: code('510100') }, ['510100']],
    ['a province', { geocodes: code('510000') }, ['510100']],
    ['another district', { geocodes: code('510105') }, []],
    ['a code of another system', { geocodes: code('510104', 'SAME') }, []],
    ['a community inside its named street', { geocodes: [...code(street), ...code(east)] }, [street]],
  ] as [string, Partial<CapArea>, string[]][])('%s', (_, area, expected) => {
    expect(place(area)).toEqual(expected);
  });
  it('a message without a place counts where its source says, one of elsewhere does not', () => {
    expect(place({}, street)).toEqual([street]);
    expect(place({})).toEqual([]);
    expect(place({ geocodes: code('440100') }, street)).toEqual([]);
  });
  it('told are those above and those below', () => {
    expect(toldAreas([east], tree).toSorted()).toEqual(['510100', district, street, east].toSorted());
    expect(toldAreas([street], tree)).toContain(`${west}001`);
  });
});

describe('colours, kinds, effects', () => {
  const info = (values: Record<string, string>): CapInfo => {
    const found = readCap(bytes(capXml({ info: values }))).info[0];
    if (found === undefined) throw new Error('The message of the fixture has no info.');
    return found;
  };
  it.each([
    [{ headline: '发布高温红色预警', severity: 'Minor' }, 'red'],
    [{ headline: '通知', severity: 'Moderate' }, 'yellow'],
    [{ headline: '通知', severity: 'Unknown' }, null],
    [{ headline: '暴雨橙色预警', parameter: '<valueName>colour</valueName><value>blue</value>' }, 'blue'],
  ] as const)('%o → %s', (values, colour) => {
    expect(colourOf(info(values as Record<string, string>))).toBe(colour);
  });
  it('kinds by code first, then by the longest word', async () => {
    const kinds = await readKinds();
    const coded = { event: '天气', headline: '-', eventCode: '<valueName>x</valueName><value>11b09</value>' };
    expect(kindOf(info(coded), kinds)?.code).toBe('heat');
    expect(kindOf(info({ event: '雷暴大风', headline: '-' }), kinds)?.code).toBe('gale');
    expect(kindOf(info({ event: '外星人', headline: '-' }), kinds)).toBeNull();
    expect(parseKinds('code,name,name_en,codes,words\na,b,c,,d;e')[0]?.words).toEqual(['d', 'e']);
  });
  it('only what is real, running, coloured and ours switches on', () => {
    const warning: Parameters<typeof effectsWanted>[0] = {
      status: 'Actual',
      state: 'active',
      outside: false,
      areas: [east],
      kind: 'rain',
      colour: 'orange',
    };
    const row = { id: 'e', kind: 'rain', leastColour: 'yellow', effect: 'rounds', target: '*', note: '', enabled: true, version: 1 } as const; // prettier-ignore
    const wanted = (change: object, effect: object = {}) =>
      effectsWanted({ ...warning, ...change }, [{ ...row, ...effect }]).length;
    expect(wanted({})).toBe(1);
    expect(wanted({}, { kind: '*' })).toBe(1);
    expect([{ status: 'Exercise' }, { state: 'coming' }, { outside: true }, { colour: null }, { colour: 'blue' }, { kind: 'heat' }].map((change) => wanted(change))).toEqual([0, 0, 0, 0, 0, 0]); // prettier-ignore
    expect([wanted({}, { enabled: false }), wanted({}, { leastColour: 'red' })]).toEqual([0, 0]);
  });
});

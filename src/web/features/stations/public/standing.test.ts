import { describe, expect, test } from 'vitest';
import type { PublicRow } from './api.ts';
import { busyOf, findStations, standingOf } from './standing.ts';
import { walkBetween } from './walk.ts';

const usual = { why: 'usual' as const, reason: '', reasonEn: '', extended: null };
const openings = [
  { from: '2026-06-15T01:00:00Z', until: '2026-06-15T09:00:00Z', ...usual },
  { from: '2026-06-16T01:00:00Z', until: '2026-06-16T09:00:00Z', ...usual },
];
const knownUntil = '2026-06-23T00:00:00Z';
const at = (time: string): number => Date.parse(`2026-06-${time}:00Z`);

describe('how a kept station stands', () => {
  test.each([
    ['before it opens', at('15T00:59'), { state: 'closed', opens: '2026-06-15T01:00:00Z' }],
    ['the moment it opens', at('15T01:00'), { state: 'open', until: '2026-06-15T09:00:00Z' }],
    ['the moment it closes', at('15T09:00'), { state: 'closed', opens: '2026-06-16T01:00:00Z' }],
    ['after the last opening known', at('17T00:00'), { state: 'closed', opens: null }],
    ['when the copy is too old to say', at('23T00:00'), { state: 'unknown' }],
  ])('%s', (_name, nowMs, standing) => {
    expect(standingOf({ openings }, knownUntil, nowMs)).toMatchObject(standing);
  });

  test('open to the end of what is known is open around the clock', () => {
    const always = [{ from: '2026-06-14T16:00:00Z', until: '2026-06-30T16:00:00Z', ...usual }];
    expect(standingOf({ openings: always }, knownUntil, at('20T03:00'))).toMatchObject({ state: 'open', until: null });
  });

  test('a word on how full it is lapses in the copy too', () => {
    const busy = { level: 'full' as const, at: '2026-06-15T02:00:00Z', lapsesAt: '2026-06-15T03:00:00Z' };
    expect(busyOf({ busy }, at('15T02:59'))).toBe('full');
    expect(busyOf({ busy }, at('15T03:00'))).toBeNull();
    expect(busyOf({ busy: null }, at('15T02:59'))).toBeNull();
  });
});

describe('finding', () => {
  const row = (code: string, change: Partial<PublicRow>): PublicRow => ({
    id: code,
    code,
    name: code,
    nameEn: '',
    areaCode: '500103004001',
    areaName: '',
    address: '',
    addressEn: '',
    lon: 106.5,
    lat: 29.5,
    phone: '',
    busy: null,
    openings,
    closings: [],
    facilities: [],
    ...change,
  });
  const has = (...codes: string[]) => ({
    facilities: codes.map((code) => ({ code, state: 'there' as const, quantity: null, note: '', noteEn: '' })),
  });
  const medicine = has('medicine', 'seats');
  const items = [
    row('far', { ...medicine, lon: 106.53 }),
    row('near', { ...medicine, lon: 106.51 }),
    row('nearest-closed', { ...medicine, lon: 106.501, openings: [] }),
    row('nearest-without', { ...has('seats'), lon: 106.502 }),
    row('broken', { facilities: [{ code: 'medicine', state: 'out_of_order', quantity: null, note: '', noteEn: '' }] }),
    row('elsewhere', { ...medicine, areaCode: '500105001001' }),
  ];
  const estimate = { who: 'adult' as const, detour: 1.5, speedMps: 1.1 };
  const wish = { needs: ['medicine'], street: '', nowMs: at('15T03:00') };
  const walk = (to: PublicRow) => walkBetween({ lon: 106.5, lat: 29.5 }, to, estimate);
  const codes = (found: { row: PublicRow }[]) => found.map(({ row: { code } }) => code);

  test('open ones that have it and work, the nearest first; the closed after', () => {
    const found = findStations({ items, knownUntil }, { ...wish, walk });
    expect(codes(found.open)).toEqual(['elsewhere', 'near', 'far']);
    expect(codes(found.closed)).toEqual(['nearest-closed']);
  });

  test('one street only; everything asked for at once', () => {
    expect(codes(findStations({ items, knownUntil }, { ...wish, street: '500103004', walk }).open)).toEqual([
      'near',
      'far',
    ]);
    expect(codes(findStations({ items, knownUntil }, { ...wish, needs: ['medicine', 'toilet'], walk }).open)).toEqual(
      [],
    );
  });

  test('without a start they keep an order of their own, and none has a walk', () => {
    const { open } = findStations({ items, knownUntil }, { ...wish, needs: [], walk: () => null });
    expect(codes(open)).toEqual(['broken', 'elsewhere', 'far', 'near', 'nearest-without']);
    expect(open.every((one) => one.walk === null)).toBe(true);
  });

  test('a walk is the straight line by detour and speed: 1 km takes 1500 m and 23 minutes', () => {
    const degree = 1000 / 111_195; // of latitude
    const { metres, seconds } = walkBetween({ lon: 106.5, lat: 29.5 }, { lon: 106.5, lat: 29.5 + degree }, estimate);
    expect(metres).toBeCloseTo(1500, -1);
    expect(seconds / 60).toBeCloseTo(22.7, 1);
  });
});

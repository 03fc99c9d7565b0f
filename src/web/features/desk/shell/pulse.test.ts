import { expect, test } from 'vitest';
import type { LiveChange } from '#web/app/live.ts';
import { isHeard, pulseOf } from './live-store.ts';

const now = Date.parse('2026-06-03T06:00:00Z');
const mine = 'b7c1a9a2-0000-4000-8000-000000000001';
const change = (part: Partial<LiveChange>): LiveChange => ({
  seq: 7,
  at: '2026-06-03T05:59:58Z',
  action: 'event.report',
  subjectType: 'event',
  subjectId: 'e',
  entryId: 'b7c1a9a2-0000-4000-8000-000000000002',
  actorId: null,
  data: { number: '20260603-000001', priority: 1 },
  ...part,
});

test('a new urgent event and a task of my unit ring; the rest does not', () => {
  expect(pulseOf(change({}), [], now)).toMatchObject({ kind: 'fresh', number: '20260603-000001', priority: 1 });
  expect(pulseOf(change({ data: { priority: 2 } }), [], now)).toBeNull();
  expect(pulseOf(change({ action: 'event.dispatch', data: { leadUnitId: mine } }), [mine], now)?.kind).toBe('mine');
  expect(pulseOf(change({ action: 'event.dispatch', data: { leadUnitId: mine } }), [], now)).toBeNull();
  expect(pulseOf(change({ action: 'event.invite', data: { unitIds: [mine] } }), [mine], now)?.kind).toBe('mine');
});

test('what happened long before it is told does not ring', () => {
  expect(pulseOf(change({ at: '2026-06-03T05:44:00Z' }), [], now)).toBeNull();
  expect(pulseOf(change({ at: '2025-08-11T05:44:00Z' }), [], now)).toBeNull();
});

test('a new urgent event is heard from every channel but that of the alarms, which rang; a task is only shown', () => {
  for (const channel of ['station', 'resident', 'grid_worker', 'hotline'])
    expect(isHeard(change({ data: { channel } }), { kind: 'fresh' })).toBe(true);
  expect(isHeard(change({ data: { channel: 'sensor' } }), { kind: 'fresh' })).toBe(false);
  expect(isHeard(change({ data: { channel: 'station' } }), { kind: 'mine' })).toBe(false);
});

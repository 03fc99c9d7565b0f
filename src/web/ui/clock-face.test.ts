import { expect, test } from 'vitest';
import { clockFace, rowFace } from './clock-face.ts';

const start = Date.parse('2026-06-01T00:00:00Z');
const hour = 3_600_000;
const at = (hours: number): string => new Date(start + hours * hour).toISOString();
const clock = { startedAt: at(0), dueAt: at(10) };

test.each([
  [0, 'calm', 10, 0],
  [7.9, 'calm', 2.1, 0.79],
  [8, 'soon', 2, 0.8],
  [10, 'soon', 0, 1],
  [15, 'late', -5, 1.5],
] as const)('a limit of ten hours at hour %s is %s', (hours, tone, left, share) => {
  const face = clockFace(clock, start + hours * hour);
  expect(face.tone).toBe(tone);
  expect(face.leftMs).toBeCloseTo(left * hour);
  expect(face.share).toBeCloseTo(share);
});

test('a clock that stands still says so and counts nothing', () => {
  expect(clockFace({ ...clock, paused: true }, start + 20 * hour)).toEqual({
    tone: 'paused',
    leftMs: null,
    share: null,
  });
  expect(clockFace({ startedAt: at(0), dueAt: null }, start)).toEqual({ tone: 'open', leftMs: null, share: null });
});

test('a stopped clock keeps what was left when it stopped, whatever the time now', () => {
  expect(clockFace({ ...clock, stoppedAt: at(4), late: false }, start + 99 * hour)).toEqual({
    tone: 'stopped',
    leftMs: 6 * hour,
    share: null,
  });
  expect(clockFace({ ...clock, stoppedAt: at(12), late: true }, start).tone).toBe('late');
});

test('the server’s word that it is late counts even when this device’s clock runs behind', () => {
  expect(clockFace({ ...clock, late: true }, start).tone).toBe('late');
});

test('a row that names the start of its clock warns at 80 % of that clock', () => {
  const row = { reportedAt: at(0), clockStartedAt: at(90), dueAt: at(100), late: false };
  expect(rowFace(row, start + 97.9 * hour).tone).toBe('calm');
  expect(rowFace(row, start + 98 * hour).tone).toBe('soon');
});

test('a row reported days ago does not warn days before its present step is due', () => {
  const row = { reportedAt: at(0), dueAt: at(100), late: false };
  expect(rowFace(row, start + 90 * hour).tone).toBe('calm');
  expect(rowFace(row, start + 99.5 * hour).tone).toBe('soon');
  expect(rowFace(row, start + 101 * hour).tone).toBe('late');
});

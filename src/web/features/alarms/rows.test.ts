import { describe, expect, it } from 'vitest';
import { ageFace, answeredShownMs, stripRows, type StripAlarm } from './rows.ts';

const now = Date.parse('2026-06-01T00:00:00Z');
const ago = (seconds: number): string => new Date(now - seconds * 1000).toISOString();

function alarm(id: string, deviceCode: string, priority: number, secondsAgo: number, answered?: number): StripAlarm {
  return {
    id,
    deviceCode,
    priority,
    raisedAt: ago(secondsAgo),
    answeredAt: answered === undefined ? null : ago(answered),
  };
}

describe('the rows of the strip', () => {
  it('begin with the newest P0, then by urgency, then by age', () => {
    const rows = stripRows(
      [alarm('a', 'A', 2, 1), alarm('b', 'B', 0, 300), alarm('c', 'C', 0, 5), alarm('d', 'D', 2, 50)],
      now,
    );
    expect(rows.map(({ top }) => top.id)).toEqual(['c', 'b', 'a', 'd']);
  });

  it('hold all alarms of one device, speaking of the most urgent that waits', () => {
    const [row, ...others] = stripRows(
      [alarm('warm', 'A', 2, 90), alarm('smoke', 'A', 0, 40), alarm('gas', 'A', 1, 10), alarm('done', 'A', 0, 200, 5)],
      now,
    );
    expect(others).toEqual([]);
    expect(row?.top.id).toBe('smoke');
    expect(row?.waiting.map(({ id }) => id)).toEqual(['smoke', 'gas', 'warm']);
  });

  it('keep what was answered in sight for a moment, below all that waits', () => {
    const answered = alarm('a', 'A', 0, 60, 3);
    const rows = stripRows([answered, alarm('b', 'B', 4, 9)], now);
    expect(rows.map(({ top, waiting }) => [top.id, waiting.length])).toEqual([
      ['b', 1],
      ['a', 0],
    ]);
    expect(stripRows([answered], now - 3_000 + answeredShownMs)).toEqual([]);
  });

  it('are none without alarms', () => {
    expect(stripRows([], now)).toEqual([]);
  });
});

describe('an age', () => {
  it.each([
    [7, '0:07'],
    [750, '12:30'],
    [3_723, '1:02:03'],
    [-4, '0:00'],
  ])('of %i seconds reads %s', (seconds, face) => {
    expect(ageFace(ago(seconds), now)).toBe(face);
  });
});

import { describe, expect, test } from 'vitest';
import { momentOf } from './times.ts';

const at = (local: string): string => new Date(`${local}:00+08:00`).toISOString();
const shift = (startsAt: string, endsAt: string) => ({ startsAt: at(startsAt), endsAt: at(endsAt) });

describe('a time typed for a shift', () => {
  const night = shift('2026-11-30T23:47', '2026-12-01T00:17');
  const early = shift('2027-01-01T00:05', '2027-01-01T03:00');
  const long = shift('2026-06-16T08:00', '2026-06-16T20:00');
  test.each([
    ['a night shift, come early', night, '23:02', '2026-11-30T23:02'],
    ['a night shift, come late', night, '00:02', '2026-12-01T00:02'],
    ['a night shift, gone at its end', night, '00:17', '2026-12-01T00:17'],
    ['a night shift, gone long after', night, '02:10', '2026-12-01T02:10'],
    ['from midnight, come the evening before, in the old year', early, '23:40', '2026-12-31T23:40'],
    ['from midnight, gone in the new year', early, '02:55', '2027-01-01T02:55'],
    ['a whole day, gone after an hour', long, '09:00', '2026-06-16T09:00'],
    ['a whole day, come early', long, '07:30', '2026-06-16T07:30'],
    ['a whole day, gone late', long, '21:15', '2026-06-16T21:15'],
  ])('%s', (_, given, time, expected) => {
    expect(momentOf(given, time)).toBe(at(expected));
  });
});

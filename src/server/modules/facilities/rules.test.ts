import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { convert } from '#server/modules/grids/index.ts';
import { doubtOf } from './crs-doubt.ts';
import { facilityClasses, idleOwners, needGroups } from './dictionary.ts';
import { readHours, writeHours } from './hours-text.ts';
import { shown } from './population.ts';
import { findHoursFault, hoursOfWeek, minuteOf, openAtMinute, weekMinuteOf, type OpenSpan } from './rules-hours.ts';
import { standardsUnder } from './standards.ts';
import type { StandardRow } from './store-standards.ts';

const week = [1, 2, 3, 4, 5, 6, 7];
const span = (days: number[], from: string, to: string): OpenSpan => ({ days, from, to });

describe('hours', () => {
  test.each<[string, OpenSpan[] | null, number, number, boolean | null]>([
    ['unknown', null, 1, 600, null],
    ['never', [], 1, 600, false],
    ['from the first minute', [span([1], '08:00', '18:00')], 1, 480, true],
    ['not the minute of closing', [span([1], '08:00', '18:00')], 1, 1080, false],
    ['not another day', [span([1], '08:00', '18:00')], 2, 600, false],
    ['past midnight, the same evening', [span([5], '22:00', '06:00')], 5, 1400, true],
    ['past midnight, the next morning', [span([5], '22:00', '06:00')], 6, 359, true],
    ['past midnight, no longer at six', [span([5], '22:00', '06:00')], 6, 360, false],
    ['from Sunday into Monday', [span([7], '22:00', '02:00')], 1, 60, true],
    ['around the clock', [span(week, '00:00', '24:00')], 3, 1439, true],
    ['till midnight', [span(week, '07:00', '24:00')], 3, 1439, true],
    ['in the break', [span([1], '09:00', '12:00'), span([1], '14:00', '18:00')], 1, 750, false],
  ])('%s', (_name, hours, weekday, minute, open) => {
    expect(openAtMinute(hours, weekday, minute)).toBe(open);
  });

  test('are of Shanghai: Sunday evening in UTC is Monday morning', () => {
    expect(weekMinuteOf(Date.parse('2026-06-14T16:30:00Z'))).toEqual({ weekday: 1, minute: 30 });
    expect(weekMinuteOf(Date.parse('2026-06-14T15:59:00Z'))).toEqual({ weekday: 7, minute: 1439 });
  });

  test.each<[string, OpenSpan[] | undefined]>([
    ['1-5 08:00-18:00; 6,7 09:00-12:00', [span([1, 2, 3, 4, 5], '08:00', '18:00'), span([6, 7], '09:00', '12:00')]],
    ['Mo-Fr 08:00-12:00,14:00-18:00', [span([1, 2, 3, 4, 5], '08:00', '12:00'), span([1, 2, 3, 4, 5], '14:00', '18:00')]],
    ['周一至周五 8:00-18:00', [span([1, 2, 3, 4, 5], '08:00', '18:00')]],
    ['周六、周日 09：00—12：00'.replace('—', '-'), [span([6, 7], '09:00', '12:00')]],
    ['每天 06:00-23:00', [span(week, '06:00', '23:00')]],
    ['工作日 09:00-17:00', [span([1, 2, 3, 4, 5], '09:00', '17:00')]],
    ['6-1 10:00-12:00', [span([1, 6, 7], '10:00', '12:00')]],
    ['22:00-06:00', [span(week, '22:00', '06:00')]],
    ['24/7', [span(week, '00:00', '24:00')]],
    ['24小时', [span(week, '00:00', '24:00')]],
    ['off', []],
    ['sunrise-sunset', undefined],
    ['1-5 8-18', undefined],
    ['1-5 08:00-25:00', undefined],
    ['1-5 08:60-18:00', undefined],
    ['1-8 08:00-18:00', undefined],
    ['PH off', undefined],
    ['1 08:00-12:00; 1 11:00-13:00', undefined],
  ])('reads %s', (text, hours) => {
    expect(readHours(text)).toEqual(hours);
  }); // prettier-ignore

  const time = fc
    .integer({ min: 0, max: 1439 })
    .map((m) => `${String(Math.floor(m / 60)).padStart(2, '0')}:${String(m % 60).padStart(2, '0')}`);
  const spans = fc.array(
    fc.record({ days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 7 }).map((d) => d.toSorted((a, b) => a - b)), from: time, to: time }),
    { minLength: 1, maxLength: 4 },
  ); // prettier-ignore

  test('whatever is without fault is read back as it was written', () => {
    fc.assert(
      fc.property(spans, (hours) => {
        fc.pre(findHoursFault(hours) === undefined);
        expect(readHours(writeHours(hours))).toEqual(hours);
      }),
    );
  });

  test('have a fault exactly when a minute of the week is told twice', () => {
    fc.assert(
      fc.property(spans, (hours) => {
        const told = new Map<number, number>();
        for (const { days, from, to } of hours)
          for (const day of days) {
            const start = (day - 1) * 1440 + minuteOf(from);
            const length = minuteOf(to) - minuteOf(from);
            for (let k = 0; k < (length > 0 ? length : length + 1440); k++) {
              const minute = (start + k) % 10_080;
              told.set(minute, (told.get(minute) ?? 0) + 1);
            }
          }
        expect(findHoursFault(hours) !== undefined).toBe([...told.values()].some((times) => times > 1));
      }),
      { numRuns: 60 },
    );
  });

  test('of a station become those of a facility, days of the same hours together', () => {
    const day = [[540, 720], [840, 1080]] as const; // prettier-ignore
    expect(hoursOfWeek([day, day, day, day, day, [[600, 1440]], [[1320, 1560]], [[0, 1]]])).toEqual([
      span([1, 2, 3, 4, 5], '09:00', '12:00'),
      span([6], '10:00', '24:00'),
      span([1, 2, 3, 4, 5], '14:00', '18:00'),
      span([7], '22:00', '02:00'),
    ]);
  });
});

describe('standards', () => {
  const word = (areaCode: string, values: Partial<StandardRow>): StandardRow => ({
    id: '', areaCode, classCode: 'fresh_market', version: 1, walkMin: null, radiusM: null, perPeople: null, reason: '', at: new Date(0), accountId: null, ...values,
  }); // prettier-ignore
  const path = ['500000', '500103', '500103004'];
  const inForce = (words: StandardRow[]) =>
    standardsUnder(facilityClasses().values(), words, path).find(({ code }) => code === 'fresh_market');

  test('are the norm’s where nobody said otherwise, and keep what was not said', () => {
    expect(inForce([])).toMatchObject({ walkMin: 8, radiusM: 500, own: null });
    expect(inForce([word('500103', { walkMin: 10 })])).toMatchObject({
      walkMin: 10,
      radiusM: 500,
      own: { areaCode: '500103' },
    });
  });

  test('of a district go before those of the city, until the district gives its own back', () => {
    const city = word('500000', { walkMin: 12 });
    expect(inForce([city])).toMatchObject({ walkMin: 12 });
    expect(inForce([city, word('500103', { walkMin: 6 })])).toMatchObject({ walkMin: 6 });
    expect(inForce([city, word('500103', { version: 2 })])).toMatchObject({ walkMin: 12, own: { areaCode: '500000' } });
    expect(inForce([word('500105', { walkMin: 6 })])).toMatchObject({ walkMin: 8, own: null });
  });

  test('every dictionary names its source and how sure it is', () => {
    for (const words of [facilityClasses(), idleOwners(), needGroups()])
      for (const { source, certainty, name, nameEn } of words.values()) {
        expect([source, certainty, name, nameEn]).not.toContain('');
      }
    for (const { group } of facilityClasses().values()) expect(needGroups().has(group)).toBe(true);
  });
});

describe('numbers of people', () => {
  test.each([
    [
      { people: 200, elders: 40, children: 20 },
      { people: 200, elders: 40, children: 20 },
    ],
    [
      { people: 200, elders: 4, children: 20 },
      { people: 200, elders: null, children: 20 },
    ],
    [
      { people: 200, elders: 0, children: 20 },
      { people: 200, elders: 0, children: 20 },
    ],
    [
      { people: 4, elders: 0, children: 0 },
      { people: null, elders: 0, children: 0 },
    ],
    [
      { people: 0, elders: 0, children: 0 },
      { people: 0, elders: 0, children: 0 },
    ],
    // The two who are neither would follow from the rest.
    [
      { people: 30, elders: 20, children: 8 },
      { people: 30, elders: null, children: null },
    ],
  ])('%j is shown as %j', (counted, told) => {
    expect(shown(counted, 5)).toEqual(told);
  });
});

describe('a coordinate system that is not what the file says', () => {
  const rules = { rows: 5, fromM: 250, fitsM: 80 };
  const known = Array.from({ length: 8 }, (_, k) => [106.54 + k / 500, 29.56 + k / 700] as const);
  /** WGS-84 → the other one, numerically: the inverse of what the module undoes. */
  const shifted = (at: readonly [number, number]): [number, number] => {
    let [lon, lat] = at;
    for (let k = 0; k < 30; k++) {
      const [x, y] = convert([lon, lat], 'gcj02') as [number, number];
      [lon, lat] = [lon + at[0] - x, lat + at[1] - y];
    }
    return [lon, lat];
  };

  test('is found by known places that lie shifted alike, by some hundred metres', () => {
    const doubt = doubtOf(known.map((at) => ({ stated: shifted(at), known: at })), rules); // prettier-ignore
    expect(doubt).toMatchObject({ likely: 'gcj02', rows: 8 });
    expect(doubt?.medianM).toBeGreaterThan(300);
    expect(doubt?.medianM).toBeLessThan(700);
  });

  test('is not suspected of points in their place, of few, of some that moved, and of others that are shifted another way', () => {
    expect(doubtOf(known.map((at) => ({ stated: at, known: at })), rules)).toBeNull(); // prettier-ignore
    expect(doubtOf(known.slice(0, 4).map((at) => ({ stated: shifted(at), known: at })), rules)).toBeNull(); // prettier-ignore
    expect(doubtOf(known.map((at) => ({ stated: [at[0] - 0.004, at[1]] as const, known: at })), rules)).toBeNull(); // prettier-ignore
  });
});

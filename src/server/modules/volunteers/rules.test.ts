import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readVolunteerWords } from './dictionary.ts';
import { dayOf, startOf, weekdayOf } from '#kit/shanghai-days.ts';
import {
  certificateNumber,
  hoursOf,
  keepPresence,
  marksOf,
  maskName,
  openAround,
  plainPhone,
  planDay,
  sameName,
  tailOf,
  type Pattern,
} from './rules.ts';

const { rules } = readVolunteerWords();
const day = '2026-06-16';
const shift = { startMs: startOf(day) + 9 * 3_600_000, endMs: startOf(day) + 12 * 3_600_000 };
const minute = 60_000;

describe('hours', () => {
  test.each([
    [0, 0],
    [29, 0],
    [30, 0.5],
    [59, 0.5],
    [60, 1],
    [179, 2.5],
    [180, 3],
  ])('%i minutes are read as %f hours', (minutes, hours) => {
    expect(hoursOf(minutes, rules.hour_step_minutes)).toBe(hours);
  });

  test('never exceed the span of the recorded times, nor what the shift allows, whatever is said', () => {
    fc.assert(
      fc.property(fc.integer({ min: -120, max: 400 }), fc.integer({ min: -120, max: 400 }), (from, until) => {
        const told = {
          presence: 'came' as const,
          arrivedMs: shift.startMs + from * minute,
          leftMs: shift.startMs + until * minute,
        };
        try {
          const { minutes } = keepPresence(shift, told, rules, shift.endMs + 86_400_000);
          expect(minutes).toBe(until - from);
          expect(minutes).toBeLessThanOrEqual(180 + rules.early_minutes + rules.late_minutes);
          expect(hoursOf(minutes ?? 0, rules.hour_step_minutes) * 60).toBeLessThanOrEqual(minutes ?? 0);
          expect(from).toBeGreaterThanOrEqual(-rules.early_minutes);
        } catch (error) {
          expect(error).toMatchObject({ code: 'bad_input' });
          expect(until <= from || from < -rules.early_minutes || until > 180 + rules.late_minutes).toBe(true);
        }
      }),
    );
  });

  test('rounding once over the sum loses less than one step, rounding each would lose more', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 40 }), (stretches) => {
        const sum = stretches.reduce((all, one) => all + one, 0);
        const shown = hoursOf(sum, rules.hour_step_minutes) * 60;
        expect(sum - shown).toBeLessThan(rules.hour_step_minutes);
        const each = stretches.reduce((all, one) => all + hoursOf(one, rules.hour_step_minutes) * 60, 0);
        expect(shown).toBeGreaterThanOrEqual(each);
      }),
    );
  });

  test('whoever did not come has no times and no minutes, and is not missing before the shift began', () => {
    const told = { presence: 'absent' as const, arrivedMs: shift.startMs, leftMs: shift.endMs };
    expect(keepPresence(shift, told, rules, shift.endMs)).toEqual({
      presence: 'absent',
      arrivedMs: null,
      leftMs: null,
      minutes: null,
    });
    expect(() => keepPresence(shift, told, rules, shift.startMs - minute)).toThrow('nobody is missing yet');
  });

  test('late and early are told beyond the grace only', () => {
    const at = (from: number, until: number) =>
      marksOf(
        shift,
        { arrivedMs: shift.startMs + from * minute, leftMs: shift.endMs + until * minute },
        rules.grace_minutes,
      );
    expect(at(10, -10)).toEqual({ late: false, early: false });
    expect(at(11, -11)).toEqual({ late: true, early: true });
  });
});

describe('the week', () => {
  const pattern: Pattern = {
    post: 'guide',
    weekdays: [2],
    startMinute: 540,
    minutes: 180,
    needed: 1,
    most: 2,
    partnerId: null,
    partnerPlaces: 0,
  };

  test('makes what is due that weekday and lies wholly within one open span', () => {
    expect(weekdayOf(day)).toBe(2);
    const open = [{ fromMinute: 540, untilMinute: 720 }];
    expect(planDay(day, [pattern], open).planned).toMatchObject([{ day, startMs: shift.startMs, endMs: shift.endMs }]);
    expect(planDay('2026-06-17', [pattern], open)).toEqual({ planned: [], outside: 0 });
    const split = [
      { fromMinute: 540, untilMinute: 600 },
      { fromMinute: 600, untilMinute: 720 },
    ];
    expect(planDay(day, [pattern], split)).toEqual({ planned: [], outside: 1 });
  });

  test('a day is the day of Shanghai', () => {
    expect(dayOf(Date.parse('2026-06-15T16:00:00Z'))).toBe('2026-06-16');
    expect(startOf('2026-06-16')).toBe(Date.parse('2026-06-15T16:00:00Z'));
  });
});

describe('people', () => {
  test('the same number and the same name are the same, however typed', () => {
    for (const typed of ['138 0000 1111', '+86 13800001111', '0086-138-0000-1111', '１３８００００１１１１'])
      expect(plainPhone(typed)).toBe('13800001111');
    expect(sameName('陈 静', '陈静')).toBe(true);
    expect(sameName('陈静', '陈婧')).toBe(false);
  });

  test('masks show a first letter and four digits', () => {
    expect([maskName('王小红'), maskName('𠮷田'), maskName('')]).toEqual(['王*', '𠮷*', '']);
    expect([tailOf('13800001111'), tailOf('110')]).toEqual(['1111', '']);
  });

  test('a certificate number holds no letters that are read for others', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 8, maxLength: 8 }), (bytes) => {
        expect(certificateNumber('500103', day, bytes)).toMatch(/^ZY500103-20260616-[2-9A-HJKMNP-Z]{8}$/);
      }),
    );
  });
});

describe('hours around midnight', () => {
  const span = (from: number, until: number) => ({ fromMinute: from * 60, untilMinute: until * 60 });

  test('one open day after another is one time, and a night belongs to both its days', () => {
    expect(openAround([span(0, 24)], [span(0, 24)], [span(0, 24)])).toEqual([span(-24, 48)]);
    expect(openAround([span(20, 26)], [span(8, 20)], [span(8, 20)])).toEqual([span(-4, 2), span(8, 20), span(32, 44)]);
    expect(openAround([], [span(22, 24)], [span(0, 2), span(9, 12)])).toEqual([span(22, 26), span(33, 36)]);
    expect(openAround([], [], [])).toEqual([]);
  });

  test('a shift over midnight is within the hours of a station that is open then, and of no other', () => {
    const night: Pattern = { post: 'guide', weekdays: [2], startMinute: 23 * 60 + 47, minutes: 30, needed: 1, most: 1, partnerId: null, partnerPlaces: 0 }; // prettier-ignore
    const always = openAround([span(0, 24)], [span(0, 24)], [span(0, 24)]);
    const { planned, outside } = planDay(day, [night], always);
    expect(outside).toBe(0);
    expect(planned).toMatchObject([
      { day, startMs: startOf(day) + 1427 * minute, endMs: startOf(day) + 1457 * minute },
    ]);
    expect(planDay(day, [night], openAround([span(8, 20)], [span(0, 24)], [span(8, 20)]))).toEqual({
      planned: [],
      outside: 1,
    });
    expect(planDay(day, [{ ...night, startMinute: 30 }], openAround([span(20, 26)], [span(8, 20)], [])).outside).toBe(
      0,
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agreementStates, pledgeEveries, type AgreementState } from '#contract/partners-words.ts';
import { readPartnerWords, reminderSteps } from './dictionary.ts';
import { addDays, daysBetween } from '#kit/shanghai-days.ts';
import { addMonths, quarterOf } from './rules-days.ts';
import { dueBy, isAlive, isBehind, periodsOf, type Promised } from './rules-due.ts';
import {
  agreementState,
  averageOf,
  creditCheck,
  isCreditCode,
  leading,
  maskName,
  maskPhone,
  partnerState,
  reminderDue,
} from './rules.ts';

const start = '2024-01-01';
const someDay = (max = 900) => fc.integer({ min: 0, max }).map((n) => addDays(start, n));

describe('the state of an agreement', () => {
  it('is told by its days, in every case', () => {
    const from = 10;
    const ending = 3;
    const at = (n: number): string => addDays(start, n);
    for (const signed of [false, true])
      for (const followed of [false, true])
        for (const to of [10, 11, 14, 20])
          for (const ended of [null, 9, 10, 12, 20])
            for (let today = 7; today <= 23; today++) {
              const agreement = {
                fromDay: at(from),
                toDay: at(to),
                signedOn: signed ? at(5) : null,
                endedOn: ended === null ? null : at(ended),
                followed,
              };
              const last = Math.min(to, ended ?? to);
              // The judge reads the sentences of the rule one by one.
              let wanted: AgreementState = 'running';
              if (!followed && last - today <= ending) wanted = 'ending';
              if (today < from) wanted = 'waiting';
              if (today > last || last < from) wanted = 'ended';
              if (!signed) wanted = 'draft';
              expect([agreement, at(today), agreementState(agreement, at(today), ending)]).toEqual([
                agreement,
                at(today),
                wanted,
              ]);
            }
  });

  it('passes only forward as days go by', () => {
    const order = ['waiting', 'running', 'ending', 'ended'];
    fc.assert(
      fc.property(someDay(300), fc.nat(400), fc.nat(90), fc.boolean(), (fromDay, long, endingDays, followed) => {
        const agreement = { fromDay, toDay: addDays(fromDay, long), signedOn: fromDay, endedOn: null, followed };
        const passed = Array.from({ length: long + 10 }, (_, n) =>
          order.indexOf(agreementState(agreement, addDays(fromDay, n - 5), endingDays)),
        );
        expect(passed).toEqual(passed.toSorted((a, b) => a - b));
      }),
      { numRuns: 60 },
    );
  });
});

describe('the state of a partner', () => {
  const one = (state: AgreementState, fromDay = start) => ({ state, fromDay });

  it('is that of the agreement that says most, for every set of agreements', () => {
    const weight = ['running', 'ending', 'waiting', 'draft', 'ended'];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...agreementStates), { maxLength: 5 }), (states) => {
        const wanted = weight.find((word) => states.includes(word as AgreementState)) ?? 'draft';
        expect(
          partnerState(
            null,
            states.map((state, k) => one(state, addDays(start, k))),
            start,
          ),
        ).toBe(wanted);
      }),
    );
  });

  it('is left from the day after the last one, whatever runs', () => {
    expect(partnerState('2024-05-31', [one('running')], '2024-05-31')).toBe('running');
    expect(partnerState('2024-05-31', [one('running')], '2024-06-01')).toBe('left');
  });

  it('is spoken for by the latest of equal ones', () => {
    expect(leading([one('ended', '2023-01-01'), one('ended', '2024-01-01')])?.fromDay).toBe('2024-01-01');
    expect(leading([])).toBeUndefined();
  });
});

/** Walks through the promise day by day, as somebody with a calendar on the wall would. */
function dueByWalking({ every, quantity, fromDay, toDay, endedOn }: Promised, today: string): number {
  const last = endedOn !== null && endedOn < toDay ? endedOn : toDay;
  if (every === 'once') return endedOn !== null && endedOn < toDay ? 0 : toDay < today ? quantity : 0;
  const anchor = Number(fromDay.slice(8));
  let days = 0;
  let months = 0;
  let due = 0;
  for (let day = fromDay; day <= last && day < today; day = addDays(day, 1)) {
    days += 1;
    const next = addDays(day, 1);
    const date = Number(next.slice(8));
    const lastOfMonth = addDays(next, 1).slice(5, 7) !== next.slice(5, 7);
    const turns = date === anchor || (lastOfMonth && date < anchor);
    if (turns) months += 1;
    const complete = every === 'weekly' ? days % 7 === 0 : turns && months % (every === 'monthly' ? 1 : 3) === 0;
    if (complete) due += quantity;
  }
  return due;
}

const promised: fc.Arbitrary<Promised> = fc
  .record({
    every: fc.constantFrom(...pledgeEveries),
    quantity: fc.integer({ min: 1, max: 500 }),
    fromDay: someDay(500),
    long: fc.nat(800),
    endedAfter: fc.option(fc.integer({ min: -5, max: 800 })),
  })
  .map(({ long, endedAfter, ...rest }) => ({
    ...rest,
    toDay: addDays(rest.fromDay, long),
    endedOn: endedAfter === null ? null : addDays(rest.fromDay, endedAfter),
  }));

describe('what is due', () => {
  it('is what somebody counts who walks through the days', () => {
    fc.assert(
      fc.property(promised, someDay(1500), (one, today) => {
        expect(dueBy(one, today).quantity).toBe(dueByWalking(one, today));
      }),
      { numRuns: 600 },
    );
  });

  it('comes in periods that follow one another without a gap, within the promise', () => {
    fc.assert(
      fc.property(promised, (one) => {
        const periods = periodsOf(one);
        periods.forEach((period, k) => {
          expect(period.no).toBe(k + 1);
          expect(period.fromDay).toBe(k === 0 ? one.fromDay : addDays(periods[k - 1]?.toDay ?? '', 1));
          expect(period.toDay <= one.toDay).toBe(true);
        });
      }),
      { numRuns: 300 },
    );
  });

  it('never shrinks as days go by, and is never more than the whole', () => {
    fc.assert(
      fc.property(promised, someDay(1200), (one, day) => {
        const now = dueBy(one, day).quantity;
        expect(dueBy(one, addDays(day, 1)).quantity).toBeGreaterThanOrEqual(now);
        expect(now).toBeLessThanOrEqual(periodsOf(one).length * one.quantity);
      }),
      { numRuns: 200 },
    );
  });

  it('is counted from the day of the month, the last where there is none', () => {
    const monthly = {
      every: 'monthly',
      quantity: 20,
      fromDay: '2025-01-31',
      toDay: '2025-12-31',
      endedOn: null,
    } as const;
    expect(periodsOf(monthly).slice(0, 3)).toEqual([
      { no: 1, fromDay: '2025-01-31', toDay: '2025-02-27' },
      { no: 2, fromDay: '2025-02-28', toDay: '2025-03-30' },
      { no: 3, fromDay: '2025-03-31', toDay: '2025-04-29' },
    ]);
    expect(dueBy(monthly, '2025-02-27')).toMatchObject({ periods: 0, current: { no: 1 } });
    expect(dueBy(monthly, '2025-02-28')).toMatchObject({ periods: 1, quantity: 20, current: { no: 2 } });
  });

  it('leaves out what is shorter than a period, and a single gift that was called off', () => {
    const weekly = { every: 'weekly', quantity: 3, fromDay: start, toDay: addDays(start, 19), endedOn: null } as const;
    expect(periodsOf(weekly)).toHaveLength(2);
    const once = { ...weekly, every: 'once' } as const;
    expect(dueBy(once, addDays(start, 20)).quantity).toBe(3);
    expect(dueBy({ ...once, endedOn: start }, addDays(start, 20)).quantity).toBe(0);
  });

  it('is behind only below it, and what came early counts', () => {
    const weekly = { every: 'weekly', quantity: 3, fromDay: start, toDay: addDays(start, 27), endedOn: null } as const;
    expect([2, 3, 9].map((came) => isBehind(weekly, came, addDays(start, 7)))).toEqual([true, false, false]);
    expect(isBehind(weekly, 0, addDays(start, 6))).toBe(false);
    expect([isAlive(weekly, start), isAlive(weekly, addDays(start, 27)), isAlive(weekly, addDays(start, 28))]).toEqual([
      true,
      true,
      false,
    ]);
  });
});

describe('reminders of renewal', () => {
  it('come once for each step, and once only when several have passed', () => {
    const steps = reminderSteps(readPartnerWords());
    let given: number | null = null;
    const said: [number, number][] = [];
    for (let left = 90; left >= -3; left--) {
      const step = reminderDue(left, steps, given);
      if (step !== null) {
        said.push([left, step]);
        given = step;
      }
    }
    expect(said).toEqual([
      [60, 60],
      [30, 30],
      [7, 7],
    ]);
    expect(reminderDue(5, steps, null)).toBe(7);
    expect(reminderDue(5, steps, 7)).toBeNull();
  });
});

describe('small rules', () => {
  it('know a unified social credit code by its last character', () => {
    // Published codes of registered companies: the rule must accept them, and refuse every other last character.
    const letters = '0123456789ABCDEFGHJKLMNPQRTUWXY';
    for (const code of ['91110000802100433B', '91440300708461136T', '91110108551385082Q'])
      expect([...letters].filter((last) => isCreditCode(code.slice(0, 17) + last))).toEqual([code[17]]);
    expect(letters[creditCheck('91110000802100433B')]).toBe('B');
    expect([isCreditCode(''), isCreditCode('91500103MA5U0TESTI'), isCreditCode('915001')]).toEqual([
      false,
      false,
      false,
    ]);
  });

  it('mask', () => {
    expect([maskPhone('13800138000'), maskPhone('110'), maskName('陈明'), maskName('')]).toEqual([
      '138****8000',
      '1***',
      '陈**',
      '**',
    ]);
  });

  it('give no average below the limit', () => {
    expect([averageOf({ n: 4, sum: 20 }, 5), averageOf({ n: 5, sum: 22 }, 5), averageOf({ n: 0, sum: 0 }, 5)]).toEqual([
      null,
      4.4,
      null,
    ]);
  });

  it('count days and quarters', () => {
    expect([daysBetween('2024-02-28', '2024-03-01'), addMonths('2024-01-31', 1), addMonths('2023-11-30', 3)]).toEqual([
      2,
      '2024-02-29',
      '2024-02-29',
    ]);
    expect([quarterOf('2026-03-31'), quarterOf('2026-04-01'), quarterOf('2026-12-31')]).toEqual([
      '2026Q1',
      '2026Q2',
      '2026Q4',
    ]);
  });

  it('have all they need in the dictionaries', () => {
    const words = readPartnerWords();
    expect(reminderSteps(words)).toEqual([60, 30, 7]);
    for (const list of [words.kinds, words.resources, words.units, words.returns, words.exits])
      for (const word of list.values()) expect([word.name === '', word.nameEn === '']).toEqual([false, false]);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { burdenRoutes } from '#contract/burden.ts';
import { forceLinkRoutes } from '#contract/force-links.ts';
import { forceRoutes } from '#contract/force.ts';
import { lentFor } from '../identity/lend.ts';
import { readForceWords } from './dictionary.ts';
import { addDays, dayOf, startOf, weekdayOf } from '#kit/shanghai-days.ts';
import {
  addMonths,
  daysOf,
  gapsOf,
  isWithin,
  maskPhone,
  mondayOf,
  reachStateOf,
  spanOf,
  timesBetween,
} from './rules.ts';
import { weekOf } from './burden.ts';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

const someDay = fc.integer({ min: 0, max: 800 }).map((n) => addDays('2026-01-01', n));

describe('days', () => {
  it('are Shanghai days', () => {
    expect(dayOf(Date.parse('2026-06-03T16:00:00Z'))).toBe('2026-06-04');
    expect(startOf('2026-06-04')).toBe(Date.parse('2026-06-03T16:00:00Z'));
    expect([weekdayOf('2026-06-07'), mondayOf('2026-06-07')]).toEqual([7, '2026-06-01']);
    expect(daysOf('2026-02')).toHaveLength(28);
    expect([addMonths('2026-01-31', 1), addMonths('2026-01-31', 2)]).toEqual(['2026-02-28', '2026-03-31']);
  });

  it('a night shift ends the next morning', () => {
    const { startMs, endMs } = spanOf('2026-06-03', { startMinute: 1080, minutes: 870 });
    expect([new Date(startMs).toISOString(), new Date(endMs).toISOString()]).toEqual([
      '2026-06-03T10:00:00.000Z',
      '2026-06-04T00:30:00.000Z',
    ]);
  });
});

describe('cover', () => {
  const role = fc.constantFrom(
    'full_time',
    'leader',
    'special_care',
    'secretary',
    'handler',
    'system_admin',
    'nonsense',
  );
  const held = fc.record({
    id: fc.uuid(),
    unitId: fc.uuid(),
    areaCode: fc.option(fc.constantFrom('500103004010001', '500103004010')),
    role,
    since: someDay,
    until: fc.option(someDay),
  });

  it('never gives more than the absent person holds, nor for longer', () => {
    fc.assert(
      fc.property(
        fc.array(held, { maxLength: 6 }),
        someDay,
        fc.integer({ min: 0, max: 60 }),
        (all, firstDay, length) => {
          const lastDay = addDays(firstDay, length);
          for (const lent of lentFor(all, { firstDay, lastDay })) {
            const of = all.find(({ id }) => id === lent.ofId);
            expect(of).toMatchObject({ unitId: lent.unitId, areaCode: lent.areaCode, role: lent.role });
            expect(lent.since >= firstDay && lent.until <= lastDay && lent.since <= lent.until).toBe(true);
            expect(lent.since >= (of?.since ?? '') && lent.until <= (of?.until ?? lastDay)).toBe(true);
            expect(['special_care', 'system_admin', 'nonsense']).not.toContain(lent.role);
          }
        },
      ),
    );
  });
});

describe('who is there', () => {
  it('leave comes before a word, a word before nothing', () => {
    const nowMs = Date.parse('2026-06-03T02:00:00Z');
    const said = (state: string) => ({ state, untilMs: nowMs + 1 });
    const state = (known: Partial<Parameters<typeof reachStateOf>[0]>) =>
      reachStateOf({ onLeave: false, onShift: false, said: null, hours: null, ...known }, nowMs);
    expect(state({ onLeave: true, onShift: true, said: said('available') })).toBe('on_leave');
    expect(state({ onShift: true, said: said('away') })).toBe('away');
    expect(state({ said: { state: 'away', untilMs: nowMs } })).toBe('unsaid');
    expect(state({ hours: { weekdays: [1], fromMinute: 0, untilMinute: 1439 } })).toBe('off_hours');
  });

  it('hours over midnight belong to the day they begin on', () => {
    const hours = { weekdays: [3], fromMinute: 1320, untilMinute: 360 };
    expect(isWithin(hours, Date.parse('2026-06-03T23:00:00+08:00'))).toBe(true);
    expect(isWithin(hours, Date.parse('2026-06-04T05:00:00+08:00'))).toBe(true);
    expect(isWithin(hours, Date.parse('2026-06-03T05:00:00+08:00'))).toBe(false);
  });

  it('masks telephones', () => {
    expect([maskPhone('13800138000'), maskPhone('110')]).toEqual(['138****8000', '****']);
  });
});

describe('gaps', () => {
  it('a gap and the people there are always what is needed', () => {
    const pattern = { code: 'day', name: '白班', nameEn: 'day', startMinute: 0, minutes: 60, needed: 3 };
    fc.assert(
      fc.property(fc.array(someDay, { maxLength: 30 }), (list) => {
        const days = [...new Set(list)];
        const shifts = list.map((day) => ({ day, code: 'day' }));
        const gaps = new Map(gapsOf(days, [pattern], shifts, '2020-01-01').map((gap) => [gap.day, gap.missing]));
        for (const day of days)
          expect(Math.max(3, shifts.filter((one) => one.day === day).length)).toBe(
            (gaps.get(day) ?? 0) + shifts.filter((one) => one.day === day).length,
          );
      }),
    );
  });
});

describe('burden', () => {
  const words = readForceWords();

  it('of a longer time is the sum of its parts', () => {
    const every = fc.constantFrom('once' as const, 'weekly' as const, 'monthly' as const, 'quarterly' as const);
    fc.assert(
      fc.property(
        every,
        someDay,
        fc.integer({ min: 0, max: 200 }),
        someDay,
        fc.integer({ min: 1, max: 90 }),
        (rhythm, dueDay, life, from, n) => {
          const task = { every: rhythm, dueDay, lastDay: addDays(dueDay, life) };
          const [middle, to] = [addDays(from, n), addDays(from, 2 * n)];
          expect(timesBetween(task, from, to)).toBe(
            timesBetween(task, from, middle) + timesBetween(task, addDays(middle, 1), to),
          );
        },
      ),
    );
  });

  it('equals what the lines say, act by act', () => {
    const action = fc.constantFrom(...words.acts.keys());
    const lines = fc.array(fc.record({ action, photos: fc.integer({ min: 0, max: 5 }) }), { maxLength: 40 });
    fc.assert(
      fc.property(lines, (all) => {
        const acts = [...Map.groupBy(all, (one) => one.action)].map(([code, list]) => ({
          actorId: 'a',
          monday: '2026-06-01',
          action: code,
          times: list.length,
          photos: list.reduce((sum, { photos }) => sum + photos, 0),
        }));
        const week = weekOf(words, '2026-06-01', acts, []);
        expect(week.minutes).toBe(all.reduce((sum, one) => sum + (words.acts.get(one.action)?.minutes ?? 0), 0));
        expect(week.photos).toBe(all.reduce((sum, { photos }) => sum + photos, 0));
        expect(week.forms).toBe(all.filter((one) => words.acts.get(one.action)?.form === true).length);
      }),
    );
  });
});

/** Words of what the field asked not to be built: ranking, points, clock-in, hours online, trails. */
const banned =
  /rank|score|points?\b|check_?in|clock_?in|online_?(minutes|hours|time)|track|trail|mileage|last_?seen|steps\b/i;

function namesIn(schema: unknown): string[] {
  return (
    JSON.stringify(schema)
      .match(/"([A-Za-z_]+)":/g)
      ?.map((one) => one.slice(1, -2)) ?? []
  );
}

function fieldsOfContract(): string[] {
  const routes = [forceRoutes, forceLinkRoutes, burdenRoutes].flatMap((one) => Object.values(one));
  return routes.flatMap(({ body, query, response }) =>
    [body, query, response].flatMap((schema) =>
      namesIn(z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' })),
    ),
  );
}

function columnsOfTables(): string[] {
  const text = readFileSync(join(import.meta.dirname, '../../../../db/migrations/0014_add_force.sql'), 'utf8');
  return [...text.matchAll(/^ {2}([a-z_]+) [a-z]/gm)].map(([, name]) => name ?? '');
}

const offenders = (names: readonly string[]): string[] => names.filter((name) => banned.test(name));

describe('no ranking, no clock-in, no trails', () => {
  it('neither the contract nor the tables have a place for them', () => {
    const names = [...fieldsOfContract(), ...columnsOfTables()];
    expect(names.length).toBeGreaterThan(150);
    expect(offenders(names)).toEqual([]);
  });

  it('the law sees a planted one', () => {
    expect(offenders(['rank', 'onlineMinutes', 'check_in', 'mileage', 'lastSeen', 'points', 'name'])).toHaveLength(6);
  });
});

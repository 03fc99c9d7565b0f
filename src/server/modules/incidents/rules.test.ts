import { describe, expect, it } from 'vitest';
import {
  assertInOrder,
  assertTime,
  dutiesOf,
  firstDues,
  isLate,
  nextContinued,
  rungsOf,
  type IncidentFacts,
  type RuleLevel,
} from './rules.ts';

const at = (words: string) => Date.parse(`2026-06-15T${words}:00+08:00`);
const rule: RuleLevel = { level: 4, phoneMinutes: 30, writtenMinutes: 60, continueHours: null, continueAt: [] };
const facts: IncidentFacts = {
  knownMs: at('06:00'),
  phoneDueMs: at('06:30'),
  firstDueMs: at('07:00'),
  phoneMs: null,
  firstMs: null,
  continuedDueMs: null,
  continued: 0,
  lastWrittenMs: null,
  finalMs: null,
};

describe('the reporting clock', () => {
  it('gives thirty minutes for the phone and an hour for the first report by the common rule', () => {
    expect(firstDues(rule, at('06:00'))).toEqual({ phoneDueMs: at('06:30'), firstDueMs: at('07:00') });
  });

  const morningAndEvening = { ...rule, continueAt: ['08:00', '17:00'] };
  it.each([
    ['no rule', rule, '07:00', null],
    ['07:00 → 08:00', morningAndEvening, '07:00', at('08:00')],
    ['08:00 → 17:00, never itself', morningAndEvening, '08:00', at('17:00')],
    ['17:30 → 08:00 of the next day', morningAndEvening, '17:30', at('08:00') + 86_400_000],
    ['every four hours', { ...rule, continueHours: 4 }, '07:00', at('11:00')],
    ['whichever is earlier', { ...morningAndEvening, continueHours: 4 }, '07:30', at('08:00')],
    ['whichever is earlier', { ...morningAndEvening, continueHours: 4 }, '09:00', at('13:00')],
  ])('next continued report: %s', (_, given, after, expected) => {
    expect(nextContinued(given, at(after))).toBe(expected);
  });

  it('asks for a continued report only between the first and the final one', () => {
    const kinds = (more: Partial<IncidentFacts>) => dutiesOf({ ...facts, ...more }).map(({ kind }) => kind);
    expect(kinds({})).toEqual(['phone', 'first']);
    expect(kinds({ firstMs: at('06:50') })).toEqual(['phone', 'first', 'final']);
    expect(kinds({ firstMs: at('06:50'), continuedDueMs: at('08:00') })).toEqual([
      'phone',
      'first',
      'continued',
      'final',
    ]);
    expect(kinds({ firstMs: at('06:50'), continuedDueMs: at('08:00'), finalMs: at('07:59') })).toEqual([
      'phone',
      'first',
      'final',
    ]);
  });

  it.each([
    ['in time', at('06:30'), '07:00', false],
    ['one minute late', at('06:31'), '07:00', true],
    ['not done, limit ahead', null, '06:29', false],
    ['not done, limit passed', null, '06:31', true],
  ])('late: %s', (_, doneMs, now, late) => {
    expect(isLate({ dueMs: at('06:30'), doneMs }, at(now))).toBe(late);
  });

  it.each([
    ['06:23', []],
    ['06:24', [80]],
    ['06:29', [80]],
    ['06:30', [100]],
    ['09:00', [100]],
  ])('rungs of the phone report at %s: %j', (now, rungs) => {
    expect(rungsOf({ kind: 'phone', startedMs: at('06:00'), dueMs: at('06:30'), doneMs: null }, at(now))).toEqual(
      rungs,
    );
  });

  it('rings nothing for what is done or has no limit', () => {
    expect(rungsOf({ kind: 'phone', startedMs: 0, dueMs: 10, doneMs: 5 }, 20)).toEqual([]);
    expect(rungsOf({ kind: 'final', startedMs: 0, dueMs: null, doneMs: null }, 20)).toEqual([]);
  });
});

describe('the order of reports', () => {
  const done = at('06:50');
  it.each([
    ['first', null, null, true],
    ['continued', null, null, false],
    ['final', null, null, false],
    ['first', done, null, false],
    ['continued', done, null, true],
    ['final', done, null, true],
    ['first', done, done, false],
    ['continued', done, done, false],
    ['final', done, done, false],
  ] as const)('%s with first at %s and final at %s: allowed %s', (kind, firstMs, finalMs, allowed) => {
    const attempt = () => assertInOrder(kind, { firstMs, finalMs });
    if (allowed) expect(attempt).not.toThrow();
    else expect(attempt).toThrow(expect.objectContaining({ code: 'transition_not_allowed' }));
  });

  it('refuses times before the incident was known and times to come', () => {
    const span = { fromMs: at('06:00'), nowMs: at('07:00') };
    expect(() => assertTime('at', at('06:30'), span)).not.toThrow();
    expect(() => assertTime('at', at('05:59'), span)).toThrow(/at: expected a time from .* until now, found /);
    expect(() => assertTime('at', at('07:01'), span)).toThrow(/until now/);
  });
});

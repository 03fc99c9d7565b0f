import { describe, expect, it } from 'vitest';
import { taskStatuses } from '#contract/events-words.ts';
import { planBody } from '#contract/operations-plans.ts';
import { AppError } from '#kit/errors.ts';
import {
  assertOpenLink,
  checkShape,
  fits,
  linkVerbs,
  maskPhone,
  moveStep,
  refuseEnd,
  stateOfLink,
  type StepAct,
  type StepStatus,
} from './rules.ts';

const codeOf = (work: () => unknown) => {
  try {
    return work();
  } catch (error) {
    return error instanceof AppError ? error.code : error;
  }
};

describe('a step', () => {
  it.each<[StepStatus, StepAct, string, string]>([
    ['todo', 'done', '', 'done'],
    ['todo', 'skip', '井内无电缆', 'skipped'],
    ['todo', 'skip', ' ', 'reason_needed'],
    ['todo', 'undo', '点错了', 'transition_not_allowed'],
    ['done', 'done', '', 'transition_not_allowed'],
    ['done', 'undo', '点错了', 'todo'],
    ['done', 'undo', '', 'reason_needed'],
    ['skipped', 'undo', '又需要了', 'todo'],
    ['skipped', 'skip', '理由', 'transition_not_allowed'],
  ])('%s, %s "%s" → %s', (now, act, reason, expected) => {
    expect(codeOf(() => moveStep(now, act, reason))).toBe(expected);
  });

  it('keeps the operation open while something required is undecided', () => {
    const steps = [
      { key: 'call_119', required: true, status: 'todo' as const },
      { key: 'review', required: false, status: 'todo' as const },
      { key: 'cordon', required: true, status: 'skipped' as const },
    ];
    expect(refuseEnd(steps)?.detail).toEqual({ stepKeys: ['call_119'] });
    expect(refuseEnd(steps.slice(1))).toBeUndefined();
  });
});

describe('a task link', () => {
  const link = { expiresMs: 1_000, revokedMs: null };

  it('ends by revocation, by time, and with its task', () => {
    expect(stateOfLink(link, 'accepted', 999)).toBe('open');
    expect(stateOfLink(link, 'accepted', 1_000)).toBe('expired');
    expect(stateOfLink({ ...link, revokedMs: 5 }, 'accepted', 2_000)).toBe('revoked');
    expect(taskStatuses.filter((status) => stateOfLink(link, status, 0) === 'ended')).toEqual([
      'returned',
      'waived',
      'withdrawn',
    ]);
    expect(() => assertOpenLink('open')).not.toThrow();
    expect(() => assertOpenLink('revoked')).toThrow(
      expect.objectContaining({ code: 'link_ended', status: 410, detail: { state: 'revoked' } }),
    );
  });

  it('offers what its task allows, and nothing once event or link ended', () => {
    const room = { eventOpen: true, talking: true };
    const task = { status: 'offered' as const, binding: false };
    expect(linkVerbs('open', task, room)).toEqual(['accept', 'return', 'note', 'message']);
    expect(linkVerbs('open', { ...task, binding: true }, room)).toEqual(['accept', 'note', 'message']);
    expect(linkVerbs('open', { ...task, status: 'on_site' }, { ...room, talking: false })).toEqual([
      'finish',
      'return',
      'note',
    ]);
    expect(linkVerbs('open', task, { ...room, eventOpen: false })).toEqual([]);
    expect(linkVerbs('ended', task, room)).toEqual([]);
  });

  it('shows too little of a telephone number to call it', () => {
    expect(maskPhone('13800000001')).toBe('138****0001');
    expect(maskPhone('023-6700 0000')).toBe('023****0000');
    expect(maskPhone('12345')).toBe('****');
    expect(maskPhone('')).toBe('');
  });
});

describe('a plan', () => {
  const step = { key: 'call', words: '拨打 119', role: 'seat', dueMinutes: 2 };
  const body = (more: Record<string, unknown> = {}) =>
    planBody.parse({ name: '预案', steps: [step], nearbyM: 100, ...more });

  it('fits by library, category, kind of risk point or the very point, within its radius', () => {
    const event = { categories: ['E0511', 'E05'], libraryPlan: 'wells' };
    const point = { id: 'p', kind: 'cable_well', distanceM: 90 };
    const plan = body({ categories: ['E05'], riskKinds: ['cable_well'] });
    expect(fits({ code: 'wells', body: plan }, event, [point])).toEqual(['library', 'category', 'risk_kind']);
    expect(fits({ code: 'other', body: plan }, event, [{ ...point, distanceM: 101 }])).toEqual(['category']);
    expect(fits({ code: 'other', body: body({ categories: ['E0510'] }) }, event, [point])).toEqual([]);
  });

  it.each<[string, Record<string, unknown>[]]>([
    ['a key twice', [step, step]],
    ['a call without number', [{ ...step, kind: 'call' }]],
    ['an invitation of nobody', [{ ...step, kind: 'invite' }]],
    ['no step at all', []],
    ['a due time before opening', [{ ...step, dueMinutes: -1 }]],
  ])('refuses %s', (_, steps) => {
    expect(planBody.safeParse({ name: '预案', steps }).success).toBe(false);
  });
});

describe('a cordon', () => {
  const ring = [
    [106.5, 29.5],
    [106.51, 29.5],
    [106.51, 29.51],
    [106.5, 29.5],
  ];
  const polygon = (coordinates: unknown[], type: 'Polygon' | 'MultiPolygon' = 'Polygon') =>
    checkShape({ type: 'polygon', geometry: { type, coordinates } });

  it('is a circle or one closed ring', () => {
    expect(codeOf(() => checkShape({ type: 'circle', lon: 1, lat: 2, radiusM: 50 }))).toMatchObject({ radiusM: 50 });
    expect(codeOf(() => polygon([ring]))).toMatchObject({ type: 'polygon' });
    for (const wrong of [[], [ring, ring], [ring.slice(0, 3)], [[...ring.slice(0, 3), [0, 0]]], [[['x', 1]]], ['x']])
      expect(codeOf(() => polygon(wrong))).toBe('bad_input');
    expect(codeOf(() => polygon([[...ring.slice(0, 3), [200, 0]]]))).toBe('bad_input');
    expect(codeOf(() => polygon([ring], 'MultiPolygon'))).toBe('bad_input');
  });
});

import { describe, expect, test } from 'vitest';
import type { LiveTerritory } from '#server/modules/grids/index.ts';
import type { AlarmRule, Rulebook } from './rulebook.ts';
import type { HeardDevice } from './store-intake.ts';
import { subjectOfDevice } from './subjects.ts';

const device = { id: 'd', path: ['500000'], unitId: 'u', state: 'active', mutedUntil: null } as unknown as HeardDevice;
const planOf = (general: string | null, pointPlan: string | null): string | null => {
  const rule: AlarmRule = { thresholdId: null, priority: 1, categoryCode: null, planCode: general, raises: 'auto' };
  const book = { ruleOf: () => rule } as unknown as Rulebook;
  return subjectOfDevice({} as LiveTerritory, book, { ...device, pointPlan }, 0).ruleOf('smoke', 'device').planCode;
};

describe('the plan of an alarm', () => {
  test('is that of the risk point the device watches, where any plan opens at all', () => {
    expect(planOf('fire', null)).toBe('fire');
    expect(planOf('fire', 'cable_well_fire')).toBe('cable_well_fire');
    expect(planOf(null, 'cable_well_fire')).toBeNull();
    expect(planOf(null, null)).toBeNull();
  });
});

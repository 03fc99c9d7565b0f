import { expect, test } from 'vitest';
import { desksBelow } from './desks-below.ts';
import { actionSpecs } from './specs.ts';
import { emptyValues, toBody } from './values.ts';

const unit = (
  id: string,
  kind: 'centre' | 'committee' | 'post',
  tier: 'district' | 'street' | 'community',
  area: string,
) => ({
  id,
  code: id,
  kind,
  roleCode: kind,
  name: id,
  nameEn: id,
  tier,
  areaCode: area,
  parentId: null,
  boardCode: null,
  phone: null,
  sort: 0,
  version: 1,
  retiredAt: null,
});
const units = [
  unit('district', 'centre', 'district', '500103'),
  unit('post', 'post', 'street', '500103004'),
  unit('street', 'centre', 'street', '500103004'),
  unit('other', 'centre', 'street', '500103005'),
  unit('east', 'committee', 'community', '500103004001'),
];
const event = { tier: 'district' as const, district: '500103', street: '500103004', community: '500103004001' };

test('the desks below are those on the path of the event, nearest first', () => {
  expect(desksBelow(event, units).map((one) => one.id)).toEqual(['street', 'east']);
  expect(desksBelow({ ...event, tier: 'street' }, units).map((one) => one.id)).toEqual(['east']);
  expect(desksBelow({ ...event, community: null, tier: 'street' }, units)).toEqual([]);
});

test('the chosen desk is sent, and nothing when none was chosen', () => {
  const spec = actionSpecs.delegate;
  if (spec === undefined) throw new Error('delegate has a panel.');
  const action = { verb: 'delegate' as const, taskId: null };
  const values = { ...emptyValues, reason: '社区能办' };
  expect(toBody(spec, action, values, '')).toEqual({ reason: '社区能办' });
  expect(toBody(spec, action, { ...values, lowerUnitId: 'east' }, '')).toEqual({ reason: '社区能办', unitId: 'east' });
});

test('photos are shown to the reporter only when there are some and the box is ticked', () => {
  const spec = actionSpecs.finish;
  if (spec === undefined) throw new Error('finish has a panel.');
  const action = { verb: 'finish' as const, taskId: 't' };
  const photos = [{ id: 'p', token: 'k', kind: 'after' as const }];
  const shown = (values: object) => toBody(spec, action, { ...emptyValues, ...values }, '')['showReporter'];
  expect([shown({ showReporter: true }), shown({ photos }), shown({ photos, showReporter: true })]).toEqual([
    false,
    false,
    true,
  ]);
});

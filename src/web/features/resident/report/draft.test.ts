import { expect, test } from 'vitest';
import { publicRoutes } from '#contract/public.ts';
import { categoriesBelow, pathTo, topCategories, unsureCategory } from './categories.ts';
import { areaOfLink, emptyDraft, isUntouched, missingIn, toBody } from './draft.ts';

const opId = '01a209d3-b0d6-758e-8fd6-f8804462ba82';

test('an empty draft misses its kind, its words and its place, but no phone number', () => {
  expect(missingIn(emptyDraft)).toEqual(['category', 'words', 'place']);
  expect(isUntouched(emptyDraft)).toBe(true);
});

test.each([[{ at: { lon: 106.5, lat: 29.5 } }], [{ areaCode: '500103004' }], [{ placeWords: '12 号楼门口' }]])(
  'any one of position, area or words is a place: %o',
  (place) => {
    expect(missingIn({ ...emptyDraft, ...place })).not.toContain('place');
  },
);

test.each([
  ['', true],
  ['13800000000', true],
  ['+86 138-0000-0000', true],
  ['023 6300 0000', true],
  ['12345', false],
  ['call me', false],
])('the phone number %j is fine: %j', (phone, fine) => {
  expect(missingIn({ ...emptyDraft, phone }).includes('phone')).toBe(!fine);
});

test('what is sent is what the contract accepts', () => {
  const draft = {
    ...emptyDraft,
    categoryCode: 'tree',
    words: ' 树歪了 ',
    placeName: '重庆村',
    placeWords: '12 号楼',
    phone: ' 13800000000 ',
    areaCode: '500103004',
  };
  const body = toBody(draft, opId, '2026-06-03T06:05:00.000Z');
  expect(publicRoutes.report.body.parse(body)).toMatchObject({
    description: '树歪了',
    placeWords: '重庆村 12 号楼',
    phone: '13800000000',
    lon: null,
  });
  expect(() => toBody(emptyDraft, opId)).toThrow(RangeError);
});

const item = (code: string, parentCode: string | null, icon: string | null = null) => ({
  code,
  name: code,
  nameEn: code,
  icon,
  parentCode,
});

test('residents choose among the classes right above the leaves, with "not sure" beside them', () => {
  const items = [
    item('parts', null),
    item('tree', 'parts', 'tree'),
    item('pests', 'tree'),
    item('lamp', 'parts'),
    item('noise', null),
    item('other', 'parts', 'unsure'),
  ];
  expect(topCategories(items).map(({ code }) => code)).toEqual(['tree', 'lamp', 'noise']);
  expect(categoriesBelow(items, 'tree').map(({ code }) => code)).toEqual(['pests']);
  expect(pathTo(items, 'pests').map(({ code }) => code)).toEqual(['parts', 'tree', 'pests']);
  expect(unsureCategory(items)?.code).toBe('other');
});

test('a link may propose an area; anything that is no code proposes nothing', () => {
  const search = `?${new URLSearchParams({ area: '500103004001001', name: '重庆村网格' }).toString()}`;
  expect(areaOfLink(search)).toEqual({ areaCode: '500103004001001', areaName: '重庆村网格' });
  expect([areaOfLink('?area=<b>'), areaOfLink('')]).toEqual([null, null]);
});

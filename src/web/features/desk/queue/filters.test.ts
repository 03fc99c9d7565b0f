import fc from 'fast-check';
import { expect, test } from 'vitest';
import { channels, eventStatuses } from '#contract/events-words.ts';
import { deskTiers } from '#kit/tiers.ts';
import { parseSearchText, toSearchText } from '#web/app/search-text.ts';
import { countFilters, filterOf, parseDeskSearch, sortOf, sorts, toEventQuery, type DeskSearch } from './filters.ts';
import { builtInOf, builtInViewKeys, builtInViews } from './views.ts';

const flag = fc.constant(true as const);
const day = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2030-12-31'), noInvalidDate: true })
  .map((d) => d.toISOString().slice(0, 10));
const anySearch: fc.Arbitrary<DeskSearch> = fc.record(
  {
    status: fc.subarray([...eventStatuses], { minLength: 1 }),
    priority: fc.subarray([0, 1, 2, 3, 4], { minLength: 1 }),
    category: fc.constantFrom('0101', '030203'),
    area: fc.constantFrom('500103', '500103004', '500103004010'),
    tier: fc.constantFrom(...deskTiers),
    unit: fc.uuid(),
    channel: fc.subarray([...channels], { minLength: 1 }),
    late: flag,
    supervised: flag,
    mine: flag,
    open: flag,
    from: day,
    to: day,
    q: fc
      .string({ minLength: 1, maxLength: 100, unit: 'grapheme' })
      .map((text) => text.trim().slice(0, 100).trim())
      .filter((text) => text !== ''),
    sort: fc.constantFrom(...sorts),
    event: fc.uuid(),
    window: flag,
  },
  { requiredKeys: [] },
);

test('whatever a view shows stands in its address and is read back the same', () => {
  fc.assert(
    fc.property(anySearch, (search) => {
      expect(parseDeskSearch(parseSearchText(toSearchText(search)))).toEqual(search);
    }),
  );
});

test('an address stays readable in a message', () => {
  expect(toSearchText({ status: ['filed', 'dispatched'], late: true, q: '井盖', sort: undefined })).toBe(
    '?status=filed,dispatched&late=true&q=%E4%BA%95%E7%9B%96',
  );
  expect(toSearchText({})).toBe('');
});

test('words that mean nothing are dropped, the rest of an old link still works', () => {
  expect(
    parseDeskSearch({
      status: 'filed,exploded',
      priority: '1,9',
      late: 'maybe',
      unit: 'x',
      from: 'yesterday',
      sort: 'size',
    }),
  ).toEqual({ status: ['filed'], priority: [1] });
});

test('calendar days become instants of Shanghai, both days included', () => {
  expect(toEventQuery({ from: '2026-06-01', to: '2026-06-02' })).toEqual({
    reportedFrom: '2026-06-01T00:00:00.000+08:00',
    reportedTo: '2026-06-02T23:59:59.999+08:00',
  });
});

test('order, selection and window do not narrow', () => {
  const search = parseDeskSearch({
    open: 'true',
    sort: 'newest',
    event: '01a1e45b-1c45-720f-802e-c68b58b281e7',
    window: 'true',
  });
  expect(filterOf(search)).toEqual({ open: true });
  expect(countFilters(search)).toBe(1);
});

test('open work is shown by its limits, finished work by its date', () => {
  expect(sortOf({ open: true })).toBe('due');
  expect(sortOf({ status: ['filed', 'shelved'] })).toBe('due');
  expect(sortOf({ status: ['closed'] })).toBe('newest');
  expect(sortOf({})).toBe('newest');
  expect(sortOf({ open: true, sort: 'priority' })).toBe('priority');
});

test('each built-in view knows itself by its address', () => {
  for (const key of builtInViewKeys)
    expect(builtInOf(parseDeskSearch(parseSearchText(toSearchText(builtInViews[key]))))).toBe(key);
  expect(builtInOf({ status: ['filed'], late: true })).toBeUndefined();
});

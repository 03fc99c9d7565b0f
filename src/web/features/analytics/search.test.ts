import { expect, it } from 'vitest';
import { exclusionsHref, parseExclusionSearch } from './search.ts';

it('the link of an event opens the form for its number; anything else in the address is left out', () => {
  const search = Object.fromEntries(new URL(exclusionsHref('20261128-008300'), 'http://x').searchParams);
  expect(parseExclusionSearch(search)).toEqual({ number: '20261128-008300' });
  expect(parseExclusionSearch({ number: "1'; drop", state: 'approved' })).toEqual({ state: 'approved' });
  expect(parseExclusionSearch({ state: 'nonsense' })).toEqual({});
});

import { describe, expect, it } from 'vitest';
import { valueWords } from './value-words.ts';

describe('a value in words', () => {
  it('has its unit, or else the name of what was measured', () => {
    expect(valueWords({ metric: 'temp_c', value: 71.5, unit: '℃' })).toBe('71.5 ℃');
    expect(valueWords({ metric: 'people', value: 3200, unit: '' })).toBe('people 3,200');
    expect(valueWords({ metric: null, value: 38, unit: '' })).toBe('38');
    expect(valueWords({ metric: null, value: null, unit: '' })).toBe('');
  });
});

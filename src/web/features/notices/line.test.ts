import { describe, expect, it } from 'vitest';
import { sameLines } from './line.ts';

describe('the inbox', () => {
  it('shows neighbours that say the same as one, the newest, unless some are read', () => {
    const row = (id: string, says: string, readAt: string | null = null) => ({ id, says, readAt });
    const rows = [row('5', 'late'), row('4', 'late'), row('3', 'late', 'then'), row('2', 'task'), row('1', 'late')];
    expect(sameLines(rows, ({ says }) => says).map(([{ id }, ids]) => [id, ids.length])).toEqual([
      ['5', 2],
      ['3', 1],
      ['2', 1],
      ['1', 1],
    ]);
  });
});

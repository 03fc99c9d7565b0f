import { describe, expect, it } from 'vitest';
import { unitTree } from './unit-tree.ts';

const unit = (id: string, parentId: string | null, sort = 0, areaCode = '500103') => ({
  id,
  parentId,
  areaCode,
  sort,
  name: id,
});

describe('the tree of units', () => {
  it('puts each unit below its parent, siblings in their own order', () => {
    const lines = unitTree([unit('b', 'top', 2), unit('a', 'top', 1), unit('top', null), unit('c', 'a')]);
    expect(lines.map(({ unit: { id }, depth }) => `${depth}${id}`)).toEqual(['0top', '1a', '2c', '1b']);
  });

  it('shows a unit at the top when its parent is not in the list', () => {
    expect(unitTree([unit('a', 'elsewhere')]).map(({ depth }) => depth)).toEqual([0]);
  });

  it('loses nobody in a circle of parents', () => {
    const lines = unitTree([unit('a', 'b'), unit('b', 'a')]);
    expect(lines.map(({ unit: { id } }) => id).toSorted()).toEqual(['a', 'b']);
  });
});

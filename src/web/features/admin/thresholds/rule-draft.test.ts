import { describe, expect, it } from 'vitest';
import { bodyOf, changesOf, draftOf, isWrongSide, numbersOf } from './rule-draft.ts';

const typed = { ...draftOf(null), metric: ' smoke_ppm ', raiseAt: '80', clearAt: '50', holdOffS: '30' };

describe('a rule as it is typed', () => {
  it('becomes numbers when all of them are there', () => {
    expect(numbersOf(typed)).toEqual({ direction: 'above', raiseAt: 80, clearAt: 50, holdOffS: 30 });
    expect(numbersOf({ ...typed, clearAt: '' })).toBeNull();
    expect(bodyOf(typed)).toMatchObject({
      metric: 'smoke_ppm',
      deviceKind: 'smoke',
      deviceId: null,
      categoryCode: null,
    });
  });

  it('of silence counts heartbeats, is over at the next one, and is about being offline', () => {
    const silence = bodyOf({ ...typed, basis: 'silence', direction: 'below', raiseAt: '3' });
    expect(silence).toMatchObject({
      metric: null,
      kind: 'offline',
      direction: 'above',
      raiseAt: 3,
      clearAt: 1,
      holdOffS: 0,
    });
  });

  it('of messages has no numbers', () => {
    expect(changesOf({ ...typed, basis: 'message' })).toMatchObject({ raiseAt: null, clearAt: null });
  });

  it('for one device names no kind', () => {
    expect(bodyOf({ ...typed, forOne: true, deviceId: 'd' })).toMatchObject({ deviceKind: null, deviceId: 'd' });
  });

  it('must leave a gap on the calm side', () => {
    const rule = { direction: 'above', raiseAt: 80, clearAt: 90, holdOffS: 0 } as const;
    expect(isWrongSide(rule)).toBe(true);
    expect(isWrongSide({ ...rule, direction: 'below' })).toBe(false);
    expect([isWrongSide({ ...rule, clearAt: 80 }), isWrongSide({ ...rule, clearAt: 79 })]).toEqual([true, false]);
  });
});

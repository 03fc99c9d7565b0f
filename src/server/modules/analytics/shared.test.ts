import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemScope, type Scope } from '#server/db/scope.ts';
import { createShared, type Shared } from './shared.ts';
import { monthsWithin } from './store-figures.ts';
import { createAnalyticsWorld, type AnalyticsWorld } from './world.fixture.ts';

let world: AnalyticsWorld;
let shared: Shared;
beforeAll(async () => {
  world = await createAnalyticsWorld();
  await world.analytics.refresh();
  shared = createShared({ database: world.database, tenant: 'test' });
});
afterAll(() => world.close());

const scopeOf = (areas: string[]): Scope => ({ seeAll: false, areas, units: [], accountId: null });

describe('a question asked by many at once', () => {
  it('is answered once, and again as soon as the figures have moved', async () => {
    let asked = 0;
    const ask = () => shared.answer(systemScope, ['figures', '500103'], async () => (asked += 1));
    expect(new Set(await Promise.all(Array.from({ length: 20 }, ask)))).toEqual(new Set([1]));
    await world.report();
    await world.follow();
    expect(await ask()).toBe(2);
    shared.forget();
    expect(await ask()).toBe(3);
  });

  it('is never answered with what somebody else may see, nor with another question', async () => {
    const ask = (scope: Scope, question: string) =>
      shared.answer(scope, [question], async () => `${scope.areas.join()} ${question}`);
    const answers = await Promise.all([
      ask(scopeOf(['500103']), 'map'),
      ask(scopeOf(['500105']), 'map'),
      ask(scopeOf(['500103', '500105']), 'map'),
      ask(scopeOf(['500103']), 'figures'),
    ]);
    expect(answers).toEqual(['500103 map', '500105 map', '500103,500105 map', '500103 figures']);
  });

  it('is asked again after a failure', async () => {
    const ask = (work: () => Promise<string>) => shared.answer(systemScope, ['breaks'], work);
    await expect(ask(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(await ask(async () => 'whole')).toBe('whole');
  });
});

describe('months within two days', () => {
  it.each([
    ['2026-01-01', '2026-01-31', { first: '2026-01-01', after: '2026-02-01' }],
    ['2026-01-02', '2026-02-27', undefined],
    ['2026-01-02', '2026-02-28', { first: '2026-02-01', after: '2026-03-01' }],
    ['2025-11-30', '2026-11-30', { first: '2025-12-01', after: '2026-12-01' }],
    ['2025-12-31', '2026-01-01', undefined],
  ])('%s to %s', (from, to, expected) => {
    expect(monthsWithin(from, to)).toEqual(expected);
  });
});

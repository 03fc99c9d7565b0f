import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signIn, walk } from './axe-walk.ts';
import { desktop, openStage, type Stage } from './stage.ts';

/** Every page of analysis, as axe.test.ts does it for the rest. */
let stage: Stage;
const people: BrowserContext[] = [];
beforeAll(async () => {
  stage = await openStage();
}, 240_000);
afterAll(async () => {
  for (const context of people) await context.close();
  await stage.end();
});

async function commander(): Promise<Page> {
  const { page, context } = await stage.person(desktop);
  people.push(context);
  await signIn(page, '/desk/sign-in', 'zhihui');
  return page;
}

async function firstId(page: Page, path: string): Promise<string> {
  const answer = await page.request.get(path);
  expect(answer.status(), path).toBe(200);
  const { items } = (await answer.json()) as { items: { id: string }[] };
  return items[0]?.id ?? '';
}

const ready = '.shell-main h1';
const parts = ['anomalies', 'spots', 'clusters', 'recurrences', 'flow', 'forecast'];

describe('no serious or critical finding in any look', () => {
  it('on figures, ratings and cases', async () => {
    const page = await commander();
    const found = await walk(page, [
      { to: '/desk/figures', ready },
      { to: '/desk/figures/units', ready },
      { to: '/desk/figures/exclusions', ready },
      { to: '/desk/ratings', ready },
      { to: '/desk/cases?indicator=rework_rate&part=numerator', ready },
    ]);
    expect(found).toEqual([]);
  }, 240_000);

  it('on patterns', async () => {
    const page = await commander();
    const found = await walk(
      page,
      parts.map((part) => ({ to: `/desk/patterns?part=${part}`, ready })),
    );
    expect(found).toEqual([]);
  }, 240_000);

  it('on hot issues, what was learnt, rehearsals, briefs and screens', async () => {
    const page = await commander();
    const issue = await firstId(page, '/api/texts/issues');
    const brief = await firstId(page, '/api/briefs');
    const found = await walk(page, [
      { to: '/desk/hot-issues', ready },
      { to: `/desk/hot-issues/${issue}`, ready },
      { to: '/desk/texts', ready },
      { to: '/desk/rehearsals', ready },
      { to: '/desk/briefs', ready },
      { to: `/desk/briefs/${brief}`, ready },
      { to: '/desk/screens', ready },
      { to: '/desk/open-data', ready },
    ]);
    expect(found).toEqual([]);
  }, 240_000);

  it('on the wall', async () => {
    const wall = await commander();
    await wall.goto('/screen');
    expect(await walk(wall, [{ to: '/screen', ready: '.wall-today' }])).toEqual([]);
  }, 240_000);
});

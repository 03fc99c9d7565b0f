import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adminLibraryZh } from '#web/i18n/zh/admin-library.ts';
import { briefsZh } from '#web/i18n/zh/briefs.ts';
import { patternsZh } from '#web/i18n/zh/patterns.ts';
import { rehearsalsZh } from '#web/i18n/zh/rehearsals.ts';
import { screenZh } from '#web/i18n/zh/screen.ts';
import { textsZh } from '#web/i18n/zh/texts.ts';
import { signIn } from './axe-walk.ts';
import { desktop, openStage, type Stage } from './stage.ts';

/**
 * A commander's morning: what the wall shows is followed to its cases; what many people tell of becomes one case; a rule
 * is tried on the past before it is changed by another; the week is written down and printed.
 */
const wall = { width: 1920, height: 1080 };
let stage: Stage;
let hall: Page;
let desk: Page;

beforeAll(async () => {
  stage = await openStage();
  hall = (await stage.person(wall)).page;
  await signIn(hall, '/desk/sign-in', 'zhihui');
  desk = hall;
});
afterAll(() => stage.end());

const numberIn = (text: string | null): number => Number(/[\d,]+/.exec(text ?? '')?.[0].replaceAll(',', '') ?? 'NaN');

async function openWall(): Promise<void> {
  await hall.goto('/screen');
  await hall.locator('.wall-live-live').waitFor();
  await hall.locator('.wall-cell-hot_issues li a').first().waitFor({ timeout: 90_000 });
}

describe("a commander's morning", () => {
  it('begins at the wall: every number on it opens what it counts', async () => {
    await openWall();
    await hall.locator('.wall-cell-anomalies li a').first().waitFor({ timeout: 90_000 });
    await hall.locator('.wall-map canvas').waitFor({ timeout: 90_000 });
    await stage.picture(hall, 'commander-screen');
    const late = hall.locator('.wall-cell-today .wall-big', { hasText: screenZh.today.late }).locator('a');
    const told = numberIn(await late.textContent());
    expect(told).toBeGreaterThan(0);
    await late.click();
    await hall.waitForURL((url) => url.pathname === '/desk' && url.searchParams.get('late') === 'true');
    await hall
      .getByText(new RegExp(`(^|\\D)${told} 件`))
      .first()
      .waitFor();
  });

  it('goes from an unusual day to the cases of that day, as many as were told', async () => {
    await openWall();
    await hall.locator('.wall-cell-anomalies li a').first().click();
    await desk.waitForURL((url) => url.pathname === '/desk/patterns' && url.searchParams.has('anomaly'));
    const finding = desk.locator('.patterns-whole');
    await finding.waitFor();
    const seen = numberIn(await finding.locator('span').first().textContent());
    await stage.picture(desk, 'commander-anomaly');
    const day = desk.getByRole('link', { name: new RegExp(patternsZh.anomaly.mark) });
    await day.click();
    await desk.waitForURL((url) => url.pathname === '/desk/cases');
    const total = desk.getByRole('status').locator('b');
    await total.waitFor();
    const cases = numberIn(await total.textContent());
    // The day may have gone on since it was found unusual.
    expect(cases).toBeGreaterThanOrEqual(seen);
    await desk.locator('tbody tr').first().waitFor();
    await stage.picture(desk, 'commander-cases');
  });

  it('makes one case of what many people tell of: the commander finds it, the dispatch seat merges it', async () => {
    await openWall();
    await hall.locator('.wall-cell-hot_issues li a').first().click();
    await desk.waitForURL((url) => /^\/desk\/hot-issues\/./.test(url.pathname));
    await desk.locator('.hot-cases li').first().waitFor();
    const seat = (await stage.person(desktop)).page;
    await signIn(seat, '/desk/sign-in', 'jiepai');
    // The hottest one that has cases nobody handles yet.
    const answer = await seat.request.get('/api/texts/issues?limit=30');
    const { items } = (await answer.json()) as { items: { id: string }[] };
    const button = seat.getByRole('button', { name: textsZh.hot.merge, exact: true });
    for (const { id } of items) {
      await seat.goto(`/desk/hot-issues/${id}`);
      await seat.locator('.hot-cases li').first().waitFor();
      if ((await button.count()) > 0) break;
    }
    await desk.goto(new URL(seat.url()).pathname);
    await stage.picture(seat, 'commander-hot-issue');
    await button.click();
    const form = seat.getByRole('dialog');
    const merged = await form.locator('fieldset').nth(1).locator('input:checked').count();
    expect(merged).toBeGreaterThan(0);
    await form.getByRole('button', { name: textsZh.hot.mergeSend(String(merged)) }).click();
    await seat.getByText(textsZh.hot.merged(String(merged))).waitFor();
    await desk.reload();
    await desk
      .locator('.hot-cases')
      .getByText('并案')
      .nth(merged - 1)
      .waitFor();
    await seat.context().close();
  });

  it('tries a rule on the past before it is changed, and another person changes it', async () => {
    const { draft } = adminLibraryZh;
    await desk.goto('/desk/admin/library');
    const rule = desk.locator('.adm-link').filter({ hasText: /井盖/ }).first();
    await rule.click();
    const form = desk.locator('.adm-form');
    const amount = form.getByLabel(adminLibraryZh.rule.amountOf('处置'), { exact: true });
    await amount.fill(String(numberIn(await amount.inputValue()) === 1 ? 2 : 1));
    await desk.getByRole('button', { name: adminLibraryZh.rule.keep }).click();
    await desk.getByRole('button', { name: draft.rehearse }).click();
    await desk.getByRole('button', { name: rehearsalsZh.ask.start }).click();
    await desk.locator('.reh-sentence').waitFor({ timeout: 120_000 });
    await stage.picture(desk, 'commander-rehearsal');
    await desk.getByRole('button', { name: rehearsalsZh.decide.propose }).click();
    await desk.getByRole('dialog').locator('textarea').fill('井盖破损危险，处置时限应当缩短。');
    await desk.getByRole('dialog').getByRole('button', { name: rehearsalsZh.decide.propose }).click();
    await desk.getByText(/提请采纳，等管理员决定/).waitFor();

    const keeper = (await stage.person(desktop)).page;
    await signIn(keeper, '/desk/sign-in', 'sysadmin');
    await keeper.goto(new URL(desk.url()).pathname);
    await keeper.locator('.reh-sentence').waitFor();
    await keeper.getByRole('button', { name: rehearsalsZh.decide.adopt, exact: true }).click();
    await keeper.getByRole('dialog').locator('textarea').fill('推演看过，同意缩短。');
    await keeper.getByRole('dialog').getByRole('button', { name: rehearsalsZh.decide.adopt, exact: true }).click();
    await keeper
      .getByText(/采纳，已发布为第 \d+ 版/)
      .first()
      .waitFor();
    await keeper.context().close();
  });

  it('ends with the week written down, signed and printed', async () => {
    await desk.goto('/desk/briefs');
    // Drafted by the schedule in the night.
    await desk.getByRole('link', { name: /周报/ }).first().click();
    await desk.waitForURL((url) => /^\/desk\/briefs\/[0-9a-f-]{36}$/.test(url.pathname), { timeout: 90_000 });
    await desk.getByRole('button', { name: briefsZh.issue, exact: true }).click();
    await desk.getByRole('dialog').getByRole('button', { name: briefsZh.issue, exact: true }).click();
    await desk.locator('.briefs-issued').waitFor();
    await stage.picture(desk, 'commander-brief');
    const [paper] = await Promise.all([
      desk.waitForEvent('download', { timeout: 60_000 }),
      desk.getByRole('link', { name: /PDF/ }).click(),
    ]);
    const bytes = await readFile((await paper.path()) ?? '');
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    expect(bytes.length).toBeGreaterThan(10_000);
  });
});

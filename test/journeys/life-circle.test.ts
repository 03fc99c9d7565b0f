import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lifecircleZh as t } from '#web/i18n/zh/lifecircle.ts';
import { signIn, walk } from './axe-walk.ts';
import { desktop, openStage, phone, type Stage } from './stage.ts';

/** The life circle as a planner reads it: who lives too far from a market, why, and what it is for a wheelchair. */
let stage: Stage;
let desk: Page;
const qiaobei = '500105001001';

beforeAll(async () => {
  stage = await openStage();
  desk = (await stage.person(desktop)).page;
  await signIn(desk, '/desk/sign-in', 'guihua');
});
afterAll(() => stage.end());

describe('the life circle', () => {
  it('says in one sentence who cannot walk to a market, and every number opens', async () => {
    await desk.goto(`/desk/circle?area=500105001`);
    const sentence = desk.locator('.circle-sentence');
    await sentence.getByText('华新街街道').waitFor();
    expect(await sentence.textContent()).toMatch(/华新街街道 [\d,]+ 人中，[\d,]+ 人步行 8 分钟内到不了菜市场/);
    await desk.getByRole('link', { name: t.table.open('桥北社区') }).click();
    await desk.waitForURL((url) => url.searchParams.get('area') === qiaobei);
    await sentence.getByText('桥北社区').waitFor();
    // The numbers of the grids add up to the community's.
    const rows = desk.locator('.circle-lists tbody tr');
    const people = (await rows.locator('td:nth-child(2)').allTextContents()).map((text) =>
      Number(text.replace(/,/g, '')),
    );
    expect(people.length).toBeGreaterThan(1);
    const whole = Number(/桥北社区 ([\d,]+) 人/.exec((await sentence.textContent()) ?? '')?.[1]?.replace(/,/g, ''));
    expect(people.reduce((sum, one) => sum + one, 0)).toBe(whole);
    await stage.picture(desk, 'life-circle');
  });

  it('tells of one home how long everything takes, there and back', async () => {
    await desk.locator('button.circle-row').first().click();
    const panel = desk.locator('.circle-cell');
    await panel.getByRole('row', { name: /菜市场/ }).waitFor();
    expect(await panel.getByRole('row', { name: /菜市场/ }).textContent()).toMatch(/超过标准\d+ 分钟\d+ 分钟/);
    await panel.getByRole('button', { name: t.cell.close }).click();
    await desk.locator('.circle-cells').waitFor();
  });

  it('measures for a wheelchair when asked, compares it with an adult, and the same again is the same', async () => {
    await desk.goto(`/desk/circle?area=${qiaobei}&class=pharmacy&profile=wheelchair`);
    await desk.getByText(t.run.none).waitFor();
    await desk.getByRole('button', { name: t.run.measure }).click();
    await desk.locator('.circle-sentence').waitFor();
    await desk.getByRole('button', { name: t.run.again }).click();
    await desk.getByText(t.run.same).waitFor();
    const choice = desk.getByLabel(t.run.compare);
    const adult = choice.locator('option', { hasText: `成年人 · ${t.anyTime}` }).first();
    await choice.selectOption({ value: (await adult.getAttribute('value')) ?? '' });
    await desk.locator('.circle-pair figure').nth(1).waitFor();
    // A wheelchair reaches no more people than an adult does.
    const changes = await desk.locator('.circle-lists tbody tr td:last-child').allTextContents();
    expect(changes.length).toBeGreaterThan(0);
    expect(changes.every((text) => !text.startsWith('+'))).toBe(true);
  });

  it('is read on a phone list first, and has no serious finding in any look', async () => {
    const { page } = await stage.person(phone);
    await signIn(page, '/desk/sign-in', 'guihua');
    await page.goto(`/desk/circle?area=${qiaobei}`);
    await page.locator('.circle-cells li').first().waitFor();
    const list = await page.locator('.circle-cells').boundingBox();
    const map = await page.locator('.circle-map').boundingBox();
    expect((list?.y ?? Infinity) < (map?.y ?? 0)).toBe(true);
    expect(
      await walk(desk, [
        { to: `/desk/circle?area=500105001`, ready: '.circle-cells li' },
        { to: `/desk/circle?area=${qiaobei}&cell=none-such`, ready: '.circle-cell' },
        { to: '/desk/circle/networks', ready: '.circle-networks li' },
      ]),
    ).toEqual([]);
  });
});

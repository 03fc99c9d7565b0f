/**
 * A community partner: by its own link it says that it delivered; the head of the station confirms what was counted and the
 * figure moves; it asks to go on, and the street renews the agreement with its pledges. A resident rates it.
 */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { demoPassword } from '../../src/demo/index.ts';
import { partnersZh as t } from '../../src/web/i18n/zh/partners.ts';
import { desktop, openStage, phone, tablet, type Stage } from './stage.ts';

let stage: Stage;
let street: Page;
let head: Page;
let partner: Page;
let resident: Page;
beforeAll(async () => {
  stage = await openStage({ oneDay: true });
  street = (await stage.person(desktop)).page;
  head = (await stage.person(tablet)).page;
  partner = (await stage.person(phone)).page;
  resident = (await stage.person(phone)).page;
}, 240_000);
afterAll(() => stage.end());

const name = '梯坡上物业';
const what = '保洁与秩序维护';

async function signIn(page: Page, login: string): Promise<void> {
  await page.goto('/desk/sign-in');
  await page.locator('input[autocomplete="username"]').fill(login);
  await page.locator('input[type="password"]').fill(demoPassword);
  await page.locator('button[type="submit"]').click();
  await page.waitForURL((url) => !url.pathname.endsWith('sign-in'));
}

const numberIn = (text: string | null): number => Number((text ?? '').replaceAll(/[^0-9]/g, ''));
/** What the desk counts as delivered for the pledge, in its row of the partner's table. */
async function delivered(): Promise<number> {
  const row = street.getByRole('row').filter({ has: street.getByRole('button', { name: t.pledges.open(what) }) });
  return numberIn(await row.getByRole('cell').nth(3).textContent());
}

let link = '';
let before = 0;

test('the street opens the partner, whose agreement ends soon, and gives it its link', async () => {
  await signIn(street, 'zhihui');
  await street.goto('/desk/partners');
  await street.getByRole('button', { name: new RegExp(name) }).click();
  await street.getByRole('heading', { name, exact: true }).waitFor();
  await street.locator('.partners-detail .partners-ending').first().waitFor();
  before = await delivered();
  await street.getByRole('button', { name: t.link.show }).click();
  link = await street.getByLabel(t.link.label, { exact: true }).inputValue();
  expect(new URL(link).pathname).toMatch(/^\/p\/[A-Za-z0-9_-]{32}$/);
  await stage.picture(street, 'partner-1-street');
}, 90_000);

test('the partner says on the phone what it delivered; the figure does not move yet', async () => {
  await partner.goto(new URL(link).pathname);
  await partner.getByRole('heading', { name: t.own.hello(name) }).waitFor();
  await stage.picture(partner, 'partner-2-own');
  const row = partner.getByRole('listitem').filter({ hasText: what }).first();
  await row.getByRole('button', { name: t.own.claim }).click();
  const sheet = partner.getByRole('dialog');
  await sheet.getByLabel(/数量/).fill('3');
  await stage.picture(partner, 'partner-3-claim');
  await sheet.getByRole('button', { name: t.own.send }).click();
  await partner.getByText(t.deliveries.states.waiting).first().waitFor();
  await street.reload();
  await street.getByRole('heading', { name, exact: true }).waitFor();
  expect(await delivered()).toBe(before);
}, 90_000);

test('the head of the station confirms what was counted, and the figure moves by it', async () => {
  await signIn(head, 'zhanzhang');
  await head.goto('/desk/stations/chaotianmen?part=partners');
  const waiting = head.getByRole('row').filter({ hasText: name }).filter({ hasText: what });
  await waiting.first().waitFor();
  await stage.picture(head, 'partner-4-head');
  const mine = waiting.filter({ hasText: '3' }).first();
  await mine.getByRole('button', { name: t.deliveries.counted }).click();
  // Once its form is open, the row of the claim is the one with it.
  const form = head.locator('form.partners-inline');
  await form.getByLabel(t.deliveries.counted).fill('2');
  await form.getByRole('button', { name: t.deliveries.confirm }).click();
  await form.waitFor({ state: 'detached' });
  await street.reload();
  await street.getByRole('heading', { name, exact: true }).waitFor();
  await expect.poll(delivered).toBe(before + 2);
  await street.getByRole('button', { name: t.pledges.open(what) }).click();
  await street.getByText(t.deliveries.said('3')).waitFor();
  await stage.picture(street, 'partner-5-periods');
  await partner.reload();
  await partner.getByText(t.deliveries.said('3')).waitFor();
}, 90_000);

test('the partner asks to go on, and the street renews the agreement with its pledges', async () => {
  await partner.getByRole('button', { name: t.own.renew }).click();
  await partner.getByLabel(t.own.renewWords).fill('明年还想一起做');
  await partner.getByRole('button', { name: t.own.renew }).click();
  await partner.getByText(t.own.renewalAsked).waitFor();
  await street.getByRole('button', { name: t.periods.back, exact: true }).click();
  await street.reload();
  await street.getByText('明年还想一起做').waitFor();
  await street.getByText(t.agreements.renew, { exact: true }).click();
  await street.getByRole('button', { name: t.agreements.send }).first().click();
  await street.getByRole('button', { name: t.agreements.sign }).click();
  await street.locator('.partners-lines .partners-waiting').first().waitFor();
  await street.getByText('明年还想一起做').waitFor({ state: 'detached' });
  // No longer ending: another follows.
  await street.locator('.partners-detail header .partners-running').waitFor();
  const rows = street.getByRole('button', { name: t.pledges.open(what) });
  expect(await rows.count()).toBe(2);
  await stage.picture(street, 'partner-6-renewed');
}, 90_000);

/** Three are told at first; the page of a station is long, and its last part comes when one is near. */
async function unfoldPartners(): Promise<void> {
  const list = resident.locator('.partner-here > li').first();
  for (let tries = 0; tries < 30 && !(await list.isVisible()); tries++) {
    await resident.mouse.wheel(0, 1_500);
    await resident.waitForTimeout(300);
  }
  await list.waitFor();
  const more = resident.locator('.partner-here + button');
  if (await more.isVisible()) await more.click();
}

test('a resident at the station rates it by one tap, once a day', async () => {
  await resident.goto('/s/chaotianmen');
  await unfoldPartners();
  const row = resident.locator('.partner-here > li').filter({ hasText: name });
  await row.getByRole('button', { name: t.here.open }).click();
  await stage.picture(resident, 'partner-7-rate');
  await row.getByRole('button', { name: t.ratings.words.s5 }).click();
  await row.getByText(t.here.thanks).waitFor();
  await resident.reload();
  await unfoldPartners();
  await row.getByRole('button', { name: t.here.open }).click();
  await row.getByRole('button', { name: t.ratings.words.s1, exact: true }).click();
  await row.getByText(t.here.already).waitFor();
}, 90_000);

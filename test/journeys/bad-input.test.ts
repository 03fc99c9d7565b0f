import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { deskEventZh } from '#web/i18n/zh/desk-event.ts';
import { errorsZh } from '#web/i18n/zh/errors.ts';
import { residentZh } from '#web/i18n/zh/resident.ts';
import { wordsZh } from '#web/i18n/zh/words.ts';
import { demoPassword } from '../../src/demo/index.ts';
import { desktop, openStage, phone, type Stage } from './stage.ts';

/** What goes wrong on ordinary days: a session that ends, too many words, a file that is no photo, a point in a river. */
const t = residentZh;
const river = { longitude: 106.7, latitude: 29.6 };
let stage: Stage;
const people: BrowserContext[] = [];

async function person(size: typeof phone | typeof desktop, at?: typeof river): Promise<Page> {
  const { page, context } = await stage.person(size, at === undefined ? {} : { at });
  people.push(context);
  return page;
}

async function fillSignIn(page: Page, login: string): Promise<void> {
  await page.locator('input[autocomplete="username"]').fill(login);
  await page.locator('input[type="password"]').fill(demoPassword);
  await page.locator('button[type="submit"]', { hasText: /\S/ }).last().click();
}

async function sendReport(page: Page): Promise<string> {
  await page.getByRole('button', { name: t.report.next }).click();
  await page.getByRole('button', { name: t.place.here }).click();
  await page.getByLabel(t.place.wordsLabel).fill('江中漂着');
  await page.getByRole('button', { name: t.report.next }).click();
  await page.getByRole('button', { name: t.send.submit, exact: true }).click();
  await page.getByRole('heading', { name: t.sent.heading }).waitFor();
  return (await page.getByRole('link', { name: t.sent.open }).getAttribute('href')) ?? '';
}

beforeAll(async () => {
  stage = await openStage();
});
afterAll(async () => {
  for (const context of people) await context.close();
  await stage.end();
});

it('a session that ends in the middle of a form costs no word: signed in again, it is sent', async () => {
  const page = await person(desktop);
  await page.goto('/desk/sign-in');
  await fillSignIn(page, 'jiepai');
  await page.waitForURL((url) => !url.pathname.endsWith('sign-in'));
  const { items } = (await (await page.request.get('/api/events?open=true&limit=1')).json()) as {
    items: { id: string }[];
  };
  const id = items[0]?.id ?? '';
  await page.goto(`/desk?open=true&event=${id}`);
  await page
    .locator('.acts-line')
    .getByRole('button', { name: new RegExp(`^${wordsZh.verb.note}`) })
    .click();
  const words = `现场已拉警戒线 ${Date.now()}`;
  await page.locator('.act-panel textarea').first().fill(words);
  await page.context().clearCookies();
  // The sheet may come by this press, or before it by what the page reads meanwhile: then the press lands after signing in.
  const pressed = page.getByRole('button', { name: deskEventZh.act.confirm(wordsZh.verb.note), exact: true }).click();
  const sheet = page.getByRole('dialog');
  await sheet.waitFor();
  expect(await page.locator('.act-panel textarea').first().inputValue()).toBe(words);
  await stage.picture(page, 'bad-1-session');
  await fillSignIn(page, 'jiepai');
  await sheet.waitFor({ state: 'hidden' });
  await pressed;
  await expect
    .poll(async () => await (await page.request.get(`/api/events/${id}`)).text(), { timeout: 20_000 })
    .toContain(words);
});

it('a picture that is none is refused in words, the other fields stay; many strange words and a place in the river arrive', async () => {
  const page = await person(phone, river);
  await page.goto('/report');
  await page.getByRole('radio', { name: '园林绿化设施' }).check();
  await page.getByRole('radio', { name: '行道树' }).check();
  const strange = `树\u0000倒\u202E了😀‮`.repeat(1_500).slice(0, 10_000);
  const box = page.getByLabel(t.report.wordsLabel);
  await box.fill(strange);
  const typed = await box.inputValue();
  const svg = Buffer.from(
    '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><rect width="9" height="9"/></svg>',
  );
  await page
    .locator('input[type=file]')
    .last()
    .setInputFiles({ name: 'tree.jpg', mimeType: 'image/jpeg', buffer: svg });
  await page.getByText(errorsZh.upload_refused).first().waitFor();
  await stage.picture(page, 'bad-2-photo');
  expect(await page.locator('.photo-tile').count()).toBe(0);
  expect(await page.getByRole('radio', { name: '行道树' }).isChecked()).toBe(true);
  expect(await box.inputValue()).toBe(typed);
  const receipt = await sendReport(page);
  const answer = (await (await page.request.get(`/api/public/receipts/${receipt.split('/').at(-1) ?? ''}`)).json()) as {
    title: string;
    description: string;
  };
  // What cannot be read is left out; what is kept is kept whole.
  expect(answer.description).not.toMatch(/[\u0000\u202E]/u);
  expect(answer.description.startsWith('树倒了😀树倒了😀')).toBe(true);
  expect(answer.description.isWellFormed()).toBe(true);
  expect(answer.description.length).toBeLessThanOrEqual(4_000);
  expect([...answer.title].length).toBeLessThanOrEqual(25);
  await page.goto(receipt);
  await page.getByText(t.receipt.plain.reported).first().waitFor();
  await stage.picture(page, 'bad-3-receipt');
});

it('ten thousand characters sent past the form are refused with the limit named', async () => {
  const body = {
    opId: crypto.randomUUID(),
    categoryCode: 'E0506',
    description: '字'.repeat(10_000),
    placeWords: '江边',
  };
  const answer = await fetch(`${stage.url}/api/public/reports`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(answer.status).toBe(400);
  expect(await answer.text()).toMatch(/description.*4000/);
});

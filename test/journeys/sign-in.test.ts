import { generateSync } from 'otplib';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deskEventZh } from '#web/i18n/zh/desk-event.ts';
import { adminZh } from '#web/i18n/zh/admin.ts';
import { wordsZh } from '#web/i18n/zh/words.ts';
import { demoPassword } from '../../src/demo/index.ts';
import { desktop, drawPhoto, openStage, phone, type Stage } from './stage.ts';

/** Signing in when it is more than a password, and a handler whose desk is a phone. */
let stage: Stage;
const people: BrowserContext[] = [];
beforeAll(async () => {
  stage = await openStage();
});
afterAll(async () => {
  for (const context of people) await context.close();
  await stage.end();
});

async function arrive(size: { width: number; height: number }): Promise<Page> {
  const { page, context } = await stage.person(size);
  people.push(context);
  await page.goto('/desk/sign-in');
  return page;
}

async function type(page: Page, login: string, password: string): Promise<void> {
  await page.locator('input[autocomplete="username"]').fill(login);
  await page.locator('input[autocomplete="current-password"]').fill(password);
  await page.locator('button[type="submit"]').click();
}

const inside = (page: Page) => page.locator('.bar-person').waitFor();

describe('signing in', () => {
  it('asks for the second factor once it is enrolled, and a code is good once', async () => {
    const t = adminZh.account;
    const page = await arrive(desktop);
    await type(page, 'audadmin', demoPassword);
    await inside(page);
    await page.goto('/desk/admin/account');
    const form = page.locator('.adm-sheet', { hasText: t.second });
    await form.getByLabel(t.yourPassword).fill(demoPassword);
    await form.getByRole('button', { name: t.start }).click();
    const secret = await form.locator('.adm-code').innerText();
    await stage.picture(page, 'sign-in-1-enrol');
    await form.getByLabel(t.code).fill(generateSync({ secret: secret.replaceAll(' ', '') }));
    await form.getByRole('button', { name: t.confirm }).click();
    await page.getByText(t.codesTitle, { exact: true }).first().waitFor();
    await stage.picture(page, 'sign-in-2-codes');

    const again = await arrive(desktop);
    await type(again, 'audadmin', demoPassword);
    await again.locator('input[autocomplete="one-time-code"]').waitFor();
    await stage.picture(again, 'sign-in-3-code');
    // The code of the enrolment is used up, so the next step of time is needed: thirty seconds ahead is still accepted.
    const next = generateSync({ secret: secret.replaceAll(' ', ''), epoch: Math.floor(Date.now() / 1000) + 30 });
    await again.locator('input[autocomplete="one-time-code"]').fill(next);
    await again.locator('button[type="submit"]').click();
    await inside(again);
  });

  it('with a one-time password leads to a new one before anything else', async () => {
    const admin = await arrive(desktop);
    await type(admin, 'sysadmin', demoPassword);
    await inside(admin);
    const { csrfToken } = (await (await admin.request.get('/api/session')).json()) as { csrfToken: string };
    const headers = { 'x-csrf-token': csrfToken };
    const list = (await (await admin.request.get('/api/people?q=zhihui')).json()) as {
      items: { id: string; login: string }[];
    };
    const person = list.items.find(({ login }) => login === 'zhihui');
    const reset = await admin.request.post(`/api/people/${person?.id}/password`, { headers, data: {} });
    const { oneTimePassword } = (await reset.json()) as { oneTimePassword: string };
    const page = await arrive(desktop);
    await type(page, 'zhihui', oneTimePassword);
    const fresh = page.locator('input[autocomplete="new-password"]');
    await fresh.first().waitFor();
    await stage.picture(page, 'sign-in-4-change');
    for (let at = 0; at < (await fresh.count()); at++) await fresh.nth(at).fill('huangge-yutian-2027');
    await page.locator('button[type="submit"]').click();
    await inside(page);
    const later = await arrive(desktop);
    await type(later, 'zhihui', 'huangge-yutian-2027');
    await inside(later);
  });
});

describe('a handler whose desk is a phone', () => {
  it('accepts, arrives and finishes with a photo', async () => {
    const page = await arrive(phone);
    await type(page, 'chengguan', demoPassword);
    await page.waitForURL((url) => !url.pathname.endsWith('sign-in'));
    const list = (await (await page.request.get('/api/events?mine=true&status=dispatched&limit=50')).json()) as {
      items: { id: string }[];
    };
    const id = list.items[0]?.id;
    if (id === undefined) throw new Error('The demo leaves the city-management post nothing to accept.');
    const detail = async () =>
      (await (await page.request.get(`/api/events/${id}`)).json()) as {
        status: string;
        tasks: { mine: boolean; status: string }[];
      };
    await page.goto(`/desk?event=${id}`);
    const press = (verb: string) =>
      page
        .locator('.acts-line')
        .getByRole('button', { name: new RegExp(`^${verb}`) })
        .click();
    await press(wordsZh.verb.accept);
    await press(wordsZh.verb.arrive);
    await press(wordsZh.verb.finish);
    const files = page.locator('.act-panel input[type=file]');
    await files.first().waitFor({ state: 'attached' });
    for (let at = 0; at < (await files.count()); at++)
      await files.nth(at).setInputFiles(await drawPhoto({ sky: '#cfe3ee', ground: '#8f8570' }));
    await page.getByLabel(deskEventZh.act.result).fill('已修好，现场清理干净');
    await stage.picture(page, 'sign-in-5-handler-phone');
    await page.getByRole('button', { name: deskEventZh.act.confirm(wordsZh.verb.finish), exact: true }).click();
    await expect
      .poll(async () => (await detail()).tasks.find(({ mine }) => mine)?.status, { timeout: 20_000 })
      .toBe('done');
  });
});

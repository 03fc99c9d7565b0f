import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { demoPassword } from '../../src/demo/index.ts';
import { fieldZh as t } from '#web/i18n/zh/field.ts';
import { wordsZh } from '#web/i18n/zh/words.ts';
import { drawPhoto, openStage, phone, type Stage } from './stage.ts';

interface Detail {
  status: string;
  timeline: { verb: string; id: string; words: Record<string, unknown> }[];
  attachments: unknown[];
}
interface Listed {
  items: { id: string; title: string; placeWords: string }[];
}

let stage: Stage;
let context: BrowserContext;
let page: Page;
let at = { longitude: 0, latitude: 0 };
let grid = '';

/** The answer of the running server, asked with this person's session. */
async function read<T>(path: string): Promise<T> {
  const answer = await context.request.get(`${stage.url}${path}`);
  expect(answer.status()).toBe(200);
  return (await answer.json()) as T;
}

const unsent = (): Promise<string | null> =>
  page.evaluate(() => document.querySelector('[data-unsent]')?.getAttribute('data-unsent') ?? null);

/** A resident reports something in the worker's grid; the worker's phone shows it. */
async function residentReports(words: string): Promise<string> {
  const { items } = await read<{ items: { code: string; name: string }[] }>('/api/public/categories');
  const category = items.find((item) => item.name === '井盖') ?? items.at(-1);
  const body = {
    opId: crypto.randomUUID(),
    categoryCode: category?.code,
    description: words,
    placeWords: words,
    areaCode: grid,
    attachments: [],
  };
  const answer = await fetch(`${stage.url}/api/public/reports`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(answer.status).toBe(200);
  const { id } = (await answer.json()) as { id: string };
  await page.goto('/field');
  await page.locator(`a[href="/field/e/${id}"]`).waitFor();
  return id;
}

async function verifyHere(eventId: string, words: string): Promise<void> {
  await page.locator(`a[href="/field/e/${eventId}"]`).first().click();
  await page.locator('.now-box .button-main').click();
  await page.locator('.choice', { hasText: t.act.verify.confirmed }).first().click();
  await page.getByRole('textbox').fill(words);
}

async function sendPhoto(): Promise<void> {
  await page
    .locator('input[type=file][capture]')
    .first()
    .setInputFiles(await drawPhoto({ sky: '#cfe3ee', ground: '#8f8570' }));
  await page.locator('.camera-tile img').first().waitFor();
}

const send = (words: string): Promise<void> => page.getByRole('button', { name: words, exact: true }).click();

beforeAll(async () => {
  stage = await openStage();
  const places = await fetch(`${stage.url}/api/public/places?q=${encodeURIComponent('黄葛')}`);
  const [place] = ((await places.json()) as { items: { lon: number; lat: number }[] }).items;
  at = { longitude: place?.lon ?? 106.55, latitude: place?.lat ?? 29.55 };
  ({ context, page } = await stage.person(phone, { at }));
  await page.goto('/field');
  await page.locator('.row-button', { hasText: 'wangge' }).click();
  await page.locator('.today-head').waitFor();
  const session = await read<{ account: { appointments: { areaCode: string }[] } }>('/api/session');
  grid = session.account.appointments[0]?.areaCode ?? '';
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    while (navigator.serviceWorker.controller === null) await new Promise((done) => setTimeout(done, 50));
  });
});
beforeEach(() => context.setOffline(false));
afterAll(() => stage.end());

describe('a grid worker without a signal', () => {
  it('reports and verifies, closes the app, opens it again, and everything arrives exactly once', async () => {
    const eventId = await residentReports('巷口井盖松动');
    const since = new Date(Date.now() - 60_000).toISOString();
    await context.setOffline(true);

    await page.locator('.bottom a[href="/field/report"]').click();
    await sendPhoto();
    await page.locator('.tile').first().click();
    await page.getByLabel(t.report.placeWords).fill('离线测试门口');
    await page.locator('.located strong').waitFor();
    await stage.picture(page, 'field-report-offline');
    await send(t.report.submit);
    await page.locator('.today-head').waitFor();
    expect(await unsent()).toBe('1');

    await verifyHere(eventId, '确实松动，已设警示');
    await sendPhoto();
    await send(t.act.send);
    await page.locator('.event-head').waitFor();
    await expect.poll(unsent).toBe('2');

    await page.close();
    page = await context.newPage();
    await page.goto('/field');
    await page.locator('.today-head').waitFor();
    await expect.poll(unsent).toBe('2');
    await stage.picture(page, 'field-unsent-offline');

    await context.setOffline(false);
    await expect.poll(unsent, { timeout: 30_000 }).toBeNull();
    await page.locator('.bottom a[href="/field/sent"]').click();
    await expect.poll(() => page.locator('.receipts code').count()).toBe(2);
    await stage.picture(page, 'field-receipts');

    const listed = await read<Listed>(`/api/events?channel=grid_worker&reportedFrom=${since}&limit=200`);
    expect(listed.items.filter((item) => item.placeWords === '离线测试门口')).toHaveLength(1);
    const detail = await read<Detail>(`/api/events/${eventId}`);
    const lines = detail.timeline.filter((line) => line.verb === 'verify');
    expect(lines).toHaveLength(1);
    expect(detail.attachments).toHaveLength(1);
    expect(await page.locator('.receipts').textContent()).toContain(lines[0]?.id);
  });

  it('is shown what happened meanwhile when the server says no, and can send the words as a note', async () => {
    const eventId = await residentReports('楼道堆物');
    await context.setOffline(true);
    await verifyHere(eventId, '已劝住户清走');
    await send(t.act.send);
    await expect.poll(unsent).toBe('1');

    await declineAs('shequ', eventId, '住户已自行清走');
    await context.setOffline(false);
    await page.locator('.bar-warn').waitFor();
    await page.locator('.bar-warn').click();
    await page.locator('.row-link .tag-seal').click();
    await page.getByText(t.conflict.statusNow(wordsZh.status.declined)).waitFor();
    expect(await page.locator('.timeline').textContent()).toContain('住户已自行清走');
    await stage.picture(page, 'field-conflict');

    await send(t.conflict.asNote);
    await expect.poll(async () => notes(eventId)).toHaveLength(1);
    expect((await notes(eventId))[0]).toContain('已劝住户清走');
    await page.goto('/field/sent');
    await page.getByText(t.outbox.none).waitFor();
  });

  it('keeps what was filled in when the session has expired, and sends it after signing in again', async () => {
    const eventId = await residentReports('路灯不亮');
    await verifyHere(eventId, '整排都不亮');
    await context.clearCookies();
    await send(t.act.send);
    await page.getByText(t.signIn.sheetLead).waitFor();
    expect(await unsent()).toBe('1');
    await stage.picture(page, 'field-sign-in-sheet');
    await page.getByLabel(t.signIn.password).fill(demoPassword);
    await send(t.signIn.go);
    await expect.poll(unsent).toBeNull();
    const { timeline } = await read<Detail>(`/api/events/${eventId}`);
    expect(timeline.filter((line) => line.verb === 'verify')).toMatchObject([{ words: { note: '整排都不亮' } }]);
  });
});

async function notes(eventId: string): Promise<unknown[]> {
  const { timeline } = await read<Detail>(`/api/events/${eventId}`);
  return timeline.filter((line) => line.verb === 'note').map((line) => line.words['note']);
}

/** Somebody else acts meanwhile, from another device. */
async function declineAs(login: string, eventId: string, reason: string): Promise<void> {
  const other = await stage.browser.newContext();
  const signedIn = await other.request.post(`${stage.url}/api/session`, { data: { login, password: demoPassword } });
  const { csrfToken } = (await signedIn.json()) as { csrfToken: string };
  const answer = await other.request.post(`${stage.url}/api/events/${eventId}/decline`, {
    headers: { 'x-csrf-token': csrfToken },
    data: { opId: crypto.randomUUID(), reason },
  });
  expect(answer.status()).toBe(200);
  await other.close();
}

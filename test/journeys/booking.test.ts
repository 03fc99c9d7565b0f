/**
 * A resident books legal advice on the phone; the counter finds it by its code, marks it arrived and served; the resident
 * rates it. Another finds the only time full and says what is missing: the street reads it in the list.
 */
import { randomUUID } from 'node:crypto';
import type { APIRequestContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { demoPassword } from '../../src/demo/index.ts';
import { bookingsPublicZh as own } from '../../src/web/i18n/zh/bookings-public.ts';
import { bookingsZh as t } from '../../src/web/i18n/zh/bookings.ts';
import { desktop, openStage, phone, tablet, type Stage } from './stage.ts';

let stage: Stage;
let resident: Page;
let head: Page;
let counter: Page;
let other: Page;

async function person(login: string, size: typeof tablet | typeof desktop): Promise<Page> {
  const { context, page } = await stage.person(size, { touch: size === tablet });
  const answer = await context.request.post(`${stage.url}/api/session`, { data: { login, password: demoPassword } });
  expect(answer.status()).toBe(200);
  return page;
}

beforeAll(async () => {
  stage = await openStage();
  resident = (await stage.person(phone)).page;
  other = (await stage.person(phone)).page;
  head = await person('zhanzhang', desktop);
  counter = await person('zhiyuan', tablet);
}, 240_000);
afterAll(() => stage.end());

const shanghaiDay = (daysAhead: number): string =>
  new Date(Date.now() + 8 * 3_600_000 + daysAhead * 86_400_000).toISOString().slice(0, 10);

interface Catalogue {
  items: { id: string; title: string; area: string }[];
  stations: { id: string; code: string; mayManage: boolean }[];
}

async function read<T>(request: APIRequestContext, path: string): Promise<T> {
  const answer = await request.get(`${stage.url}${path}`);
  expect(answer.status()).toBe(200);
  return (await answer.json()) as T;
}

/** A service with one single time: whoever comes second finds it full. */
async function offerOnce(title: string): Promise<void> {
  const { request } = head.context();
  const { csrfToken } = await read<{ csrfToken: string }>(request, '/api/session');
  const { stations } = await read<Catalogue>(request, '/api/offers');
  const day = shanghaiDay(2);
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
  const offer = {
    area: 'legal',
    title,
    providerWords: '黄桷法律服务所',
    way: 'place',
    weekly: [{ weekday, fromMinute: 600, untilMinute: 630 }],
    slotMinutes: 30,
    capacity: 1,
    walkIn: false,
    bring: ['身份证', '合同'],
    firstDay: day,
    lastDay: day,
  };
  const answer = await request.post(`${stage.url}/api/offers`, {
    headers: { 'x-csrf-token': csrfToken },
    data: { opId: randomUUID(), stationId: stations.find(({ code }) => code === 'chaotianmen')?.id, offer },
  });
  expect(answer.status()).toBe(200);
}

const title = `法律咨询（合同）${randomUUID().slice(0, 4)}`;
const card = (page: Page) => page.getByRole('listitem').filter({ hasText: title });
let code = '';

/** On the resident's page, as soon as the tablet's act has arrived. */
async function seen(words: string): Promise<void> {
  const read = async (): Promise<number> => {
    await resident.reload();
    await resident.locator('.book-state').waitFor();
    return resident.getByText(words).count();
  };
  await expect.poll(read, { timeout: 30_000 }).toBe(1);
}

test('a resident books with a number only, on the page of the station', async () => {
  await offerOnce(title);
  await resident.goto('/s/chaotianmen');
  await card(resident).getByRole('button', { name: own.book, exact: true }).click();
  await card(resident).getByRole('group', { name: own.time }).getByRole('button').first().click();
  await card(resident)
    .getByLabel(own.phone)
    .fill(`1990000${String(Date.now()).slice(-4)}`);
  await stage.picture(resident, 'booking-1-form');
  await card(resident).getByRole('button', { name: /^约 / }).click();
  await resident.locator('.book-code strong').waitFor();
  expect(new URL(resident.url()).pathname).toMatch(/^\/b\/[A-Za-z0-9_-]{32}$/);
  code = (await resident.locator('.book-code strong').textContent()) ?? '';
  expect(code).toMatch(/^[A-Z][2-9]{4}$/);
  await resident.getByText('身份证').waitFor();
  await stage.picture(resident, 'booking-2-own');
}, 90_000);

test('another finds it full and says what is missing', async () => {
  await other.goto('/s/chaotianmen');
  await card(other).getByText(own.full).waitFor();
  await other.getByRole('button', { name: own.unmet }).click();
  const form = other.getByRole('form', { name: own.unmet });
  await form.getByLabel(own.what).fill('晚上也有合同咨询');
  await form.getByRole('radio', { name: own.times.weekday_evening }).check();
  await form.getByRole('button', { name: own.unmetSend }).click();
  await other.getByText(own.unmetDone).waitFor();
}, 60_000);

test('the counter finds it by its code and marks it arrived and served', async () => {
  await counter.goto('/field/station/bookings');
  await counter.getByLabel(t.day.find).fill(code.toLowerCase());
  await counter.getByRole('button', { name: t.day.findDo, exact: true }).click();
  const row = counter.getByRole('list', { name: t.day.found }).getByRole('listitem').filter({ hasText: code });
  await row.getByRole('button', { name: t.day.arrive }).click();
  await stage.picture(counter, 'booking-3-counter');
  await seen(own.own.states.arrived);
  await row.getByRole('button', { name: t.day.serve }).click();
  await row.getByRole('button', { name: t.outcomes.solved, exact: true }).click();
  await seen(own.own.outcomes.solved);
}, 90_000);

test('the resident rates it, the head reads rating and wish', async () => {
  await resident.getByRole('button', { name: own.own.stars(5), exact: true }).click();
  await resident.getByRole('button', { name: own.own.rateSend }).click();
  await resident.getByText(own.own.rated(5)).waitFor();
  await stage.picture(resident, 'booking-4-rated');
  await head.goto('/desk/offers?part=unmet');
  const row = head.getByRole('row').filter({ hasText: '晚上也有合同咨询' });
  await row.getByText(new RegExp(t.unmet.times.weekday_evening)).waitFor();
  await stage.picture(head, 'booking-5-unmet');
  await head.goto(`/desk/offers?part=figures&until=${shanghaiDay(3)}`);
  const figures = head.getByRole('row').filter({ hasText: title });
  await figures.getByRole('button', { name: t.figures.open(t.figures.served, 1) }).click();
  await head.getByText(code).waitFor();
  await head.getByText(t.day.rating(5)).waitFor();
  expect(await head.getByText(/199\*{4}\d{4}/).count()).toBeGreaterThan(0);
}, 90_000);

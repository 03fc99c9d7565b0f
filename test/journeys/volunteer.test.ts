/**
 * A volunteer: signs up on the phone by the page of a station, comes, is confirmed by the head at the desk, sees the hours on
 * the own page, takes a certificate, and the page behind its code says that it is genuine.
 */
import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addDays, dayOf, weekdayOf } from '#kit/shanghai-days.ts';
import { demoPassword } from '../../src/demo/index.ts';
import { volunteersPublicZh as v } from '../../src/web/i18n/zh/volunteers-public.ts';
import { volunteersZh as t } from '../../src/web/i18n/zh/volunteers.ts';
import { desktop, openStage, phone, type Stage } from './stage.ts';

let stage: Stage;
let desk: Page;
let resident: Page;
let startMs = 0;
let title = '';
/** Whatever the hour of this test: somebody signs up before the shift, comes early, and is confirmed once it runs. */
const soon = 20;
beforeAll(async () => {
  stage = await openStage();
  startMs = Math.ceil(Date.now() / 60_000) * 60_000 + soon * 60_000;
  title = `${clock(startMs)}–${clock(startMs + 30 * 60_000)}`;
  desk = (await stage.person(desktop)).page;
  resident = (await stage.person(phone)).page;
}, 240_000);
afterAll(() => stage.end());

const clock = (ms: number): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Shanghai', timeStyle: 'short' }).format(ms);
const mondayOf = (ms: number): string => addDays(dayOf(ms), 1 - weekdayOf(dayOf(ms)));

/** The shift in the week it begins in; the page opens with this one, and there with the night shift that still runs. */
async function openShift(): Promise<void> {
  if (mondayOf(startMs) > mondayOf(Date.now())) await desk.getByRole('button', { name: t.week.after }).click();
  await desk.getByRole('button', { name: new RegExp(title) }).click();
}

test('the head opens the station for the day, and adds a shift', async () => {
  await desk.goto('/desk/sign-in');
  await desk.locator('input[autocomplete="username"]').fill('zhanzhang');
  await desk.locator('input[type="password"]').fill(demoPassword);
  await desk.locator('button[type="submit"]').click();
  await desk.waitForURL((url) => !url.pathname.endsWith('sign-in'));
  await openAllDay();
  await desk.goto('/desk/stations/chaotianmen?part=roster');
  await desk.getByRole('button', { name: t.week.add, exact: true }).click();
  const form = desk.getByRole('form', { name: t.week.add });
  await form.getByLabel(t.form.post).selectOption('reading');
  await form.getByLabel(t.form.day).fill(dayOf(startMs));
  await form.getByLabel(t.form.from).fill(clock(startMs));
  await form.getByLabel(t.form.minutes).fill('30');
  await form.getByRole('button', { name: t.week.add }).click();
  await form.waitFor({ state: 'detached' });
  await openShift();
  await stage.picture(desk, 'volunteer-1-roster');
}, 120_000);

/** Whatever the hour of this test, the station is open. */
async function openAllDay(): Promise<void> {
  const me = (await (await desk.request.get('/api/session')).json()) as { csrfToken: string };
  const today = (await (await desk.request.get('/api/volunteers/today')).json()) as {
    items: { station: { id: string; code: string } }[];
  };
  const id = today.items.find(({ station }) => station.code === 'chaotianmen')?.station.id ?? '';
  const days = { fromDay: dayOf(Date.now()), toDay: addDays(dayOf(startMs), 1) };
  const answer = await desk.request.post(`/api/stations/${id}/exceptions`, {
    headers: { 'x-csrf-token': me.csrfToken },
    data: { opId: randomUUID(), ...days, spans: [[0, 1440]], reason: '志愿服务日' },
  });
  expect(answer.status(), await answer.text()).toBe(200);
}

test('somebody signs up on the phone, without an account', async () => {
  await resident.goto('/s/chaotianmen');
  const part = resident.getByRole('region', { name: v.heading });
  await part.getByRole('button', { name: new RegExp(`${v.choose}.*${title}`) }).click();
  const form = part.getByRole('form');
  await form.getByRole('textbox', { name: v.name }).fill('江小燕');
  await form.getByRole('textbox', { name: v.phone }).fill('19912345678');
  await form.getByRole('checkbox').check();
  await form.getByRole('button', { name: v.send, exact: true }).click();
  await resident.getByRole('link', { name: v.open }).click();
  await resident.getByRole('heading', { name: v.own.hello('江小燕') }).waitFor();
  expect(await resident.getByRole('region', { name: v.own.coming }).textContent()).toContain(title);
  expect(resident.url()).toMatch(/\/v\/[\w-]{32}$/);
  await stage.picture(resident, 'volunteer-2-own');
}, 120_000);

test('the head sees them come, and confirms the real times', async () => {
  await desk.reload();
  await openShift();
  const person = desk.locator('.roster-pane .roster-person');
  await person.getByText('江* 5678').waitFor();
  await person.getByRole('button', { name: t.shift.arrive, exact: true }).click();
  await person.getByRole('button', { name: t.shift.leave, exact: true }).waitFor();
  await stage.pass(soon + 1);
  await desk.reload();
  await openShift();
  await person.getByRole('button', { name: t.shift.confirm, exact: true }).click();
  // Made ready before the shift: 45 minutes early is within the hour that counts.
  await person.getByLabel(t.shift.arrivedAt).fill(clock(startMs - 45 * 60_000));
  await person.getByLabel(t.shift.leftAt).fill(clock(Date.now()));
  await person.locator('form').getByRole('button', { name: t.shift.confirm, exact: true }).click();
  await person.getByText(/4[5-9] 分钟/).waitFor();
  await stage.picture(desk, 'volunteer-3-confirmed');
}, 300_000);

test('the hours stand on the own page; a certificate is taken there, and is genuine', async () => {
  await resident.reload();
  await resident.getByRole('region', { name: v.own.hours }).getByText(v.own.hoursOf('0.5')).first().waitFor();
  const papers = resident.getByRole('region', { name: v.own.papers });
  await papers.getByRole('button', { name: v.own.issue }).click();
  const file = papers.getByRole('link', { name: v.own.download });
  const answer = await resident.request.get((await file.getAttribute('href')) ?? '');
  expect((await answer.body()).subarray(0, 5).toString()).toBe('%PDF-');
  await stage.picture(resident, 'volunteer-4-papers');
  await papers.getByRole('link', { name: v.own.checkIt }).click();
  await resident.getByText(v.check.genuine, { exact: true }).waitFor();
  const said = await resident.locator('main').textContent();
  expect(said).toContain('江*');
  expect(said).not.toContain('小燕');
  await stage.picture(resident, 'volunteer-5-genuine');
}, 120_000);

test('the certificate stands in public notice on the station’s page, the name masked', async () => {
  await resident.goto('/s/chaotianmen');
  const part = resident.getByRole('region', { name: v.notices.title });
  const said = await part.textContent();
  expect(said).toContain(v.notices.line('江*', '0.5'));
  expect(said).not.toContain('小燕');
  await part.scrollIntoViewIfNeeded();
  await stage.picture(resident, 'volunteer-6-notice');
  await part.getByRole('link').first().click();
  await resident.getByText(v.check.genuine, { exact: true }).waitFor();
}, 60_000);

test('a number that was never issued is unknown', async () => {
  await resident.goto('/c/ZY500103-20260101-22222222');
  await resident.getByText(v.check.unknown, { exact: true }).waitFor();
}, 60_000);

/** A station head reads the month, opens what a number counts, sees when people come, takes the report along; announces and holds an activity. */
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { activityRoutes } from '#contract/activities.ts';
import type { ClientOutput } from '#contract/route.ts';
import type { serviceFigureRoutes } from '#contract/service-figures.ts';
import { activitiesPublicZh as p } from '#web/i18n/zh/activities-public.ts';
import { activitiesZh as a } from '#web/i18n/zh/activities.ts';
import { serviceFiguresZh as t } from '#web/i18n/zh/service-figures.ts';
import { demoPassword } from '../../src/demo/index.ts';
import { desktop, openStage, phone, type Stage } from './stage.ts';

type Figures = ClientOutput<typeof serviceFigureRoutes.get>;
type Activities = ClientOutput<typeof activityRoutes.list>;

let stage: Stage;
let page: Page;
let csrf = '';
const broken: string[] = [];

beforeAll(async () => {
  stage = await openStage({ oneDay: true });
  const head = await stage.person(desktop);
  page = head.page;
  page.on('pageerror', (error) => broken.push(error.message));
  const answer = await head.context.request.post(`${stage.url}/api/session`, {
    data: { login: 'zhanzhang', password: demoPassword },
  });
  csrf = ((await answer.json()) as { csrfToken: string }).csrfToken;
}, 240_000);
afterAll(async () => {
  await stage.end();
});

async function read<T>(path: string): Promise<T> {
  const answer = await page.request.get(`${stage.url}${path}`);
  expect(answer.status(), path).toBe(200);
  return (await answer.json()) as T;
}

/** A day in Shanghai, so many days from now. */
const dayOf = (days: number): string =>
  new Date(Date.now() + 8 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10);
const lastMonth = (): string => {
  const [year = 0, month = 0] = dayOf(0).split('-').map(Number);
  return new Date(Date.UTC(year, month - 2, 15)).toISOString().slice(0, 10);
};
const said = (n: number): string => n.toLocaleString('zh-CN');
const personsNow = async (day: string): Promise<number> =>
  (await read<Figures>(`/api/service-figures?period=day&day=${day}`)).persons.now;

describe('the figures of a month', () => {
  it('shows what was counted, and each number opens the records it adds up', async () => {
    const figures = await read<Figures>(`/api/service-figures?period=month&day=${lastMonth()}`);
    expect(figures.persons.now).toBeGreaterThan(500);
    expect(figures.stations.map(({ code }) => code)).toEqual(['chaotianmen']);
    await page.goto(`${stage.url}/desk/service-figures?period=month&day=${lastMonth()}`);
    await page.getByRole('button', { name: t.open(t.persons, said(figures.persons.now)) }).click();
    await page.getByText(t.list.sum(said(figures.records.now), said(figures.persons.now))).waitFor();
    expect(await page.locator('.service-figures-rows tbody tr').count()).toBe(50);
    await page.getByRole('button', { name: t.list.more }).click();
    await expect.poll(() => page.locator('.service-figures-rows tbody tr').count()).toBe(100);
    await page.goBack();
    const water = figures.byKind.find(({ code }) => code === 'water');
    await page.getByRole('button', { name: t.open('饮水', said(water?.persons.now ?? 0)) }).click();
    await page.getByText(t.list.sum(said(water?.records.now ?? 0), said(water?.persons.now ?? 0))).waitFor();
    await page.getByRole('button', { name: t.list.back }).click();
  }, 60_000);

  it('shows when people come; an hour opens its records', async () => {
    await page.getByRole('heading', { name: t.demand.title }).waitFor();
    const cells = page.locator('.service-figures-cell');
    await cells.first().waitFor();
    expect(await cells.count()).toBeGreaterThan(40);
    const { hours } = await read<Figures>(`/api/service-figures?period=month&day=${lastMonth()}`);
    const most = hours.flatMap((row, weekday) => row.map((persons, hour) => ({ weekday, hour, persons }))).toSorted((x, y) => y.persons - x.persons)[0]; // prettier-ignore
    if (most === undefined) throw new Error('Somebody came.');
    const when = t.list.hourOf(t.demand.weekday[most.weekday] ?? '', most.hour);
    await page.getByRole('button', { name: new RegExp(`^${when}：`) }).click();
    await page
      .getByText(new RegExp(`${said(most.persons)} 人次$`))
      .first()
      .waitFor();
    await page.getByRole('button', { name: t.list.back }).click();
    await stage.picture(page, 'service-figures');
  }, 60_000);

  it('gives the report of the month as Word, PDF and a workbook', async () => {
    for (const [format, begin] of [
      ['Word', 'PK'],
      ['PDF', '%PDF'],
      ['Excel', 'PK'],
    ] as const) {
      const wait = page.waitForEvent('download');
      await page.getByRole('link', { name: t.reportAs(lastMonth().slice(0, 7), format) }).click();
      const file = await wait;
      expect(file.suggestedFilename()).toMatch(/^朝天门小红伞驿站服务月报 \d{4}-\d{2}\.(docx|pdf|xlsx)$/);
      const bytes = await readFile(await file.path());
      expect(bytes.subarray(0, begin.length).toString()).toBe(begin);
      expect(bytes.length).toBeGreaterThan(5_000);
    }
  }, 60_000);
});

describe('who came to an activity', () => {
  it('is a number that opens the records of that activity, and of no other', async () => {
    await page.goto(`${stage.url}/desk/activities?state=held`);
    const row = page.locator('.activities-held').first();
    const came = /到场 ([\d,]+) 人次/.exec((await row.textContent()) ?? '')?.[1] ?? '';
    const name = (await row.locator('b').textContent()) ?? '';
    await row.getByRole('link', { name: a.persons(came) }).click();
    await page.getByText(t.list.sum('1', came)).waitFor();
    await page.locator('.tag', { hasText: `${t.list.of.activity}: ${name}` }).waitFor();
    expect(await page.locator('.service-figures-rows tbody tr').count()).toBe(1);
  }, 60_000);
});

describe('an activity', () => {
  const title = `磨刀修伞 ${Date.now()}`;

  it('is announced by the head, and everybody sees it on the public page with a calendar entry', async () => {
    await page.goto(`${stage.url}/desk/activities`);
    await page.getByRole('button', { name: a.add }).click();
    const form = page.locator('.activities-form');
    await form.getByLabel(a.kind).selectOption('sharpening');
    await form.getByLabel(a.name).fill(title);
    const starts = form.getByRole('group', { name: a.starts });
    await starts.locator('input[type=date]').fill(dayOf(3));
    await starts.locator('input:not([type=date])').fill('14:00');
    await starts.locator('input:not([type=date])').blur();
    await form.getByRole('button', { name: a.announce }).click();
    await page.getByText(title).waitFor();
    const { page: visitor } = await stage.person(phone);
    await visitor.goto(`${stage.url}/s/chaotianmen`);
    const link = visitor.getByRole('link', { name: p.calendarOf(title) });
    await link.waitFor();
    const calendar = await visitor.request.get(new URL((await link.getAttribute('href')) ?? '', stage.url).href);
    expect(await calendar.text()).toContain(`SUMMARY:${title}`);
    await stage.picture(visitor, 'station-activities');
    await visitor.context().close();
  }, 60_000);

  it('is cancelled with a reason that the public page tells', async () => {
    const row = page.locator('.activities-list > li', { hasText: title });
    await row.getByRole('button', { name: a.cancel }).click();
    await row.getByLabel(a.reason).fill('师傅临时有事');
    await row.getByRole('button', { name: a.cancel }).click();
    await row.getByText(a.cancelledFor('师傅临时有事')).waitFor();
    const { page: visitor } = await stage.person(phone);
    await visitor.goto(`${stage.url}/s/chaotianmen`);
    await visitor.getByText(`${p.cancelled}: 师傅临时有事`).waitFor();
    await visitor.context().close();
  }, 60_000);

  it('that took place counts its heads: today has as many more, by a record', async () => {
    const [station] = (await read<Figures>('/api/service-figures')).stations;
    const startsAt = new Date(Date.now() - 60_000).toISOString();
    const made = await page.request.post(`${stage.url}/api/activities`, {
      headers: { 'x-csrf-token': csrf },
      data: { opId: crypto.randomUUID(), stationId: station?.id, kind: 'clinic', title: `义诊 ${title}`, startsAt, endsAt: new Date(Date.now() + 3_600_000).toISOString() }, // prettier-ignore
    });
    expect(made.status(), await made.text()).toBe(200);
    const today = dayOf(0);
    const before = await personsNow(today);
    await page.reload();
    const row = page.locator('.activities-list > li', { hasText: `义诊 ${title}` });
    await row.getByRole('button', { name: a.hold, exact: true }).click();
    await row.getByLabel(a.heads).fill('23');
    await row.getByRole('button', { name: a.hold, exact: true }).click();
    await expect.poll(async () => (await personsNow(today)) - before).toBe(23);
    const { items } = await read<Activities>(`/api/activities?state=held&from=${today}`);
    expect(items.find(({ title: one }) => one === `义诊 ${title}`)?.persons).toBe(23);
  }, 60_000);

  it('broke nothing in the page', () => {
    expect(broken).toEqual([]);
  });
});

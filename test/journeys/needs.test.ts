/**
 * Residents of 桥北 say on the phone, without a name and even without network, that there is nowhere to buy food; the
 * community puts it on the list with a reason; the planner opens every voice and takes the list with them.
 */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoPassword } from '../../src/demo/index.ts';
import { needsPublicZh as own } from '../../src/web/i18n/zh/needs-public.ts';
import { needsZh as t } from '../../src/web/i18n/zh/needs.ts';
import { walk } from './axe-walk.ts';
import { desktop, openStage, phone, type Stage } from './stage.ts';

const area = '500105001001';
let stage: Stage;
let resident: Page;
let secretary: Page;
let planner: Page;

async function person(login: string): Promise<Page> {
  const { context, page } = await stage.person(desktop);
  const answer = await context.request.post(`${stage.url}/api/session`, { data: { login, password: demoPassword } });
  expect(answer.status()).toBe(200);
  return page;
}

beforeAll(async () => {
  stage = await openStage();
  resident = (await stage.person(phone)).page;
  secretary = await person(`secretary.${area}`);
  planner = await person('guihua');
}, 240_000);
afterAll(() => stage.end());

interface Counted {
  items: { id: string; voices: number; people: number; version: number }[];
}
async function market(page: Page): Promise<{ id: string; voices: number; people: number }> {
  const answer = await page.context().request.get(`${stage.url}/api/needs?class=fresh_market&area=${area}`);
  const { items } = (await answer.json()) as Counted;
  const [first] = items;
  if (first === undefined) expect.fail('桥北 wants a market.');
  return first;
}

/** The secretary decides, with a reason that then stands beside the state. */
async function decide(act: string, reason: string): Promise<void> {
  await secretary.getByRole('button', { name: act, exact: true }).click();
  await secretary.locator('.form textarea').fill(reason);
  await secretary.getByRole('button', { name: t.decide.send }).click();
  await secretary.getByText(t.reasonIs(reason)).waitFor();
}

describe('what is missing in 桥北', () => {
  it('is said in a minute on a phone; without network it is kept and sent later, once', async () => {
    const before = await market(planner);
    await resident.goto('/survey');
    await resident.getByLabel(own.where.street).selectOption({ label: '华新街街道' });
    await resident.getByLabel(own.where.community).selectOption({ label: '桥北社区' });
    await resident.getByRole('button', { name: own.where.go }).click();
    await resident.getByRole('checkbox', { name: /^买菜/ }).check();
    await resident.getByRole('radio', { name: '老年人' }).check();
    await resident.getByRole('radio', { name: own.minutes[25] }).check();
    await resident.locator('textarea').fill('婆婆买菜要爬坡，电话13812345678');
    await resident.context().setOffline(true);
    await resident.getByRole('button', { name: own.send }).click();
    await resident.getByText(own.kept).waitFor();
    // What was filled in survives a page that is opened anew.
    await resident.context().setOffline(false);
    await resident.getByText(own.thanks).waitFor();
    expect(await market(planner)).toMatchObject({ voices: before.voices + 1, people: before.people + 1 });
    await resident.getByRole('link', { name: own.see }).click();
    await resident.getByText(own.list.people(String(before.people + 1)), { exact: false }).waitFor();
  });

  it('stands at the desk with every voice, by source, and why they are together; nobody can be told from it', async () => {
    const { id } = await market(planner);
    await secretary.goto(`/desk/needs?class=fresh_market&need=${id}`);
    await secretary.getByRole('heading', { name: `菜市场(生鲜超市) · 桥北社区` }).waitFor();
    for (const source of [t.sources.survey, t.sources.hotline, t.sources.visit])
      await secretary.locator('.needs-source > summary').filter({ hasText: source }).waitFor();
    // Votes of meetings are looked through every minute.
    const meeting = secretary.locator('.needs-source > summary').filter({ hasText: t.sources.meeting });
    for (let tries = 0; tries < 20 && (await meeting.count()) === 0; tries++) {
      await secretary.waitForTimeout(5_000);
      await secretary.reload();
      await secretary.locator('.needs-source > summary').first().waitFor();
    }
    expect(await meeting.count()).toBe(1);
    const { voices } = await market(planner);
    const survey = secretary.locator('.needs-source').filter({ hasText: t.sources.survey });
    if ((await survey.getAttribute('open')) === null) await survey.locator('summary').click();
    await survey.getByText('婆婆买菜要爬坡，电话〔略〕').first().waitFor();
    await expect.poll(() => secretary.locator('.needs-voices > li').count(), { timeout: 20_000 }).toBe(voices);
    expect(await secretary.content()).not.toContain('13812345678');
    await secretary.getByRole('link', { name: t.openSource }).first().waitFor();
  });

  it('goes on the list with a reason, and everybody sees it there', async () => {
    // The demo's own lists have it already: it is asked for anew, then listed by the community's own word.
    await decide(t.decide.open, '再核实一次');
    await decide(t.decide.listed, '入户核实，步行二十五分钟以上');
    await secretary.locator('.needs-source > summary').filter({ hasText: t.history.title }).click();
    await secretary
      .locator('.needs-lines > li', { hasText: t.history.fromTo(t.states.open, t.states.listed) })
      .filter({ hasText: '入户核实' })
      .first()
      .waitFor();
    await resident.reload();
    await resident
      .locator('.survey-list > li')
      .filter({ hasText: '菜市场' })
      .getByText(own.list.states.listed)
      .waitFor();
  });

  it('is taken along as workbook and document, within what the reader sees', async () => {
    for (const format of ['xlsx', 'docx']) {
      const file = await planner.context().request.get(`${stage.url}/api/need-list?format=${format}&area=${area}`);
      expect(file.status()).toBe(200);
      expect((await file.body()).subarray(0, 2).toString()).toBe('PK');
    }
    const foreign = await secretary.context().request.get(`${stage.url}/api/needs?area=500103`);
    expect(((await foreign.json()) as Counted).items).toEqual([]);
  });
});

describe('nothing serious or critical by axe-core, in normal, elder and dark', () => {
  it('for residents', async () => {
    const found = await walk(resident, [
      { to: '/survey', ready: '.survey select' },
      { to: `/survey/${area}`, ready: '.survey .choice' },
      { to: `/survey/${area}/needs`, ready: '.survey-list li' },
    ]);
    expect(found).toEqual([]);
  });

  it('at the desk', async () => {
    const { id } = await market(planner);
    const found = await walk(planner, [
      { to: '/desk/needs', ready: '.needs-row' },
      { to: `/desk/needs?need=${id}`, ready: '.needs-bars' },
      { to: `/desk/needs/survey?area=${area}`, ready: '.needs-door img' },
    ]);
    expect(found).toEqual([]);
  });
});

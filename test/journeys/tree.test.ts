import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deskEventZh } from '#web/i18n/zh/desk-event.ts';
import { fieldZh } from '#web/i18n/zh/field.ts';
import { residentZh } from '#web/i18n/zh/resident.ts';
import { wordsZh } from '#web/i18n/zh/words.ts';
import { demoPassword } from '../../src/demo/index.ts';
import { desktop, drawPhoto, openStage, phone, type Stage } from './stage.ts';

/**
 * The first story: a leaning 黄葛树 goes from a resident's phone through grid, community, street and district to the
 * bureau that can save it, and back to the resident's receipt. Every step is taken on the real screens.
 */
const act = deskEventZh.act;
const verb = wordsZh.verb;
const status = wordsZh.status;

/** Said once, so that the story finds its own event among the town's. */
const where = `重庆村30号楼正门台阶旁第${Date.now() % 10_000}块石板`;
let stage: Stage;
let tree = { longitude: 0, latitude: 0 };
let number = '';
let eventId = '';
let receipt = '';
const people: BrowserContext[] = [];

async function onPhone(login: string): Promise<Page> {
  const { page, context } = await stage.person(phone, { at: tree });
  people.push(context);
  await page.goto('/field');
  await page.locator('input[autocomplete="username"]').fill(login);
  await page.locator('input[type="password"]').fill(demoPassword);
  await page.getByRole('button', { name: fieldZh.signIn.go, exact: true }).click();
  await page.locator('.today-head').waitFor();
  return page;
}

async function atDesk(login: string): Promise<Page> {
  const { page, context } = await stage.person(desktop);
  people.push(context);
  await page.goto(`/desk/sign-in`);
  await page.locator('input[autocomplete="username"]').fill(login);
  await page.locator('input[type="password"]').fill(demoPassword);
  await page.locator('button[type="submit"]').click();
  await page.waitForURL((url) => !url.pathname.endsWith('sign-in'));
  await page.goto(`/desk?event=${eventId}`);
  await page.getByText(number).first().waitFor();
  return page;
}

/** Looks again and again: another screen, or the phone's outbox, needs its moment. */
const within = <T>(look: () => T) => expect.poll(look, { timeout: 20_000 });
/** A button of the action bar; its letter may stand behind the verb. */
const button = (page: Page, name: string) =>
  page.locator('.acts-line').getByRole('button', { name: new RegExp(`^${name}`) });
/** What is seldom done waits behind "more". */
async function choose(page: Page, name: string): Promise<void> {
  await page.locator('.acts-line').getByRole('button').first().waitFor();
  if ((await button(page, name).count()) > 0) return button(page, name).first().click();
  await page.getByRole('button', { name: act.more }).click();
  await page.getByRole('menuitem', { name }).click();
}
const confirm = (page: Page, name: string) =>
  page.getByRole('button', { name: act.confirm(name), exact: true }).click();
const statusIs = (page: Page, word: string) =>
  page.locator('.event-head, .event-pane').getByText(word, { exact: true }).first().waitFor();

beforeAll(async () => {
  stage = await openStage();
  const places = await fetch(`${stage.url}/api/public/places?q=${encodeURIComponent('黄葛树')}`);
  const [place] = ((await places.json()) as { items: { lon: number; lat: number }[] }).items;
  if (place === undefined) throw new Error('The demo town has no place called 黄葛树.');
  tree = { longitude: place.lon, latitude: place.lat };
});
afterAll(async () => {
  for (const context of people) await context.close();
  await stage.end();
});

describe('the tree, level by level', () => {
  it('a resident reports it from a phone within a minute, without signing in', async () => {
    const { page, context } = await stage.person(phone, { at: tree });
    people.push(context);
    const t = residentZh;
    await page.goto('/');
    await stage.picture(page, 'tree-1-landing');
    await page.getByRole('link', { name: t.landing.report }).click();
    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles(await drawPhoto({ sky: '#cfe3ee', ground: '#8f8570' }));
    await page.getByRole('radio', { name: '园林绿化设施' }).check();
    await page.getByRole('radio', { name: '行道树' }).check();
    await page.getByLabel(t.report.wordsLabel).fill('路边的大黄葛树歪了，快压到老楼的门，树干里有虫。');
    await stage.picture(page, 'tree-2-what');
    await page.getByRole('button', { name: t.report.next }).click();
    await page.getByRole('button', { name: t.place.here }).click();
    await page.getByLabel(t.place.wordsLabel).fill(where);
    await stage.picture(page, 'tree-3-where');
    await page.getByRole('button', { name: t.report.next }).click();
    await page.getByText(t.send.consent).waitFor();
    await stage.picture(page, 'tree-4-send');
    await page.getByRole('button', { name: t.send.submit, exact: true }).click();
    await page.getByRole('heading', { name: t.sent.heading }).waitFor();
    await stage.picture(page, 'tree-5-sent');
    await page.getByRole('link', { name: t.sent.open }).click();
    await page.waitForURL(/\/r\//);
    receipt = page.url();
    await page.getByText(t.receipt.plain.reported).first().waitFor();
    const answer = (await (await fetch(`${stage.url}/api/public/receipts/${receipt.split('/').at(-1)}`)).json()) as {
      number: string;
    };
    number = answer.number;
    expect(number).toMatch(/^\d{8}-\d{6,}$/);
  });

  it('the grid worker of that grid sees it on the phone, confirms it and sends it up', async () => {
    const page = await onPhone('wangge');
    const row = page.locator('a[href^="/field/e/"]', { hasText: where }).first();
    await stage.picture(page, 'tree-6-today');
    await row.click();
    await page.waitForURL(/\/field\/e\//);
    eventId = page.url().split('/').at(-1) ?? '';
    await page.getByText(number).first().waitFor();
    await stage.picture(page, 'tree-7-field-event');
    await page.locator('.now-box .button-main').click();
    await page.getByRole('radio', { name: fieldZh.act.verify.confirmed }).check();
    await page.getByRole('textbox').fill('属实，树干有白蚁，社区处理不了');
    await page.getByRole('button', { name: fieldZh.act.send, exact: true }).click();
    await page.locator('.event-head').waitFor();
    await page
      .getByRole('link', { name: verb.escalate })
      .or(page.getByRole('button', { name: verb.escalate }))
      .first()
      .click();
    await page.getByText('需要专业队伍或设备', { exact: true }).click();
    await page.getByRole('button', { name: fieldZh.act.send, exact: true }).click();
    await page.locator('.event-head').waitFor();
    await within(() =>
      page.evaluate(() => document.querySelector('[data-unsent]')?.getAttribute('data-unsent') ?? '0'),
    ).toBe('0');
  });

  it('the street’s intake seat files it, the dispatch seat gives it to the city-management post', async () => {
    const intake = await atDesk('jieshou');
    await button(intake, verb.file).click();
    await statusIs(intake, status.filed);
    await stage.picture(intake, 'tree-8-filed');
    const dispatcher = await atDesk('jiepai');
    await dispatcher.locator('body').press('d');
    await dispatcher.locator('.act-panel').waitFor();
    await stage.picture(dispatcher, 'tree-9-dispatch');
    await dispatcher.getByText(act.suggestedBy('两路口城市管理环保岗')).waitFor();
    await confirm(dispatcher, verb.dispatch);
    await statusIs(dispatcher, status.dispatched);
  });

  it('the post looks, cannot do it, and it goes up to the district', async () => {
    const post = await atDesk('chengguan');
    await button(post, verb.accept).click();
    await statusIs(post, status.handling);
    await button(post, verb.arrive).click();
    await choose(post, verb.return);
    await post.getByLabel(act.reason).fill('主干道大树，要专业防治白蚁，超出街道能力');
    await post.getByText(act.beyondTier).click();
    await stage.picture(post, 'tree-10-return');
    await confirm(post, verb.return);
    await within(async () => (await (await post.request.get(`/api/events/${eventId}`)).json()).tier).toBe('district');
  });

  it('the district gives it to the urban management bureau, which finishes the same afternoon', async () => {
    const district = await atDesk('quzhong');
    await district.locator('body').press('d');
    await district.getByText(act.suggestedBy('渝中区城市管理局')).waitFor();
    await confirm(district, verb.dispatch);
    await statusIs(district, status.dispatched);
    const bureau = await atDesk('quchengguan');
    await button(bureau, verb.accept).click();
    await statusIs(bureau, status.handling);
    await button(bureau, verb.arrive).click();
    await button(bureau, verb.finish).click();
    const files = bureau.locator('.act-panel input[type=file]');
    await files.nth(0).setInputFiles(await drawPhoto({ sky: '#cfe3ee', ground: '#8f8570' }));
    await files.nth(1).setInputFiles(await drawPhoto({ sky: '#bfe0f2', ground: '#7d8f6a' }));
    await bureau.getByLabel(act.result).fill('喷药灭蚁，清除蚁巢，支撑加固');
    await within(() => bureau.locator('.act-panel').getByText(act.uploading).count()).toBe(0);
    await stage.picture(bureau, 'tree-11-finish');
    await confirm(bureau, verb.finish);
    await statusIs(bureau, status.checking);
    await stage.picture(bureau, 'tree-12-checking');
  });

  it('somebody else checks on site, and it closes', async () => {
    const page = await onPhone('hecha');
    await page.goto(`/field/e/${eventId}`);
    await page.locator('.now-box .button-main').click();
    await page.getByRole('radio', { name: fieldZh.act.check.pass }).check();
    await page.getByRole('textbox').fill('树已扶正，蚁巢清了');
    await page.getByRole('button', { name: fieldZh.act.send, exact: true }).click();
    await within(async () => (await (await page.request.get(`/api/events/${eventId}`)).json()).status).toBe('closed');
    await stage.picture(page, 'tree-13-checked');
  });

  it('the resident sees every step with its time and rates it', async () => {
    const t = residentZh.receipt;
    for (const [name, size] of [
      ['phone', phone],
      ['desktop', desktop],
    ] as const) {
      const { page, context } = await stage.person(size);
      people.push(context);
      await page.goto(receipt);
      await page.getByText(t.plain.closed).first().waitFor();
      for (const step of [
        t.verbs.report,
        t.verbs.verify,
        t.verbs.escalate,
        t.verbs.file,
        t.verbs.dispatch,
        t.verbs.accept,
        t.verbs.finish,
      ]) {
        expect([step, await page.getByText(step).count()]).not.toEqual([step, 0]);
      }
      await page.screenshot({ path: `test-results/tree-14-receipt-${name}.png`, fullPage: true });
      if (name === 'phone') continue;
      await page.getByRole('radio', { name: residentZh.act.ratings.r5 }).check();
      await page.getByLabel(residentZh.act.rateWords).fill('办得很快，谢谢');
      await page.getByRole('button', { name: residentZh.act.send, exact: true }).click();
      await page.getByText(residentZh.act.rateDone).first().waitFor();
    }
  });

  it('the whole path, with times against limits, is one timeline on the desk', async () => {
    const page = await atDesk('quzhong');
    const detail = (await (await page.request.get(`/api/events/${eventId}`)).json()) as {
      timeline: { verb: string }[];
      tasks: unknown[];
    };
    const verbs = detail.timeline.map((line) => line.verb);
    for (const step of [
      'report',
      'verify',
      'escalate',
      'file',
      'dispatch',
      'accept',
      'arrive',
      'return',
      'finish',
      'check',
    ])
      expect(verbs).toContain(step);
    expect(detail.tasks).toHaveLength(2);
    await stage.picture(page, 'tree-15-timeline');
  });
});

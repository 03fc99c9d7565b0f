import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agencyZh } from '#web/i18n/zh/agency.ts';
import { operationsZh } from '#web/i18n/zh/operations.ts';
import { plansZh } from '#web/i18n/zh/plans.ts';
import { wordsZh } from '#web/i18n/zh/words.ts';
import { demoPassword } from '../../src/demo/index.ts';
import { desktop, drawPhoto, openStage, phone, type Stage } from './stage.ts';

/**
 * Many hands in one room: the seat opens the plan for a fire in a cable well and records the call to 119, the district
 * calls the owners of the lines, one without accounts comes by a link on a phone and finishes, and the room shows it
 * without being asked again.
 */
const t = operationsZh;
const a = agencyZh;
/** Has no accounts in the demo. */
const byLink = '联通';
let stage: Stage;
let eventId = '';
let link = '';
let district: Page;
const people: BrowserContext[] = [];

async function atDesk(login: string, size: typeof desktop | typeof phone = desktop): Promise<Page> {
  const { page, context } = await stage.person(size);
  people.push(context);
  await page.goto('/desk/sign-in');
  await page.locator('input[autocomplete="username"]').fill(login);
  await page.locator('input[type="password"]').fill(demoPassword);
  await page.locator('button[type="submit"]').click();
  await page.waitForURL((url) => !url.pathname.endsWith('sign-in'));
  return page;
}

/** A command by the page's own session: what other journeys already do on the screens. */
async function command(page: Page, path: string, body: object): Promise<Record<string, unknown>> {
  const answer = await page.evaluate(
    async ([to, sent]) => {
      const state = (await (await fetch('/api/session')).json()) as { csrfToken: string };
      const reply = await fetch(to as string, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-csrf-token': state.csrfToken },
        body: JSON.stringify(sent),
      });
      return { status: reply.status, body: (await reply.json()) as Record<string, unknown> };
    },
    [path, { opId: crypto.randomUUID(), ...body }] as const,
  );
  expect([answer.status, answer.body]).toMatchObject([200, {}]);
  return answer.body;
}

/** Serious and critical findings as "rule: selector". */
async function findings(page: Page, axe: string): Promise<string[]> {
  await page.addStyleTag({
    content: '*, *::before, *::after { animation: none !important; transition: none !important }',
  });
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { axe: run } = globalThis as unknown as {
      axe: {
        run(
          place: Document,
          options: object,
        ): Promise<{ violations: { id: string; impact?: string | null; nodes: { target: unknown[] }[] }[] }>;
      };
    };
    const { violations } = await run.run(document, { resultTypes: ['violations'] });
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
  });
}

const within = <T>(look: () => T) => expect.poll(look, { timeout: 20_000 });
const pane = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
const cardOf = (page: Page, unit: string) => page.locator('.unit-card', { hasText: unit });

beforeAll(async () => {
  stage = await openStage();
});
afterAll(async () => {
  for (const context of people) await context.close();
  await stage.end();
});

describe('the joint room', () => {
  it('is opened by the street’s seat with the plan that fits, and records the call to 119', async () => {
    const seat = await atDesk('jieshou');
    const places = await fetch(`${stage.url}/api/public/places?q=${encodeURIComponent('电缆井')}`);
    const [place] = ((await places.json()) as { items: { lon: number; lat: number }[] }).items;
    const made = await command(seat, '/api/events', {
      categoryCode: 'E0511',
      description: '井盖边冒黑烟，有焦糊味',
      placeWords: '健康路1号小游园旁电缆井',
      lon: place?.lon,
      lat: place?.lat,
      channel: 'hotline',
      priority: 0,
    });
    eventId = String(made['id']);
    await seat.goto(`/desk?event=${eventId}`);
    await seat
      .getByRole('button', { name: /^启动预案：/ })
      .first()
      .click();
    await seat.waitForURL(`**/desk/operations/${eventId}`);
    const steps = pane(seat, t.room.panes.steps);
    await steps.getByText('119').first().waitFor();
    await steps.getByRole('checkbox').first().click();
    await within(() => steps.locator('header').textContent()).toContain('1 / ');

    await steps.getByRole('button', { name: t.steps.record }).first().click();
    const stream = pane(seat, t.room.panes.stream);
    await stream.getByLabel(t.compose.incident).fill('X-20260603-1');
    await stream.getByRole('button', { name: t.compose.save, exact: true }).click();
    await stream.getByText(t.stream.incident('X-20260603-1')).waitFor();
    await stage.picture(seat, 'room-1-opened');
  });

  it('gathers the owners of the lines at the district, and draws a cordon by keys alone', async () => {
    district = await atDesk('quzhong');
    const { items } = (await (await district.request.get(`/api/events/${eventId}/candidates`)).json()) as {
      items: { unit: { id: string; name: string } }[];
    };
    const power = items.find((one) => one.unit.name.includes('供电'));
    await command(district, `/api/events/${eventId}/dispatch`, { leadUnitId: power?.unit.id });
    await district.goto(`/desk/operations/${eventId}`);

    const units = pane(district, t.room.panes.units);
    await district.locator('.room-head').waitFor();
    await district.keyboard.press('i');
    await units.getByRole('combobox', { name: t.units.inviteWho }).fill(byLink);
    await district.locator('.ant-select-item-option', { hasText: byLink }).first().waitFor();
    await district.keyboard.press('Enter');
    await district.keyboard.press('Escape');
    await units.getByRole('button', { name: t.units.inviteNow(1) }).click();
    await cardOf(district, byLink).waitFor();

    const map = pane(district, t.room.panes.map);
    await map.getByRole('button', { name: t.map.draw }).press('Enter');
    await map.getByRole('button', { name: t.map.polygon }).press('Enter');
    for (const way of ['north', 'east', 'south'] as const) {
      await map.getByRole('button', { name: t.map.corner }).press('Enter');
      for (let n = 0; n < 4; n++) await map.getByRole('button', { name: t.map.nudge[way] }).press('Enter');
    }
    await map.getByRole('button', { name: t.map.keep }).press('Enter');
    await map.getByText(t.map.polygon, { exact: true }).first().waitFor();
    await map.getByRole('button', { name: t.map.asTable }).click();
    await map.getByRole('table').getByText(t.map.cordon).first().waitFor();
    await map.getByRole('button', { name: t.map.asMap }).click();
  });

  it('gives a unit without accounts a link, which is shown once', async () => {
    const card = cardOf(district, byLink);
    await card.getByRole('button', { name: /的任务链接$/ }).click();
    await card.getByRole('button', { name: t.link.make }).click();
    const shown = card.getByRole('status', { name: t.link.made });
    await shown.waitFor();
    link = (await shown.textContent()) ?? '';
    expect(link).toMatch(new RegExp(`^${stage.url}/t/[A-Za-z0-9_-]{20,}$`));
    await stage.picture(district, 'room-2-link');
  });

  it('is joined from a phone: name once, accept, arrive, progress, finish, each seen live in the room', async () => {
    const { page, context } = await stage.person(phone);
    people.push(context);
    await page.goto(link);
    await page.getByLabel(a.introduce.name).fill('罗师傅');
    await page.getByLabel(a.introduce.phone).fill('13800000000');
    await stage.picture(page, 'room-3-phone-name');
    await page.getByRole('button', { name: a.introduce.go }).click();
    await page.getByRole('button', { name: a.acts.accept }).click();
    const card = cardOf(district, byLink);
    await card.getByText(wordsZh.taskStatus.accepted, { exact: true }).waitFor();
    await page.getByRole('button', { name: a.acts.arrive }).click();
    await card.getByText(wordsZh.taskStatus.on_site, { exact: true }).waitFor();
    await stage.picture(page, 'room-4-phone-on-site');

    await page.getByRole('button', { name: a.acts.message }).click();
    await page.getByLabel(a.form.message).fill('光缆已断开，可以下井');
    await page.reload();
    await page.getByRole('button', { name: a.acts.message }).click();
    expect(await page.getByLabel(a.form.message).inputValue()).toBe('光缆已断开，可以下井');
    await page.getByRole('button', { name: a.form.send }).click();
    await pane(district, t.room.panes.stream).getByText('光缆已断开，可以下井').waitFor();

    await page.getByRole('button', { name: a.acts.finish }).click();
    await page.getByLabel(a.form.finish).fill('光缆已抢通，井内无明火');
    await page
      .locator('dialog input[type=file]')
      .last()
      .setInputFiles(await drawPhoto({ sky: '#cfe3ee', ground: '#8f8570' }));
    await page.locator('.photo-done').waitFor();
    await page.getByRole('button', { name: a.form.send }).click();
    await card.getByText(wordsZh.taskStatus.done, { exact: true }).waitFor();
    await card.getByText('光缆已抢通，井内无明火').waitFor();
    await stage.picture(district, 'room-5-finished');
    await stage.picture(page, 'room-6-phone-done');
  });

  it('has nothing serious or critical by axe-core, in room, phone page and plan editor', async () => {
    const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
    const editor = await atDesk('sysadmin');
    await editor.goto('/desk/plans');
    await editor.locator('.ops-table').first().waitFor();
    expect(await findings(editor, axe)).toEqual([]);
    await editor.goto('/desk/plans/cable_well_fire');
    await editor.getByRole('button', { name: plansZh.page.edit, exact: true }).click();
    await editor.getByLabel(plansZh.field.nearbyM).fill('150');
    await editor.getByText(plansZh.diff.head(plansZh.field.nearbyM, '100', '150')).waitFor();
    await stage.picture(editor, 'room-8-plan-editor');
    expect(await findings(editor, axe)).toEqual([]);
    expect(await findings(district, axe)).toEqual([]);
    const { page, context } = await stage.person(phone);
    people.push(context);
    await page.goto(link);
    await page.getByText(a.acts.progress).waitFor();
    expect(await findings(page, axe)).toEqual([]);
  });

  it('says plainly when a link is wrong', async () => {
    const { page, context } = await stage.person(phone);
    people.push(context);
    await page.goto(`/t/${'x'.repeat(43)}`);
    await page.getByText(a.gone.unknown).waitFor();
  });

  it('is usable on a phone, part by part', async () => {
    const page = await atDesk('quzhong', phone);
    await page.goto(`/desk/operations/${eventId}`);
    for (const name of ['steps', 'stream', 'units', 'map'] as const) {
      await page.getByRole('button', { name: t.room.panes[name], exact: true }).click();
      await pane(page, t.room.panes[name]).waitFor();
      await stage.picture(page, `room-7-phone-${name}`);
    }
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(wider).toBeLessThanOrEqual(0);
  });
});

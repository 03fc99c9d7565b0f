import { randomUUID } from 'node:crypto';
import type { APIRequestContext, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { bookingPublicRoutes } from '#contract/bookings-public.ts';
import type { partnerRoutes } from '#contract/partners.ts';
import type { ClientOutput } from '#contract/route.ts';
import { stationsZh } from '#web/i18n/zh/stations.ts';
import { volunteersZh } from '#web/i18n/zh/volunteers.ts';
import { signIn, walk } from './axe-walk.ts';
import { desktop, openStage, phone, tablet, type Stage } from './stage.ts';

/** Every page of the stations, as axe.test.ts does it for the rest; and the desk's forms by keyboard alone. */
let stage: Stage;
let desk: Page;
const people: BrowserContext[] = [];
const code = 'chaotianmen';

async function newPage(size: typeof desktop | typeof phone | typeof tablet): Promise<Page> {
  const { page, context } = await stage.person(size);
  people.push(context);
  return page;
}

async function read<T>(request: APIRequestContext, path: string): Promise<T> {
  const answer = await request.get(`${stage.url}${path}`);
  expect(answer.status(), path).toBe(200);
  return (await answer.json()) as T;
}

async function send<T>(request: APIRequestContext, path: string, body: object, csrf?: string): Promise<T> {
  const data = { opId: randomUUID(), ...body };
  const headers: Record<string, string> = csrf === undefined ? {} : { 'x-csrf-token': csrf };
  const answer = await request.post(`${stage.url}${path}`, { headers, data });
  expect(answer.status(), `${path}: ${await answer.text()}`).toBe(200);
  return (await answer.json()) as T;
}

/** A volunteer, a booking and a partner, each with the link that is theirs. */
async function makeLinks(request: APIRequestContext): Promise<{ volunteer: string; booking: string; partner: string }> {
  const volunteer = await send<{ path: string }>(request, `/api/public/stations/${code}/volunteers`, {
    name: '江小燕',
    phone: '19912345678',
    consent: true,
  });
  const { items } = await read<ClientOutput<typeof bookingPublicRoutes.offers>>(request, '/api/public/bookings/offers');
  const offer = items.find(({ nextAt }) => nextAt !== null);
  const booking = await send<{ path: string }>(request, '/api/public/bookings', {
    offerId: offer?.id,
    startsAt: offer?.nextAt,
    phone: '19912345678',
  });
  const { csrfToken } = await read<{ csrfToken: string }>(desk.request, '/api/session');
  const partners = await read<ClientOutput<typeof partnerRoutes.list>>(desk.request, '/api/partners');
  const partner = await send<{ path: string }>(
    desk.request,
    `/api/partners/${partners.items[0]?.id}/link`,
    {},
    csrfToken,
  );
  return { volunteer: volunteer.path, booking: booking.path, partner: partner.path };
}

beforeAll(async () => {
  stage = await openStage();
  desk = await newPage(desktop);
  await signIn(desk, '/desk/sign-in', 'chief.500103010.1');
});
afterAll(async () => {
  for (const context of people) await context.close();
  await stage.end();
});

describe('nothing serious or critical by axe-core, in normal, elder and dark', () => {
  it('for residents, volunteers and partners', async () => {
    const page = await newPage(phone);
    const links = await makeLinks(page.request);
    await page.goto('/');
    const found = await walk(page, [
      { to: '/stations', ready: '.station-card' },
      { to: `/s/${code}`, ready: '.station-hours' },
      { to: links.volunteer, ready: 'h1' },
      { to: links.booking, ready: 'h1' },
      { to: links.partner, ready: 'h1' },
      { to: '/book', ready: 'h1' },
      { to: '/c/ZY500103-20260101-22222222', ready: 'h1' },
    ]);
    expect(found).toEqual([]);
  });

  it('on the tablet', async () => {
    const page = await newPage(tablet);
    await signIn(page, '/field', 'zhiyuan');
    const found = await walk(page, [
      { to: '/field/station/today', ready: 'section.card' },
      { to: '/field/station/lend', ready: '.supply-tile' },
      { to: '/field/station/stock', ready: '.supply-tile' },
      { to: '/field/station/bookings', ready: '.tablet-find' },
    ]);
    expect(found).toEqual([]);
  });

  it('at the desk', async () => {
    const parts = ['hours', 'facilities', 'photos', 'history', 'partners', 'roster', 'supplies', 'activities'];
    const found = await walk(desk, [
      { to: '/desk/stations', ready: '.stations-table td' },
      ...[...parts, 'figures', 'bookings'].map((part) => ({
        to: `/desk/stations/${code}?part=${part}`,
        ready: '.stations:has(.stations-tabs):not(:has(.waiting))',
      })),
      { to: `/desk/stations/${code}/door`, ready: 'h1' },
      { to: '/desk/partners', ready: '.partners-row' },
      { to: '/desk/supplies', ready: '.supplies-page h1' },
      { to: '/desk/offers', ready: '.bookings-tabs' },
      { to: '/desk/offers?part=unmet', ready: '.bookings-tabs' },
      { to: '/desk/offers?part=figures', ready: '.bookings-tabs' },
      { to: '/desk/activities', ready: '.activities h1' },
      { to: '/desk/service-figures', ready: '.service-figures table' },
    ]);
    expect(found).toEqual([]);
  });
});

/** What has the focus: its name as it is read aloud, roughly. */
const focused = (): Promise<string> =>
  desk.evaluate(() => {
    const at = document.activeElement;
    const label = at instanceof HTMLInputElement ? at.labels?.[0]?.textContent : at?.textContent;
    return at?.getAttribute('aria-label') ?? label ?? '';
  });

/** Tab, as often as it takes; a page on which it cannot be reached fails. */
async function tabTo(name: string): Promise<void> {
  for (let k = 0; k < 150; k++) {
    await desk.keyboard.press('Tab');
    if ((await focused()).trim().startsWith(name)) return;
  }
  expect.fail(`Tab never reaches ${name}`);
}

describe('by keyboard alone', () => {
  it('the hours of the week are changed; what is wrong is said; the focus comes back', async () => {
    const h = stationsZh.hours;
    await desk.goto('/desk/stations/erfuya?part=hours');
    await desk.getByRole('button', { name: h.edit }).waitFor();
    await tabTo(h.edit);
    await desk.keyboard.press('Enter');
    const form = desk.getByRole('dialog');
    await form.waitFor();
    await tabTo('周日');
    await desk.keyboard.press('ControlOrMeta+a');
    await desk.keyboard.type('9点到12点');
    await form.getByRole('alert').getByText(h.wrong('周日')).waitFor();
    expect(await form.getByRole('button', { name: stationsZh.facts.save }).isDisabled()).toBe(true);
    await desk.keyboard.press('ControlOrMeta+a');
    await desk.keyboard.type('09:10-12:20');
    await desk.keyboard.press('Enter');
    await form.waitFor({ state: 'hidden' });
    await desk.locator('.stations-week').getByText('09:10-12:20').waitFor();
    await expect.poll(focused).toBe(h.edit);
    await desk.keyboard.press('Enter');
    await form.waitFor();
    await desk.keyboard.press('Escape');
    await form.waitFor({ state: 'hidden' });
  });

  it('a shift is opened, its places changed, and closed; the focus stays where the hands are', async () => {
    const t = volunteersZh;
    await desk.goto(`/desk/stations/${code}?part=roster`);
    await desk.locator('.roster-tile').first().waitFor();
    await tabTo(t.week.after);
    await desk.keyboard.press('Enter');
    await desk.locator('.roster-today').waitFor({ state: 'detached' });
    await tabTo(t.week.open(''));
    await desk.keyboard.press('Enter');
    await desk.locator('.roster-pane').waitFor();
    await expect.poll(() => desk.evaluate(() => document.activeElement?.className)).toBe('roster-pane');
    await tabTo(t.shift.close);
    await desk.keyboard.press('Enter');
    await desk.locator('.roster-pane').waitFor({ state: 'detached' });
    expect(await focused()).toContain(t.week.open(''));
  });
});

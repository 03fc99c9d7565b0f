import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alarmsZh } from '#web/i18n/zh/alarms.ts';
import { demoPassword } from '../../src/demo/index.ts';
import { desktop, openStage, phone, tablet, type Stage } from './stage.ts';

/**
 * Every route of the three faces, in normal, elder and dark: axe-core finds nothing serious or critical. A person of
 * each face signs in once; the look is then changed on the page, as its own buttons do it.
 */
const looks = [
  { name: 'normal', mode: 'normal', theme: 'light' },
  { name: 'elder', mode: 'elder', theme: 'light' },
  { name: 'dark', mode: 'normal', theme: 'dark' },
] as const;
type Look = (typeof looks)[number];

interface Finding {
  id: string;
  impact?: string | null;
  nodes: { target: unknown[]; any: { message: string }[] }[];
}

let stage: Stage;
let axe = '';
let secret = '';
let eventId = '';
const people: BrowserContext[] = [];

async function newPage(size: typeof desktop | typeof phone | typeof tablet): Promise<Page> {
  const { page, context } = await stage.person(size);
  people.push(context);
  return page;
}

/** As if chosen in another tab of the same device: the page follows at once. */
async function wear(page: Page, { mode, theme }: Look): Promise<void> {
  await page.evaluate(
    ([m, t]) => {
      localStorage.setItem('huangge.mode', m);
      localStorage.setItem('huangge.theme', t);
      for (const key of ['huangge.mode', 'huangge.theme']) dispatchEvent(new StorageEvent('storage', { key }));
    },
    [mode, theme] as const,
  );
  await page.locator(`html[data-mode="${mode}"][data-theme="${theme}"]`).waitFor({ state: 'attached' });
}

/** Serious and critical findings as "rule: selector (why)". */
async function findings(page: Page): Promise<string[]> {
  // Colours on their way (a button fading in) are no colours yet.
  await page.addStyleTag({
    content: '*, *::before, *::after { animation: none !important; transition: none !important; }',
  });
  await page.evaluate(axe);
  const found = await page.evaluate(async () => {
    for (let frame = 0; frame < 3; frame++) await new Promise((done) => requestAnimationFrame(done));
    const { axe: run } = globalThis as unknown as {
      axe: { run(place: Document, options: object): Promise<{ violations: Finding[] }> };
    };
    return (await run.run(document, { resultTypes: ['violations'] })).violations;
  });
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')} (${node.any[0]?.message ?? ''})`));
}

/** Goes through the places in every look; all findings at once, so that one run shows everything. */
async function walk(page: Page, places: readonly { to: string; ready: string }[]): Promise<string[]> {
  const all: string[] = [];
  for (const { to, ready } of places) {
    await page.goto(to);
    await page.locator(ready).first().waitFor();
    for (const look of looks) {
      await wear(page, look);
      all.push(...(await findings(page)).map((one) => `${look.name} ${to} ${one}`));
    }
  }
  return all;
}

async function signIn(page: Page, at: '/desk/sign-in' | '/field', login: string): Promise<void> {
  await page.goto(at);
  await page.locator('input[autocomplete="username"]').fill(login);
  await page.locator('input[type="password"]').fill(demoPassword);
  await page.locator('button[type="submit"]').click();
  if (at === '/field') await page.locator('.today-head, .counter-head').first().waitFor();
  else await page.waitForURL((url) => !url.pathname.endsWith('sign-in'));
}

/** An online group of the demo, and the key of a browser that joined it. */
async function joinGroup(): Promise<{ id: string; link: string; key: string }> {
  const page = await newPage(desktop);
  await signIn(page, '/desk/sign-in', 'wangge');
  const list = await page.request.get('/api/groups?platform=in_app&limit=1');
  const [first] = ((await list.json()) as { items: { id: string }[] }).items;
  const one = await page.request.get(`/api/groups/${first?.id}`);
  const { id, linkSecret: link } = (await one.json()) as { id: string; linkSecret: string };
  const joined = await fetch(`${stage.url}/api/public/groups/by-link/${link}/join`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ opId: crypto.randomUUID(), name: '三楼王婆婆' }),
  });
  return { id, link, key: ((await joined.json()) as { memberKey: string }).memberKey };
}

beforeAll(async () => {
  stage = await openStage();
  axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  const places = await fetch(`${stage.url}/api/public/places?q=${encodeURIComponent('黄葛树')}`);
  const [place] = ((await places.json()) as { items: { lon: number; lat: number }[] }).items;
  const sent = await fetch(`${stage.url}/api/public/reports`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      opId: crypto.randomUUID(),
      categoryCode: 'E0506',
      description: '菜场门口积水',
      placeWords: '重庆村30号',
      lon: place?.lon,
      lat: place?.lat,
    }),
  });
  const answer = (await sent.json()) as { receiptSecret: string; id: string };
  expect([sent.status, answer]).toMatchObject([200, { id: expect.any(String) }]);
  secret = answer.receiptSecret;
  eventId = answer.id;
});
afterAll(async () => {
  for (const context of people) await context.close();
  await stage.end();
});

describe('nothing serious or critical by axe-core, in normal, elder and dark', () => {
  it('for residents', async () => {
    const page = await newPage(phone);
    const group = await joinGroup();
    await page.goto('/');
    const outside = await walk(page, [{ to: `/g/${group.link}`, ready: 'form' }]);
    await page.evaluate((key) => localStorage.setItem('huangge.member', key), group.key);
    const found = await walk(page, [
      { to: '/', ready: '.my-groups' },
      { to: `/groups/${group.id}`, ready: '.group-tabs' },
      { to: '/about', ready: 'h1' },
      { to: '/groups', ready: '.found-place' },
      { to: '/report', ready: 'textarea' },
      { to: '/report/place', ready: 'h1' },
      { to: '/report/send', ready: 'h1' },
      { to: `/r/${secret}`, ready: 'ol li, ul li' },
    ]);
    expect([...outside, ...found]).toEqual([]);
  });

  it('in the field', async () => {
    const page = await newPage(phone);
    await page.goto('/field');
    const door = await walk(page, [{ to: '/field', ready: 'button[type="submit"]' }]);
    await signIn(page, '/field', 'wangge');
    const inside = await walk(page, [
      { to: '/field', ready: '.event-card' },
      { to: '/field/report', ready: 'textarea' },
      { to: `/field/e/${eventId}`, ready: '.event-head' },
      { to: `/field/e/${eventId}/verify`, ready: 'form, fieldset' },
      { to: '/field/sent', ready: 'h1' },
      { to: '/field/me', ready: 'h1' },
    ]);
    expect([...door, ...inside]).toEqual([]);
  });

  it('at the counter of a station', async () => {
    const page = await newPage(tablet);
    await signIn(page, '/field', 'zhiyuan');
    const found = await walk(page, [
      { to: '/field/station', ready: '.counter-tile' },
      { to: '/field/station/aid', ready: '.aid-tile' },
      { to: '/field/station/aid/heatstroke', ready: '.aid-item' },
      { to: '/field/station/raise', ready: 'textarea' },
      { to: '/field/station/log', ready: '.card' },
    ]);
    expect(found).toEqual([]);
  });

  it('at the desk', async () => {
    const page = await newPage(desktop);
    await page.goto('/desk/sign-in');
    const door = await walk(page, [{ to: '/desk/sign-in', ready: 'button[type="submit"]' }]);
    await signIn(page, '/desk/sign-in', 'jieshou');
    // From here on an alarm lies above every page.
    await page.goto('/desk/alarms');
    await page.getByRole('button', { name: alarmsZh.page.testCall }).first().click();
    await page.getByRole('button', { name: alarmsZh.page.testRun }).click();
    await page.locator('.alarm-row').waitFor();
    const alarmId = await page.locator('.alarm-row').getAttribute('data-alarm-row');
    const inside = await walk(page, [
      { to: `/desk?open=true&event=${eventId}`, ready: '.event-head' },
      { to: '/desk/new', ready: 'textarea' },
      { to: `/desk/alarms?alarm=${alarmId ?? ''}`, ready: '.alarm-head' },
      { to: '/desk/password', ready: 'input[type="password"]' },
      { to: '/desk/admin/account', ready: 'h1' },
      { to: '/desk/inbox', ready: 'h1' },
      { to: '/desk/me/notices', ready: '.inbox-choice' },
      { to: '/desk/operations', ready: 'h1' },
      { to: `/desk/operations/${eventId}`, ready: '.open-plan button' },
      { to: '/desk/plans/cable_well_fire', ready: '.ops-table' },
      { to: '/desk/risk-points', ready: '.ground-row' },
      { to: '/desk/inspections', ready: '.looks-row' },
      { to: '/desk/inspections?tab=cycles', ready: '.looks-table td' },
      { to: '/desk/coverage?area=500103004', ready: '.coverage-table td' },
      { to: '/desk/stations/lianglukou?part=services', ready: '.services-filters' },
      { to: '/desk/groups', ready: '.groups-row' },
      { to: '/desk/care', ready: '.ground-glance td' },
      { to: '/desk/force', ready: '.force-table td' },
      { to: '/desk/force?tab=roster', ready: '.force-table td' },
      { to: '/desk/force?tab=helpers', ready: '.force-people li' },
      { to: '/desk/asked-tasks', ready: '.force h1' },
      { to: '/desk/me/force', ready: '.force-cards' },
      { to: '/desk/visits', ready: '.visits-table td' },
      { to: '/desk/warnings?show=all', ready: '.warnings h1' },
      { to: '/desk/warnings/effects', ready: '.warnings-table td' },
    ]);
    expect([...door, ...inside]).toEqual([]);
  });

  it('on the pages of visits, as the community has them', async () => {
    const page = await newPage(desktop);
    await signIn(page, '/desk/sign-in', 'shequ');
    const found = await walk(page, [
      { to: '/desk/visits', ready: '.visits-order' },
      { to: '/desk/visits?tab=held', ready: '.visits-held li' },
      { to: '/desk/visits?tab=figures', ready: '.visits-figures td' },
      { to: '/desk/visits?tab=rules', ready: '.visits-table td' },
    ]);
    expect(found).toEqual([]);
  });

  it.each([
    [
      'sysadmin',
      [
        'people',
        'roles',
        'units',
        'grids',
        'import',
        'library',
        'calendar',
        'devices',
        'devices/import',
        'dead-letters',
        'thresholds',
        'alert-sources',
        'incident-rules',
        'notices',
        'webhooks',
        '/desk/plans',
        '/desk/warnings/sources',
      ],
    ],
    ['secadmin', ['security', 'tokens']],
    ['audadmin', ['ledger', 'audit']],
  ] as const)('in the administration of %s', async (login, pages) => {
    const page = await newPage(desktop);
    await signIn(page, '/desk/sign-in', login);
    expect(
      await walk(
        page,
        pages.map((one) => ({ to: one.startsWith('/') ? one : `/desk/admin/${one}`, ready: '.shell-main h1' })),
      ),
    ).toEqual([]);
  });
});

import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alarmsZh } from '#web/i18n/zh/alarms.ts';
import { signIn, walk } from './axe-walk.ts';
import { desktop, openStage, phone, tablet, type Stage } from './stage.ts';

/**
 * Every route of the three faces, in normal, elder and dark: axe-core finds nothing serious or critical. A person of
 * each face signs in once; the look is then changed on the page, as its own buttons do it.
 */
let stage: Stage;
let secret = '';
let eventId = '';
const people: BrowserContext[] = [];

async function newPage(size: typeof desktop | typeof phone | typeof tablet): Promise<Page> {
  const { page, context } = await stage.person(size);
  people.push(context);
  return page;
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

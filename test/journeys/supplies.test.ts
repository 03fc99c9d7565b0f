import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoPassword } from '../../src/demo/index.ts';
import { suppliesZh as t } from '#web/i18n/zh/supplies.ts';
import { desktop, openStage, tablet, type Stage } from './stage.ts';

interface Kind {
  itemCode: string;
  here: number;
  out: number;
}
interface Person {
  context: BrowserContext;
  page: Page;
}

let stage: Stage;
let gate: Person;
let bridge: Person;

/** Somebody signed in, in a browser of their own. */
async function person(login: string, size: typeof tablet | typeof desktop): Promise<Person> {
  const { context, page } = await stage.person(size, { touch: size === tablet });
  const answer = await context.request.post(`${stage.url}/api/session`, { data: { login, password: demoPassword } });
  expect(answer.status()).toBe(200);
  return { context, page };
}

async function read<T>({ context }: Person, path: string): Promise<T> {
  const answer = await context.request.get(`${stage.url}${path}`);
  expect(answer.status()).toBe(200);
  return (await answer.json()) as T;
}

async function umbrellas(person: Person, station: string): Promise<Kind> {
  const { kinds } = await read<{ kinds: Kind[] }>(person, `/api/stations/${station}/loans`);
  const found = kinds.find(({ itemCode }) => itemCode === 'umbrella');
  if (found === undefined) throw new Error('No umbrellas in the list.');
  return found;
}

const sheet = (page: Page) => page.locator('dialog.sheet');
const tap = (page: Page, name: string) => sheet(page).getByRole('button', { name, exact: true }).click();

beforeAll(async () => {
  stage = await openStage();
  gate = await person('zhiyuan', tablet);
  bridge = await person('station.lianglukou.2', tablet);
}, 240_000);
afterAll(() => stage.end());

describe('an umbrella', () => {
  it('is lent with two taps, even without a network, and comes back at another station', async () => {
    const before = await umbrellas(gate, 'chaotianmen');
    const there = await umbrellas(bridge, 'lianglukou');
    await gate.page.goto('/field/station/lend');
    await gate.page.locator('[data-item="umbrella"]').waitFor();
    await gate.context.setOffline(true);
    await gate.page.locator('[data-item="umbrella"]').click();
    await tap(gate.page, t.loans.lend);
    await gate.page.getByText(t.tablet.unsent(1)).waitFor();
    await gate.context.setOffline(false);
    await expect.poll(async () => (await umbrellas(gate, 'chaotianmen')).out, { timeout: 30_000 }).toBe(before.out + 1);
    expect((await umbrellas(gate, 'chaotianmen')).here).toBe(before.here - 1);
    await stage.picture(gate.page, 'supplies-lend');

    await bridge.page.goto('/field/station/lend');
    await bridge.page.locator('[data-item="umbrella"]').click();
    await tap(bridge.page, t.loans.bring);
    await expect
      .poll(async () => (await umbrellas(bridge, 'lianglukou')).here, { timeout: 30_000 })
      .toBe(there.here + 1);
  }, 120_000);
});

describe('a delivery', () => {
  it('is taken in on the tablet; what has expired is refused before it is sent', async () => {
    const { page } = gate;
    await page.goto('/field/station/stock');
    const tile = page.locator('[data-item="huoxiang"]');
    await tile.waitFor();
    const before = Number(await tile.locator('.supply-big').textContent());
    await tile.click();
    const button = sheet(page).getByRole('button', { name: t.receive.send, exact: true });
    await sheet(page).getByLabel(t.receive.expires).fill('2020-01-31');
    await sheet(page).getByText(t.receive.past).waitFor();
    expect(await button.isDisabled()).toBe(true);
    await sheet(page).getByLabel(t.receive.expires).fill('2035-01-31');
    await sheet(page).getByLabel(t.receive.quantity).fill('12');
    await sheet(page).getByRole('button', { name: t.receive.sources.donation, exact: true }).click();
    await button.click();
    await expect
      .poll(async () => Number(await tile.locator('.supply-big').textContent()), { timeout: 30_000 })
      .toBe(before + 12);
    await stage.picture(page, 'supplies-stock');
  }, 90_000);
});

describe('at the desk', () => {
  it('the head sees what has expired, throws it away, and the gift has its paper', async () => {
    const head = await person('zhanzhang', desktop);
    await head.page.goto('/desk/supplies?show=expiry');
    await head.page.getByRole('heading', { name: t.attention.heads.expired }).waitFor();
    await stage.picture(head.page, 'supplies-attention');

    await head.page.goto('/desk/stations/chaotianmen?part=supplies');
    const batch = head.page.locator('tr[data-item="huoxiang"] li', { hasText: t.lot.expired });
    await batch.getByRole('button', { name: t.writeOff.open }).click();
    await head.page.locator('.ant-modal').getByRole('button', { name: t.writeOff.send, exact: true }).click();
    await expect.poll(() => batch.count()).toBe(0);
    await stage.picture(head.page, 'supplies-desk');

    await head.page.getByRole('button', { name: t.tabs.receipts, exact: true }).click();
    const gift = head.page.locator('tbody tr', { hasText: t.receive.sources.donation }).first();
    const paper = await gift.getByRole('link', { name: t.receipts.paper }).getAttribute('href');
    const answer = await head.context.request.get(`${stage.url}${paper ?? ''}`);
    expect([answer.status(), (await answer.body()).subarray(0, 5).toString()]).toEqual([200, '%PDF-']);
    await head.context.close();
  }, 90_000);
});

import { createHash } from 'node:crypto';
import type { APIRequestContext, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { inspectionRoutes } from '#contract/inspections.ts';
import type { ClientOutput } from '#contract/route.ts';
import type { visitRoutes } from '#contract/visits.ts';
import { fieldDayZh as t } from '#web/i18n/zh/field-day.ts';
import { fieldZh } from '#web/i18n/zh/field.ts';
import { demoPassword } from '../../src/demo/index.ts';
import { drawPhoto, openStage, phone, type Stage } from './stage.ts';

type Visits = ClientOutput<typeof visitRoutes.today>['items'];
type Rounds = ClientOutput<typeof inspectionRoutes.today>['items'];
type Plan = ClientOutput<typeof visitRoutes.plan>;
type Tasks = ClientOutput<typeof inspectionRoutes.tasks>;
type History = ClientOutput<typeof inspectionRoutes.history>;

let stage: Stage;
let context: BrowserContext;
let page: Page;
let grid = '';
/** Everything this phone asked the network for. */
const addresses: string[] = [];
/** What broke in the page. */
const broken: string[] = [];

interface Desk {
  read<T>(path: string): Promise<T>;
  act<T>(path: string, body: object): Promise<T>;
}

/** Somebody at a desk or with another phone. */
async function sit(login: string): Promise<Desk> {
  const other = await stage.browser.newContext();
  const answer = await other.request.post(`${stage.url}/api/session`, { data: { login, password: demoPassword } });
  const { csrfToken } = (await answer.json()) as { csrfToken: string };
  return deskOf(other.request, csrfToken);
}

function deskOf(request: APIRequestContext, csrfToken: string): Desk {
  return {
    async read<T>(path: string) {
      const answer = await request.get(`${stage.url}${path}`);
      expect(answer.status(), path).toBe(200);
      return (await answer.json()) as T;
    },
    async act<T>(path: string, body: object) {
      const data = { opId: crypto.randomUUID(), ...body };
      const answer = await request.post(`${stage.url}${path}`, { headers: { 'x-csrf-token': csrfToken }, data });
      expect(answer.status(), `${path}: ${await answer.text()}`).toBe(200);
      return (await answer.json()) as T;
    },
  };
}

/** This worker's session, asked beside the page. */
async function own(): Promise<Desk> {
  const session = (await (await context.request.get(`${stage.url}/api/session`)).json()) as { csrfToken: string };
  return deskOf(context.request, session.csrfToken);
}

const unsent = (): Promise<string | null> =>
  page.evaluate(() => document.querySelector('[data-unsent]')?.getAttribute('data-unsent') ?? null);

/** All of IndexedDB, the Cache API and local storage of this phone as text. */
function wholePhone(): Promise<string> {
  return page.evaluate(async () => {
    const legible = (value: unknown): string => {
      if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return new TextDecoder().decode(value);
      if (typeof value !== 'object' || value === null) return String(value);
      return Object.entries(value)
        .map(([key, inner]) => `${key}=${legible(inner)}`)
        .join(' ');
    };
    const done = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error ?? new Error('IndexedDB refused.'));
      });
    const found = [JSON.stringify(localStorage), JSON.stringify(sessionStorage), document.title];
    for (const { name } of await indexedDB.databases()) {
      const db = await done(indexedDB.open(name ?? ''));
      for (const part of db.objectStoreNames) {
        const store = db.transaction(part).objectStore(part);
        for (const key of await done(store.getAllKeys())) found.push(`${part}/${String(key)}`);
        for (const row of await done(db.transaction(part).objectStore(part).getAll())) found.push(legible(row));
      }
      db.close();
    }
    for (const name of await caches.keys())
      for (const request of await (await caches.open(name)).keys()) {
        found.push(request.url);
        if (!request.url.includes('/assets/'))
          found.push((await (await (await caches.open(name)).match(request))?.text()) ?? '');
      }
    return found.join('\n');
  });
}

/** What must not lie open on the phone: of each person the name, the numbers, the door. */
function secretsOf(visits: Visits): string[] {
  return visits.flatMap(({ name, phone: number, contact, addressDetail }) =>
    [name, number, contact, addressDetail].filter((word) => word !== null && word.length > 1),
  ) as string[];
}

async function expectNothingLegible(secrets: readonly string[]): Promise<void> {
  const all = await wholePhone();
  expect(secrets.filter((word) => all.includes(word))).toEqual([]);
  expect(secrets.filter((word) => addresses.some((address) => address.includes(encodeURIComponent(word))))).toEqual([]);
}

async function openVisit(id: string): Promise<void> {
  await page.goto('/field/visits');
  await page.locator(`a[href="/field/v/${id}"]`).click();
  await page.locator('.send-bar').waitFor();
}

const press = (words: string): Promise<void> => page.getByRole('button', { name: words, exact: true }).click();

async function takePhoto(): Promise<string> {
  const photo = await drawPhoto({ sky: '#d9d2c0', ground: '#6f6a5a' });
  await page.locator('input[type=file][capture]').first().setInputFiles(photo);
  await page.locator('.camera-tile img').first().waitFor();
  return createHash('sha256').update(photo.buffer).digest('hex');
}

beforeAll(async () => {
  stage = await openStage({ oneDay: true });
  const places = await fetch(`${stage.url}/api/public/places?q=${encodeURIComponent('黄葛')}`);
  const [place] = ((await places.json()) as { items: { lon: number; lat: number }[] }).items;
  const at = { longitude: place?.lon ?? 106.55, latitude: place?.lat ?? 29.55 };
  ({ context, page } = await stage.person(phone, { at }));
  context.on('weberror', (failure) => broken.push(failure.error().message));
  context.on('request', (request) => addresses.push(request.url()));
  await page.goto('/field');
  await page.locator('.row-button', { hasText: 'wangge' }).click();
  await page.locator('.today-head').waitFor();
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    while (navigator.serviceWorker.controller === null) await new Promise((done) => setTimeout(done, 50));
  });
  const session = await (await own()).read<{ account: { appointments: { areaCode: string }[] } }>('/api/session');
  grid = session.account.appointments[0]?.areaCode ?? '';
});
afterAll(() => stage.end());

describe('a grid worker’s day', () => {
  it('gains the right people and points when a rainstorm warning is issued, and nobody elsewhere does', async () => {
    const [worker, chief] = [await own(), await sit('zhihui')];
    const today = async () => ({
      visits: (await worker.read<{ items: Visits }>('/api/visits/today')).items,
      rounds: (await worker.read<{ items: Rounds }>('/api/inspections/today')).items,
    });
    // The worker's own grid, where people live alone, and one beside it, where water gathers.
    const warnedAreas = [grid, `${grid.slice(0, 12)}002`];
    const inside = ({ areaCode }: { areaCode: string }): boolean =>
      warnedAreas.some((code) => areaCode.startsWith(code));
    const startsAt = new Date().toISOString();
    await chief.act('/api/warnings', {
      status: 'Actual',
      kind: 'rain',
      colour: 'orange',
      headline: '暴雨橙色预警',
      description: '未来三小时降雨量将达五十毫米以上。',
      areas: warnedAreas,
      startsAt,
      endsAt: new Date(Date.now() + 6 * 3_600_000).toISOString(),
    });
    const raised = async () => (await today()).visits.filter(({ reason }) => reason === 'warning');
    await expect.poll(async () => (await raised()).length, { timeout: 60_000 }).toBeGreaterThan(0);
    expect((await raised()).filter(({ tags }) => !tags.includes('elder_alone'))).toEqual([]);

    const tasks = async () => (await chief.read<Tasks>('/api/inspections?reasons=warning&limit=200')).items;
    await expect.poll(async () => (await tasks()).length, { timeout: 60_000 }).toBeGreaterThan(0);
    expect((await tasks()).filter((task) => !inside(task))).toEqual([]);
    expect((await tasks()).filter(({ kind }) => !['flood', 'slope', 'building'].includes(kind))).toEqual([]);
    const plan = (await (await sit('shequ')).read<Plan>('/api/visits/plan?limit=200')).items;
    const warned = plan.filter(({ reason }) => reason === 'warning');
    expect(warned.length).toBeGreaterThanOrEqual((await raised()).length);
    expect(warned.filter((row) => !inside(row))).toEqual([]);

    await page.goto('/field/visits');
    await press(fieldZh.today.refresh);
    await page.getByText(t.visit.reason.warning).first().waitFor();
    await stage.picture(page, 'field-day-rainstorm');
  });

  it('goes on without a signal and arrives exactly once; nobody lies open on the phone, and the day is wiped', async () => {
    const worker = await own();
    const all = (await worker.read<{ items: Visits }>('/api/visits/today')).items;
    // Whoever did not answer an hour ago is asked again later; the list counts what can be done now.
    const visits = all.filter(({ nextTryAt }) => nextTryAt === null || Date.parse(nextTryAt) <= Date.now());
    const rounds = (await worker.read<{ items: Rounds }>('/api/inspections/today')).items;
    const [same, silent, changed, left] = visits.filter(({ state }) => state === 'due');
    const [round] = rounds;
    if (!same || !silent || !changed || !left || !round) throw new Error('The day of the demo is too empty.');
    const secrets = secretsOf(all);
    // Until the phone has the day as it is now: what it kept before may lack what the warning raised.
    await page.goto('/field/visits');
    await press(fieldZh.today.refresh);
    for (const { id } of [same, silent, changed, left]) await page.locator(`a[href="/field/v/${id}"]`).waitFor();
    await page.goto('/field');
    await page.locator('.kinds').getByText(String(visits.length), { exact: true }).first().waitFor();
    await stage.picture(page, 'field-day-today');
    await context.setOffline(true);

    await page.goto('/field/visits');
    await page.locator(`a[href="/field/v/${same.id}"]`).click();
    await stage.picture(page, 'field-day-visit');
    await press(t.visit.nothingChanged);
    await expect.poll(unsent).toBe('1');

    await openVisit(silent.id);
    await press(t.visit.noAnswer);
    await stage.picture(page, 'field-day-no-answer');
    await press(t.noAnswer.record);
    await expect.poll(unsent).toBe('2');

    await openVisit(changed.id);
    await press(t.visit.changed);
    await page.getByLabel(t.visit.field.helper).fill('金丝雀之女照应');
    await stage.picture(page, 'field-day-changed');
    await press(t.visit.send);
    await expect.poll(unsent).toBe('3');

    await page.goto('/field/rounds');
    await page.locator(`a[href="/field/i/${round.id}"]`).click();
    await page.locator('.check-tile').first().click();
    const hash = await takePhoto();
    await page.locator('.tile').first().click();
    await stage.picture(page, 'field-day-finding');
    await press(t.inspect.sendFinding);
    await expect.poll(unsent).toBe('4');
    secrets.push('金丝雀之女照应');
    await expectNothingLegible(secrets);

    await page.close();
    page = await context.newPage();
    await page.goto('/field/visits');
    await page.getByText(left.name).waitFor();
    expect(await page.getByText(same.name).count()).toBe(0);
    await expect.poll(unsent).toBe('4');
    await stage.picture(page, 'field-day-opened-again');

    const uploaded = context.waitForEvent('response', (answer) => answer.url().includes('/api/uploads'));
    await context.setOffline(false);
    expect(((await (await uploaded).json()) as { sha256: string }).sha256).toBe(hash);
    await expect.poll(unsent, { timeout: 30_000 }).toBeNull();
    await page.goto('/field/sent');
    await expect.poll(() => page.locator('.receipts code').count()).toBe(4);
    await stage.picture(page, 'field-day-receipts');

    const plan = await (await sit('shequ')).read<Plan>('/api/visits/plan?limit=200');
    const outcomeOf = (id: string): unknown => {
      const row = plan.items.find((one) => one.id === id);
      return [row?.state, row?.outcome ?? null];
    };
    expect(outcomeOf(same.id)).toEqual(['done', 'nothing_changed']);
    expect(outcomeOf(changed.id)).toEqual(['done', 'changed']);
    const after = (await worker.read<{ items: Visits }>('/api/visits/today')).items;
    expect(after.find(({ id }) => id === silent.id)).toMatchObject({ state: 'no_answer' });
    await expectOneFinding(worker, round, hash);

    await finishDay(worker);
    await page.goto('/field/visits');
    await press(fieldZh.today.refresh);
    await page.getByText(fieldZh.today.allDone).waitFor();
    await expect
      .poll(async () => (await wholePhone()).split('\n').filter((row) => /^(sealed|key)\/day$/.test(row)))
      .toEqual([]);
    await expectNothingLegible(secrets);
    await stage.picture(page, 'field-day-done');
    expect(broken).toEqual([]);
  });
});

/** One look more in the history of the point, with the photo; its event knows the point. */
async function expectOneFinding(worker: Desk, round: Rounds[number], hash: string): Promise<void> {
  const history = await worker.read<History>(`/api/risk-points/${round.pointId}/inspections`);
  const looks = history.items.filter((look) => look.at > (round.lastLook?.at ?? ''));
  expect(looks).toMatchObject([{ result: 'finding', photos: [{}] }]);
  const eventId = looks[0]?.eventId ?? '';
  const ofEvent = await worker.read<{ point: { code: string } | null }>(`/api/events/${eventId}/risk-point`);
  expect(ofEvent.point?.code).toBe(round.code);
  const event = await worker.read<{ attachments: { id: string }[] }>(`/api/events/${eventId}`);
  expect(event.attachments).toHaveLength(1);
  expect(hash).toMatch(/^[0-9a-f]{64}$/);
}

/** What is left of the day is done elsewhere. */
async function finishDay(worker: Desk): Promise<void> {
  for (const { id } of (await worker.read<{ items: Visits }>('/api/visits/today')).items)
    await worker.act(`/api/visits/${id}/record`, { method: 'neighbour', outcome: 'neighbour_ok' });
  for (const { id } of (await worker.read<{ items: Rounds }>('/api/inspections/today')).items)
    await worker.act(`/api/inspections/${id}/record`, { result: 'fine' });
}

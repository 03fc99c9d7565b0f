import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStage, phone, type Stage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
}, 600_000);
afterAll(() => stage?.end());

/** Between 七星岗 and 两路口: the nearest station of all has no medicine, and most are closed at night. */
const at = { longitude: 106.555, latitude: 29.556 };

test('a resident finds the nearest open station with medicine, and sees it again without network', async () => {
  const { page, context } = await stage.person(phone, { at });
  // Where somebody stands never leaves the phone.
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));

  // 1. From the front page, one press.
  await page.goto('/');
  await page.getByRole('link', { name: /找驿站/ }).click();
  await page.getByRole('heading', { name: '就近的驿站' }).waitFor();
  const open = page.getByRole('region', { name: /^现在开放/ });
  const cards = open.getByRole('link');
  await cards.first().waitFor();

  // 2. What is needed, and from where: those left are open and have it, the nearest first.
  await page.getByRole('button', { name: '应急药品' }).click();
  await page.getByRole('button', { name: '用我的位置' }).click();
  await page.getByText('从我现在的位置算起').waitFor();
  const texts = await cards.allTextContents();
  const minutes = texts.map((text) => Number(/步行约 (\d+) 分钟/.exec(text)?.[1]));
  expect(minutes.length).toBeGreaterThan(0);
  expect(minutes).toEqual(minutes.toSorted((a, b) => a - b));
  for (const text of texts) expect(text).toMatch(/应急药品/);
  // At any hour of any day the nearest open one with medicine is that beside the metro, open around the clock.
  expect(texts[0]).toMatch(/两路口小红伞驿站.*开放.*全天开放/);
  expect(asked.filter((url) => /106\.55|29\.55/.test(url))).toEqual([]);
  await stage.picture(page, 'station-nearest');

  // 3. One of them in full.
  await cards.first().click();
  await page.getByRole('heading', { name: '两路口小红伞驿站' }).waitFor();
  await page.getByText('轨道交通两路口站 2 号口旁').waitFor();
  expect(await page.getByRole('link', { name: /打电话/ }).getAttribute('href')).toMatch(/^tel:023/);
  expect(await page.getByRole('img', { name: /门口/ }).count()).toBe(1);
  await stage.picture(page, 'station-one');

  // 4. Without network: the page opens again from the phone, and one never opened before as the list knew it.
  await expect.poll(() => page.evaluate(keptWhole), { timeout: 20_000 }).toBe(true);
  await context.setOffline(true);
  await page.goto('/s/lianglukou');
  await page.getByRole('heading', { name: '两路口小红伞驿站' }).waitFor();
  await page.getByText('没有网络，显示的是上次保存的内容').waitFor();
  await page.getByText('轨道交通两路口站 2 号口旁').waitFor();
  await page.getByText('全天开放').waitFor();
  await page.getByRole('link', { name: '所有驿站' }).click();
  await page.getByRole('button', { name: '应急药品' }).click();
  expect((await cards.allTextContents()).join()).toMatch(/两路口小红伞驿站/);
  await stage.picture(page, 'station-offline');
  await page.goto('/s/chaotianmen');
  await page.getByRole('heading', { name: '朝天门小红伞驿站' }).waitFor();
  await page.getByText('自动除颤器 AED').waitFor();

  // 5. Nothing about the reader was kept.
  const kept = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }));
  expect(kept).not.toMatch(/106\.555|29\.556/);

  // 6. Back on the network it renews itself.
  await context.setOffline(false);
  await page.getByText('没有网络，显示的是上次保存的内容').waitFor({ state: 'detached' });
  await context.close();
});

/** In the page: its files are kept, and whoever serves them without network is ready. */
async function keptWhole(): Promise<boolean> {
  const kept = await caches.open('huangge-stations');
  const files = (await kept.keys()).map(({ url }) => url);
  const registration = await navigator.serviceWorker.getRegistration('/stations');
  return registration?.active?.state === 'activated' && files.some((url) => /assets\/stations-[^/]+\.js$/.test(url));
}

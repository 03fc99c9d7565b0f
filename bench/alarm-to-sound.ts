/**
 * From a sensor's publish to the moment the desk begins to sound, in a real Chromium, while other devices send 1,000
 * messages a second.
 *   node bench/alarm-to-sound.ts [alarms] [background messages a second]
 * Both ends read the same clock. The page says itself when it started the sound (performance mark "alarm-sound"); what
 * the loudspeaker adds after that is not in it. Goal: p99 ≤ 500 ms.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium, type Page } from 'playwright-core';
import { sensingRoutes } from '#contract/sensing.ts';
import { seededRandom, randomBetween } from '#kit/random.ts';
import { addDevices, connectDevice, publishReadings, type BenchDevice } from './lib/devices.ts';
import { count, ms, quantile, tell, tellLimit } from './lib/figures.ts';
import { databaseUrl, findPort, makeDemoFolder, removeFolder, startServer } from './lib/server.ts';
import { commandHeaders, openSeats, type Seat } from './lib/staff.ts';

const alarms = Number(process.argv[2] ?? 100);
const perSecond = Number(process.argv[3] ?? 1_000);
const patienceMs = 10_000;

const folder = await makeDemoFolder();
const mqttPort = await findPort();
const running = await startServer({ dataDir: folder, port: await findPort(), env: { MQTT_PORT: String(mqttPort) } });
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
});
try {
  const url = databaseUrl(folder);
  const [seat] = await openSeats(url, 1, `a.role = 'intake_seat' and a.area_code = '500103004'`);
  if (seat === undefined) throw new Error('The demo has no intake seat in the street of the bench.');
  const page = await openDesk(seat);
  const quiet = await measure(page, seat, await addDevices(url, alarms, 'quiet'), 0);
  tell('alarm published → sound started, nothing else going on: p50 / p99', both(quiet.delaysMs));
  let done = false;
  const background = publishReadings({
    port: mqttPort,
    devices: await addDevices(url, 100, 'background'),
    perSecond,
    until: () => done,
    seed: 3,
  });
  await sleep(5_000);
  const startMs = performance.now();
  const busy = await measure(page, seat, await addDevices(url, alarms, 'busy'), 1);
  const seconds = (performance.now() - startMs) / 1_000;
  done = true;
  const { ackMs } = await background;
  tell(
    'background while alarms were measured',
    `${count(ackMs.length / (seconds + 5))} messages/s acknowledged`,
    `${count(perSecond)}/s offered`,
    (ackMs.length / (seconds + 5) / perSecond).toFixed(2),
  );
  tell(
    'alarms that sounded',
    `${busy.delaysMs.length} of ${alarms}`,
    `${alarms}`,
    (busy.delaysMs.length / alarms).toFixed(2),
  );
  tell('alarm published → sound started in Chromium: p50', ms(quantile(busy.delaysMs, 0.5)));
  tellLimit('alarm published → sound started in Chromium: p99', quantile(busy.delaysMs, 0.99), 500);
} finally {
  await browser.close();
  await running.stop();
  await removeFolder(folder);
}

function both(values: readonly number[]): string {
  return `${ms(quantile(values, 0.5))} / ${ms(quantile(values, 0.99))}`;
}

/** The desk of an intake seat, its sound unlocked by one click, as a person's would be. */
async function openDesk(seat: Seat): Promise<Page> {
  const context = await browser.newContext({ baseURL: `http://localhost:${running.port}`, locale: 'zh-CN' });
  const [name = '', value = ''] = seat.cookie.split('=');
  await context.addCookies([{ name, value, url: `http://localhost:${running.port}` }]);
  const page = await context.newPage();
  await page.goto('/desk', { timeout: 60_000 });
  await page.locator('.live-connected').waitFor({ state: 'attached' });

  await page
    .locator('header')
    .first()
    .click({ position: { x: 5, y: 5 } });
  await page.locator('.bell-ready').waitFor();
  await sleep(5_000); // the map draws itself: a seat sits there for hours before it hears anything
  return page;
}

/** One alarm after another, each acknowledged once it has sounded. */
async function measure(
  page: Page,
  seat: Seat,
  devices: readonly BenchDevice[],
  seed: number,
): Promise<{ delaysMs: number[] }> {
  const rng = seededRandom(seed);
  const delaysMs: number[] = [];
  for (const device of devices) {
    const client = await connectDevice(mqttPort, device);
    const before = (await marks(page)).length;
    const publishedMs = performance.timeOrigin + performance.now();
    const body = { boot: 'bench', seq: 1, at: new Date().toISOString(), kind: 'smoke', state: 'active' };
    await client.publishAsync(`hg/v1/${device.code}/alarm`, JSON.stringify(body), { qos: 1 });
    const heard = await waitForMark(page, before);
    await client.endAsync(true);
    if (heard === undefined) continue;
    delaysMs.push(heard.atMs - publishedMs);
    await acknowledge(seat, heard.alarmId);
    await sleep(randomBetween(rng, 200, 500));
  }
  return { delaysMs };
}

interface Mark {
  atMs: number;
  alarmId: string;
}

function marks(page: Page): Promise<Mark[]> {
  return page.evaluate(() =>
    performance.getEntriesByName('alarm-sound').map((entry) => ({
      atMs: performance.timeOrigin + entry.startTime,
      alarmId: ((entry as PerformanceMark).detail as { alarmId: string }).alarmId,
    })),
  );
}

async function waitForMark(page: Page, before: number): Promise<Mark | undefined> {
  const until = performance.now() + patienceMs;
  while (performance.now() < until) {
    const found = await marks(page);
    if (found.length > before) return found[before];
    await sleep(20);
  }
  return undefined;
}

async function acknowledge(seat: Seat, alarmId: string): Promise<void> {
  const answer = await fetch(
    `http://localhost:${running.port}${sensingRoutes.acknowledge.path.replace(':id', alarmId)}`,
    {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...commandHeaders(seat) },
      body: JSON.stringify({ opId: crypto.randomUUID() }),
    },
  );
  if (!answer.ok) throw new Error(`The alarm could not be acknowledged: ${answer.status} ${await answer.text()}`);
}

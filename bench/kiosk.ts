/**
 * A wall that shows a screen day and night: how much its page's heap grows once it has settled.
 *   node bench/kiosk.ts [minutes of the bench] [how many times faster the page's clock runs]
 * Needs the built pages. The page believes that hours pass: its timers and its clock run so many times faster, so that it
 * reads, draws, goes from day to night and back as often as in so many hours; reports keep coming in, and the network is
 * taken away now and then. The heap is measured after the garbage was collected. The daily reload, which would empty it,
 * does not fall into the bench. HUANGGE_BENCH_URL names a program that runs already (demo accounts).
 * Goal: growth after the first hour ≤ 10 %.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium, type BrowserContext, type CDPSession, type Page } from 'playwright-core';
import { count, quantile, tell, tellLimit } from './lib/figures.ts';
import { findPort, makeDemoFolder, removeFolder, startServer } from './lib/server.ts';

const minutes = Number(process.argv[2] ?? 10);
const faster = Number(process.argv[3] ?? 60);
const limitShare = 10;
/** Ten in the morning: the night begins within the bench, the hour of the daily reload does not. */
const beginsAt = Date.parse('2026-12-02T10:00:00+08:00');

interface Look {
  hours: number;
  heapMib: number;
  nodes: number;
  listeners: number;
}

async function makeLink(context: BrowserContext, url: string): Promise<{ path: string; csrf: string }> {
  const login = await context.request.post(`${url}/api/session`, {
    data: { login: 'zhihui', password: 'huangge-demo-2026' },
  });
  const { csrfToken } = (await login.json()) as { csrfToken: string };
  const headers = { 'x-csrf-token': csrfToken };
  const first = (await (await context.request.get(`${url}/api/screens/default`)).json()) as {
    areaCode: string;
    layout: unknown;
  };
  const { areaCode, layout } = first;
  const screen = await context.request.post(`${url}/api/screens`, {
    headers,
    data: { opId: randomUUID(), name: 'bench', look: 'auto', areaCode, layout },
  });
  const { id } = (await screen.json()) as { id: string };
  const link = await context.request.post(`${url}/api/screens/${id}/links`, {
    headers,
    data: { opId: randomUUID(), name: 'bench', days: 1 },
  });
  return { path: ((await link.json()) as { path: string }).path, csrf: csrfToken };
}

/** Makes the page's time run faster, before any code of ours; how long a request may take (20 s) stays as it is: the server's time does not run faster. */
function hurry([times, startMs]: readonly [number, number]): void {
  const realNow = Date.now.bind(Date);
  const began = realNow();
  Date.now = () => startMs + (realNow() - began) * times;
  const scaled = { setTimeout: setTimeout.bind(globalThis), setInterval: setInterval.bind(globalThis) };
  for (const name of ['setTimeout', 'setInterval'] as const)
    Object.assign(globalThis, {
      [name]: (work: () => void, ms = 0, ...rest: unknown[]) =>
        scaled[name](work, ms === 20_000 ? ms : ms / times, ...rest),
    });
}

async function look(page: Page, tools: CDPSession, hours: number): Promise<Look> {
  await page.evaluate(() => undefined);
  for (let k = 0; k < 3; k++) await tools.send('HeapProfiler.collectGarbage');
  const { usedSize } = await tools.send('Runtime.getHeapUsage');
  const { nodes, jsEventListeners } = await tools.send('Memory.getDOMCounters');
  return { hours, heapMib: usedSize / 1024 / 1024, nodes, listeners: jsEventListeners };
}

/** A resident reports something every two seconds: each is a change the wall hears of. */
async function keepReporting(context: BrowserContext, url: string, isOver: () => boolean): Promise<number> {
  let sent = 0;
  const answer = await context.request.get(`${url}/api/public/categories`);
  const all = ((await answer.json()) as { items: { code: string; parentCode: string | null }[] }).items;
  // Kinds with kinds below them are chosen by nobody.
  const items = all.filter(({ code }) => !all.some(({ parentCode }) => parentCode === code));
  for (let k = 0; !isOver(); k++) {
    const data = {
      opId: randomUUID(),
      categoryCode: items[k % items.length]?.code ?? '',
      description: '路面坏了一块，老人走路不方便，请来看看。',
      lon: 106.5495 + (k % 20) * 0.0004,
      lat: 29.5555 + (k % 7) * 0.0003,
      placeWords: '两路口',
    };
    const headers = { 'x-forwarded-for': `10.${(k >> 8) % 250}.${k % 250}.7` };
    const reply = await context.request.post(`${url}/api/public/reports`, { headers, data });
    if (reply.ok()) sent++;
    await sleep(2_000);
  }
  return sent;
}

const given = process.env['HUANGGE_BENCH_URL'];
const folder = given === undefined ? await makeDemoFolder() : undefined;
const running = folder === undefined ? undefined : await startServer({ dataDir: folder, port: await findPort() });
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--no-first-run', '--disable-background-networking'],
}); // prettier-ignore
try {
  const url = given ?? `http://127.0.0.1:${running?.port}`;
  const commander = await browser.newContext();
  const { path } = await makeLink(commander, url);
  const context = await browser.newContext({ viewport: { width: 1920, height: 1080 }, locale: 'zh-CN' });
  await context.addInitScript(hurry, [faster, beginsAt] as const);
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  const tools = await context.newCDPSession(page);
  await page.goto(url + path);
  await page.locator('.wall-big b').first().waitFor({ timeout: 120_000 });

  const startMs = performance.now();
  const endMs = startMs + minutes * 60_000;
  let over = false;
  const reporting = keepReporting(commander, url, () => over);
  const looks: Look[] = [];
  const hoursNow = (): number => ((performance.now() - startMs) * faster) / 3_600_000;
  for (let hour = 1; performance.now() < endMs; hour++) {
    while (hoursNow() < hour && performance.now() < endMs) await sleep(200);
    looks.push(await look(page, tools, hoursNow()));
    // The network goes away for a moment, as networks do.
    await context.setOffline(true);
    await sleep(1_000);
    await context.setOffline(false);
  }
  over = true;
  const sent = await reporting;

  const [first, ...later] = looks;
  if (first === undefined || later.length < 3) throw new Error('Too short: the wall must settle and then go on.');
  const end = quantile(
    later.slice(-3).map(({ heapMib }) => heapMib),
    0.5,
  );
  const growth = (end / first.heapMib - 1) * 100;
  const last = looks.at(-1) ?? first;
  tellLimit(
    `Heap of the wall's page after ${last.hours.toFixed(1)} hours of its own clock: growth since the first hour`,
    Math.max(0, growth),
    limitShare,
    '%',
  );
  tell('Heap after garbage collection, first hour / end', `${first.heapMib.toFixed(1)} / ${end.toFixed(1)} MiB`);
  tell('Nodes of the page, first hour / end', `${count(first.nodes)} / ${count(last.nodes)}`);
  tell('Listeners, first hour / end', `${count(first.listeners)} / ${count(last.listeners)}`);
  tell('Reports heard of meanwhile / errors of the page', `${count(sent)} / ${count(errors.length)}`);
  for (const one of errors.slice(0, 3)) console.error(one);
  if (growth > limitShare || errors.length > 0) process.exitCode = 1;
} finally {
  await browser.close();
  await running?.stop();
  if (folder !== undefined) await removeFolder(folder);
}

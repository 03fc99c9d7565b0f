import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { chromium, type Browser, type BrowserContext, type Page, type Route } from 'playwright-core';
import { inject } from 'vitest';
import { findFreePort } from '#test/helpers/postgres.ts';
import { minutesToBegin, putAhead } from './clock.ts';
import { numbered, root, startIn } from './program.ts';

export const desktop = { width: 1440, height: 900 } as const;
export const phone = { width: 390, height: 844 } as const;
export const tablet = { width: 1024, height: 768 } as const;

interface Size {
  width: number;
  height: number;
}

interface PersonOptions {
  locale?: string;
  at?: { longitude: number; latitude: number };
  /** A large screen that is touched. */
  touch?: boolean;
}

export interface Stage {
  url: string;
  /** Where devices connect. */
  mqttPort: number;
  browser: Browser;
  /** A person with a browser of their own: Chinese, Shanghai time, position given when asked. */
  person(size: Size, options?: PersonOptions): Promise<{ context: BrowserContext; page: Page }>;
  /** Kept in test-results/ for looking at. */
  picture(page: Page, name: string): Promise<void>;
  /** Lets minutes pass at once: the program starts again with its clock ahead, test and pages go with it. */
  pass(minutes: number): Promise<void>;
  end(): Promise<void>;
}

interface StageOptions {
  /** The story is of one day: midnight does not fall into it. */
  oneDay?: boolean;
}

/**
 * Starts the real program (embedded PostgreSQL, demo town, built pages) and a real browser. HUANGGE_JOURNEY_URL names a
 * program that runs already, HUANGGE_JOURNEY_MQTT_PORT its broker: for trying a journey while writing it.
 */
export async function openStage({ oneDay = false }: StageOptions = {}): Promise<Stage> {
  const running = process.env['HUANGGE_JOURNEY_URL'];
  let ahead = running === undefined ? minutesToBegin(oneDay) : 0;
  putAhead(ahead * 60_000);
  const program = running === undefined ? await startProgram(ahead) : alreadyRunning(running);
  const { url, mqttPort } = program;
  const browser = await launch();
  return {
    url,
    mqttPort,
    browser,
    async person(size, options = {}) {
      const one = await newPerson(browser, url, size, options);
      if (ahead > 0) await putAheadIn(one.context, ahead * 60_000);
      return one;
    },
    async picture(page, name) {
      const folder = join(root, 'test-results');
      await mkdir(folder, { recursive: true });
      await page.screenshot({ path: join(folder, `${name}.png`) });
    },
    async pass(minutes) {
      await program.pass(minutes);
      if (running !== undefined) return;
      ahead += minutes;
      putAhead(ahead * 60_000);
      for (const context of browser.contexts()) await putAheadIn(context, ahead * 60_000);
    },
    async end() {
      await browser.close();
      await program.stop();
    },
  };
}

/** Pages of this browser, those to come, and what serves them without a network. */
async function putAheadIn(context: BrowserContext, aheadMs: number): Promise<void> {
  await context.addInitScript(putAhead, aheadMs);
  for (const page of context.pages()) await page.evaluate(putAhead, aheadMs);
  const answer = async (route: Route): Promise<void> => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `(${putAhead.toString()})(${aheadMs});${await response.text()}` });
  };
  // Whoever asked may be closed before the answer is there.
  await context.route(/-(sw|worker)\.js$/, (route) => answer(route).catch(() => undefined));
}

interface Running {
  url: string;
  mqttPort: number;
  pass(minutes: number): Promise<void>;
  /** Ends it as a person would, and waits until it is gone. */
  stop(): Promise<void>;
}

/** Somebody else's program: time passes there as it does here. */
function alreadyRunning(url: string): Running {
  const mqttPort = Number(process.env['HUANGGE_JOURNEY_MQTT_PORT'] ?? 1883);
  return { url, mqttPort, pass: (minutes) => sleep(minutes * 60_000), stop: async () => undefined };
}

/** The program in a data folder of its own, as "npm start" runs it; its clock so many minutes ahead. */
async function startProgram(ahead: number): Promise<Running> {
  const dataDir = await copyOfDemo();
  const place = { dataDir, port: await findFreePort(), mqttPort: await findFreePort() };
  let passed = ahead;
  let program = await startIn({ ...place, ahead });
  if (!existsSync(join(inject('stageFolder'), 'demo'))) await numbered(program.url);
  return {
    url: program.url,
    mqttPort: place.mqttPort,
    async pass(minutes) {
      passed += minutes;
      await program.stop();
      program = await startIn({ ...place, ahead: passed });
    },
    async stop() {
      await program.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** A copy of the demo of this run; an empty folder where none could be kept. */
async function copyOfDemo(): Promise<string> {
  const kept = join(inject('stageFolder'), 'demo');
  const dataDir = await mkdtemp(join(tmpdir(), 'huangge-journey-'));
  await chmod(dataDir, 0o711);
  if (existsSync(kept)) await promisify(execFile)('cp', ['-a', `${kept}/.`, dataDir]);
  return dataDir;
}

const quiet = [
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
/** The map draws without a graphics card. */
const software = ['--disable-gpu', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'];

function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', ...quiet, ...software],
  });
}

async function newPerson(
  browser: Browser,
  url: string,
  size: Size,
  { locale = 'zh-CN', at, touch = false }: PersonOptions,
) {
  const mobile = size.width < 600;
  const context = await browser.newContext({
    viewport: size,
    locale,
    timezoneId: 'Asia/Shanghai',
    hasTouch: mobile || touch,
    isMobile: mobile,
    baseURL: url,
    ...(at === undefined ? {} : { geolocation: at, permissions: ['geolocation'] }),
  });
  context.setDefaultTimeout(20_000);
  return { context, page: await context.newPage() };
}

/** A small photo, drawn: enough for a phone to send and a server to turn round. */
export async function drawPhoto(words: {
  sky: string;
  ground: string;
}): Promise<{ name: string; mimeType: string; buffer: Buffer }> {
  const { default: sharp } = await import('sharp');
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="900"><rect width="1200" height="900" fill="${words.sky}"/><rect y="600" width="1200" height="300" fill="${words.ground}"/><path d="M560 620 Q520 380 640 160 Q700 400 660 620 Z" fill="#5b4630"/><circle cx="640" cy="220" r="190" fill="#4f7d4a"/></svg>`;
  return { name: 'photo.jpg', mimeType: 'image/jpeg', buffer: await sharp(Buffer.from(svg)).jpeg().toBuffer() };
}

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { demoPassword } from '../../src/demo/index.ts';

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

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

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
export async function walk(page: Page, places: readonly { to: string; ready: string }[]): Promise<string[]> {
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

export async function signIn(page: Page, at: '/desk/sign-in' | '/field', login: string): Promise<void> {
  await page.goto(at);
  await page.locator('input[autocomplete="username"]').fill(login);
  await page.locator('input[type="password"]').fill(demoPassword);
  await page.locator('button[type="submit"]').click();
  if (at === '/field') await page.locator('.today-head, .counter-head').first().waitFor();
  else await page.waitForURL((url) => !url.pathname.endsWith('sign-in'));
}

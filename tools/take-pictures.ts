/** Takes the pictures of the readmes from the running program: node tools/take-pictures.ts. Needs built pages and Chromium. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { demoPassword } from '../src/demo/index.ts';
import { desktop, openStage, phone } from '../test/journeys/stage.ts';

const folder = join(import.meta.dirname, '../docs/pictures');
/** Long enough for the map to draw in software. */
const settleMs = 5_000;

async function keep(page: Page, name: string, width: number): Promise<void> {
  await page.waitForTimeout(settleMs);
  const shot = await page.screenshot();
  await sharp(shot)
    .resize({ width })
    .png({ palette: true, quality: 80, effort: 10 })
    .toFile(join(folder, `${name}.png`));
}

async function signIn(page: Page, face: 'desk' | 'field', login: string): Promise<void> {
  await page.goto(face === 'desk' ? '/desk/sign-in' : '/field');
  await page.locator('input[autocomplete="username"]').fill(login);
  await page.locator('input[type="password"]').fill(demoPassword);
  await page.locator('button[type="submit"]').click();
  await page
    .locator(face === 'desk' ? '[role="option"]' : '.today-head')
    .first()
    .waitFor();
}

const stage = await openStage();
try {
  await mkdir(folder, { recursive: true });
  const resident = await stage.person(phone);
  await resident.page.goto('/report');
  await keep(resident.page, 'report', 390);
  const worker = await stage.person(phone);
  await signIn(worker.page, 'field', 'wangge');
  await keep(worker.page, 'field', 390);
  const seat = await stage.person(desktop);
  await signIn(seat.page, 'desk', 'jiepai');
  const first = seat.page.locator('[role="option"]').first();
  await first.click({ timeout: 15_000 });
  await keep(seat.page, 'desk', 1440);
} finally {
  await stage.end();
}

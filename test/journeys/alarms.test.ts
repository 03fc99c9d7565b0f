import { connectAsync, type MqttClient } from 'mqtt';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alarmsZh } from '#web/i18n/zh/alarms.ts';
import { demoPassword } from '../../src/demo/index.ts';
import { desktop, openStage, phone, type Stage } from './stage.ts';

/**
 * An alarm at the desk: a sensor speaks over MQTT, the seat hears and sees it within a second, answers by one key, and
 * every other desk sees by whom. Most are false: one tap, counted for the device.
 */
const device = { code: 'CW-JKL-0001', secret: 'demo-cable-well-0001' };
const smoke = alarmsZh.alarmOf(alarmsZh.kind.smoke);
const boot = `journey-${Date.now()}`;
let seq = 0;
let stage: Stage;
let sensor: MqttClient;
const people: BrowserContext[] = [];

async function say(kind: 'smoke' | 'temperature', state: 'active' | 'normal'): Promise<void> {
  const message = { boot, seq: ++seq, at: new Date().toISOString(), kind, state };
  await sensor.publishAsync(`hg/v1/${device.code}/alarm`, JSON.stringify(message), { qos: 1 });
}

async function atDesk(login: string, size: typeof desktop | typeof phone = desktop): Promise<Page> {
  const { page, context } = await stage.person(size);
  people.push(context);
  await page.goto('/desk/sign-in');
  await page.locator('input[autocomplete="username"]').fill(login);
  await page.locator('input[type="password"]').fill(demoPassword);
  await page.locator('button[type="submit"]').click();
  await page.waitForURL((url) => !url.pathname.endsWith('sign-in'));
  await page.locator('.live-connected').waitFor({ state: 'attached' });
  await page.locator('.bell-ready').waitFor();
  return page;
}

const row = (page: Page) => page.locator(`[data-alarm-row="${device.code}"]`);
const ringing = (page: Page) => page.locator('.bell[data-ringing]').count();
/** When the page says it started a sound, epoch ms. */
const sounds = (page: Page): Promise<number[]> =>
  page.evaluate(() =>
    performance.getEntriesByName('alarm-sound').map((mark) => performance.timeOrigin + mark.startTime),
  );
const within = <T>(look: () => T) => expect.poll(look, { timeout: 20_000 });

beforeAll(async () => {
  stage = await openStage();
  sensor = await connectAsync(`mqtt://localhost:${stage.mqttPort}`, {
    username: device.code,
    password: device.secret,
    protocolVersion: 4,
  });
});
afterAll(async () => {
  await sensor.endAsync(true);
  for (const context of people) await context.close();
  await stage.end();
});

describe('an alarm at the desk', () => {
  let seat: Page;
  let colleague: Page;

  it('is heard and seen within a second of the sensor’s word', async () => {
    seat = await atDesk('jieshou');
    colleague = await atDesk('jiepai');
    // The map has drawn itself: a seat sits there for hours before it hears anything.
    await seat.waitForTimeout(3_000);
    const before = (await sounds(seat)).length;
    const saidMs = performance.timeOrigin + performance.now();
    await say('smoke', 'active');
    await within(async () => (await sounds(seat)).length).toBe(before + 1);
    const [heardMs = 0] = (await sounds(seat)).slice(before);
    expect(heardMs - saidMs).toBeLessThan(1_000);
    await within(() => row(seat).innerText()).toContain(smoke);
    await within(() => row(seat).innerText()).toContain(alarmsZh.strip.age('').trim());
    await within(() => row(colleague).innerText()).toContain(smoke);
    expect(await ringing(seat)).toBe(1);
    await stage.picture(seat, 'alarm-strip');
  });

  it('two alarms of one device are one row', async () => {
    await say('temperature', 'active');
    await within(() => row(seat).innerText()).toContain(alarmsZh.strip.many(2));
    expect(await row(seat).count()).toBe(1);
  });

  it('falls silent by the key A, at every desk, which then says who it was', async () => {
    await seat.keyboard.press('a');
    await within(() => ringing(seat)).toBe(0);
    await within(() => ringing(colleague)).toBe(0);
    const who = await seat.locator('.bar-who b').innerText();
    await within(() => row(colleague).innerText()).toContain(who);
    await within(() => row(colleague).innerText()).toContain(alarmsZh.strip.answered('', '').trim());
  });

  it('is found false by one tap on a phone, and counted for the device', async () => {
    const mobile = await atDesk('jiepai', phone);
    await say('smoke', 'normal');
    await say('smoke', 'active');
    await within(() => ringing(mobile)).toBe(1);
    await row(mobile).getByRole('button', { name: alarmsZh.verb.false }).tap();
    await within(() => ringing(mobile)).toBe(0);
    await mobile.goto('/desk/alarms?show=false');
    await mobile.locator('.alarms-row').filter({ hasText: smoke }).first().tap();
    const counts = mobile.locator('.alarm-counts b');
    await counts.waitFor();
    expect(await counts.innerText()).toMatch(/30.*[23].*1/);
    await stage.picture(mobile, 'alarm-false-phone');
  });

  it('becomes an event by the key E, and the row leads to it', async () => {
    await say('smoke', 'normal');
    await say('smoke', 'active');
    await within(() => ringing(seat)).toBe(1);
    await seat.keyboard.press('e');
    await within(() => ringing(seat)).toBe(0);
    await seat.goto('/desk/alarms?show=all');
    await seat.locator('.alarms-row').filter({ hasText: smoke }).first().click();
    const link = seat.locator('.alarm-facts a[href^="/desk?event="]');
    await link.waitFor();
    expect(await link.innerText()).toMatch(/\d{6,}/);
    await stage.picture(seat, 'alarm-page');
  });

  it('a test call rings like a real one, says what it is, and does not count', async () => {
    await seat.goto('/desk/alarms');
    await seat.getByRole('button', { name: alarmsZh.page.testCall, exact: true }).first().click();
    await seat.getByLabel(alarmsZh.page.testPriority).last().selectOption('1');
    await seat.getByRole('button', { name: alarmsZh.page.testRun }).click();
    await within(() => ringing(seat)).toBe(1);
    await within(() => seat.locator('.alarm-strip').innerText()).toContain(alarmsZh.strip.test);
    await seat.keyboard.press('A');
    await within(() => ringing(seat)).toBe(0);
  });

  it('muted, nothing is heard; unmuted, what still waits is', async () => {
    await say('smoke', 'normal');
    await seat.goto('/desk');
    await seat.locator('.bell').click();
    await seat.getByRole('button', { name: alarmsZh.sound.untilTakenBack }).click();
    await say('smoke', 'active');
    await within(() => row(seat).innerText()).toContain(smoke);
    expect(await ringing(seat)).toBe(0);
    await seat.getByRole('button', { name: alarmsZh.sound.unmute }).click();
    await within(() => ringing(seat)).toBe(1);
    await say('smoke', 'normal');
    await seat.locator('.bell').click();
    await row(seat).getByRole('button', { name: alarmsZh.verb.acknowledge }).click();
    await within(() => ringing(seat)).toBe(0);
  });
});

/**
 * An online group: a resident joins by its code, writes with a photo; the grid worker makes it an event in one act; the
 * resident sees the receipt in the group, and votes.
 */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { demoPassword } from '../../src/demo/index.ts';
import { groupHomeZh as g } from '../../src/web/i18n/zh/group-home.ts';
import { groupsZh as t } from '../../src/web/i18n/zh/groups.ts';
import { desktop, drawPhoto, openStage, phone, type Stage } from './stage.ts';

let stage: Stage;
let desk: Page;
let resident: Page;
beforeAll(async () => {
  stage = await openStage();
  desk = (await stage.person(desktop)).page;
  resident = (await stage.person(phone)).page;
}, 240_000);
afterAll(() => stage.end());

const words = '车位边的路灯不亮，晚上看不见路';
const question = `要不要装充电棚 ${Date.now()}`;

test('the grid worker finds the groups of the grid, and the code of one', async () => {
  await desk.goto('/desk/sign-in');
  await desk.locator('input[autocomplete="username"]').fill('wangge');
  await desk.locator('input[type="password"]').fill(demoPassword);
  await desk.locator('button[type="submit"]').click();
  await desk.waitForURL((url) => !url.pathname.endsWith('sign-in'));
  await desk.goto('/desk/groups?platform=in_app');
  await desk.locator('.groups-row').first().click();
  await desk.getByRole('button', { name: t.tabs.link, exact: true }).click();
  await desk.getByAltText(t.link.alt).waitFor();
  await stage.picture(desk, 'group-1-code');
}, 90_000);

test('a resident joins on the phone without an account, and writes with a photo', async () => {
  const id = /group=([0-9a-f-]{36})/.exec(desk.url())?.[1] ?? '';
  const answer = await desk.request.get(`/api/groups/${id}`);
  const { linkSecret, name } = (await answer.json()) as { linkSecret: string; name: string };
  await resident.goto(`/g/${linkSecret}`);
  await resident.getByRole('heading', { name }).waitFor();
  await stage.picture(resident, 'group-2-join');
  await resident.getByLabel(g.join.name).fill('3栋李孃孃');
  await resident.getByLabel(new RegExp(g.join.phone)).fill('10900001111');
  await resident.getByRole('button', { name: g.join.act }).click();
  await resident.getByLabel(g.home.say).fill(words);
  const photo = await drawPhoto({ sky: '#223344', ground: '#445566' });
  await resident.locator('input[type=file]').last().setInputFiles(photo);
  await resident.locator('.photo-done').waitFor();
  await resident.getByRole('button', { name: g.home.send }).click();
  await resident.locator('.group-mine .photo-tile img[src^="blob:"]').waitFor();
  expect(await resident.locator('.group-mine').textContent()).toContain(words);
  await stage.picture(resident, 'group-3-said');
}, 90_000);

test('the message becomes an event by one key and one press, its author told in the group', async () => {
  await desk.getByRole('button', { name: t.tabs.talk, exact: true }).click();
  await desk.getByText(words).first().waitFor();
  await desk.locator('body').press('e');
  const form = desk.getByRole('dialog');
  await form.getByText(t.draft.from('3栋李孃孃')).waitFor();
  expect(await form.getByLabel(t.draft.words).inputValue()).toBe(words);
  await stage.picture(desk, 'group-4-draft');
  const category = form.locator('select').first();
  if ((await category.inputValue()) === '') await category.selectOption({ index: 1 });
  await form.getByRole('button', { name: t.draft.act }).click();
  await form.getByRole('status').waitFor();
  await stage.picture(desk, 'group-5-made');
  await form.getByRole('button', { name: t.draft.close, exact: true }).last().click();
  await resident.locator('.group-status').last().waitFor();
  await resident.getByRole('link', { name: g.home.receipt }).waitFor();
  await stage.picture(resident, 'group-6-receipt');
}, 90_000);

test('a poll is opened at the desk, and counts one vote from the phone', async () => {
  await desk.getByRole('button', { name: t.tabs.polls, exact: true }).click();
  await desk.getByText(t.poll.open).click();
  await desk.getByLabel(t.poll.question).fill(question);
  await desk.getByLabel(t.poll.options).fill('装\n不装');
  const day = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);
  await desk.getByLabel(t.poll.until).fill(day);
  await desk.getByRole('button', { name: t.poll.act }).click();
  await desk.getByRole('heading', { name: question }).waitFor();
  await resident.getByRole('button', { name: /^议事/ }).click();
  const poll = resident.locator('article', { hasText: question });
  await poll.getByRole('button', { name: '装', exact: true }).click();
  await poll.getByText(g.home.chosen).waitFor();
  await poll.getByText(g.home.voters('1')).waitFor();
  await stage.picture(resident, 'group-7-vote');
  await stage.picture(desk, 'group-8-polls');
}, 90_000);

test('leaving takes one tap and one certain answer', async () => {
  await resident.getByRole('button', { name: g.home.leave }).click();
  await resident.getByRole('button', { name: g.home.leaveYes }).click();
  await resident.getByRole('heading', { name: g.mine }).waitFor();
  await desk.getByRole('button', { name: t.tabs.talk, exact: true }).click();
  await desk.getByText(t.erased).first().waitFor();
}, 60_000);

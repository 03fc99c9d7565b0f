/**
 * What leaves the house. The analysis seat drafts a brief, writes a sentence and never a number; the commander opens the
 * cases behind one of them, issues it, and the paper says what the page says. Then the commander lets a month of open data
 * out, and a resident reads on the phone what was fixed.
 */
import { createHash } from 'node:crypto';
import { strFromU8, unzipSync } from 'fflate';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { briefRoutes } from '../../src/contract/briefs.ts';
import type { openReleaseRoutes } from '../../src/contract/opendata.ts';
import type { ClientOutput } from '../../src/contract/route.ts';
import { demoPassword } from '../../src/demo/index.ts';
import { addDays, dayOf } from '../../src/kit/shanghai-days.ts';
import { briefsZh as b } from '../../src/web/i18n/zh/briefs.ts';
import { openDataZh as o } from '../../src/web/i18n/zh/opendata.ts';
import { openPublicZh as p } from '../../src/web/i18n/zh/opendata-public.ts';
import { residentZh as r } from '../../src/web/i18n/zh/resident.ts';
import { walk } from './axe-walk.ts';
import { desktop, openStage, phone, type Stage } from './stage.ts';

let stage: Stage;
let analyst: Page;
let commander: Page;
let resident: Page;
let id: string;

async function person(login: string): Promise<Page> {
  const { context, page } = await stage.person(desktop);
  const answer = await context.request.post(`${stage.url}/api/session`, { data: { login, password: demoPassword } });
  expect(answer.status()).toBe(200);
  return page;
}
async function read<T>(page: Page, path: string): Promise<T> {
  const answer = await page.context().request.get(`${stage.url}${path}`);
  expect(answer.status()).toBe(200);
  return (await answer.json()) as T;
}

beforeAll(async () => {
  stage = await openStage();
  analyst = await person('yanpan');
  commander = await person('zhihui');
  resident = (await stage.person(phone)).page;
}, 240_000);
afterAll(() => stage.end());

describe('a brief', () => {
  const remark = '请各社区复核行道树隐患，雨前完成修剪。';

  it('is drafted from the record; a person writes words only, and no personal data among them', async () => {
    const last = addDays(dayOf(Date.now()), -1);
    await analyst.goto('/desk/briefs');
    await analyst.getByRole('button', { name: b.make }).click();
    await analyst.getByLabel(b.kind).last().selectOption('special');
    await analyst.getByLabel(b.form.day).fill(addDays(last, -27));
    await analyst.getByLabel(b.form.to).fill(last);
    await analyst.getByRole('button', { name: b.form.send, exact: true }).click();
    await analyst.waitForURL(/\/desk\/briefs\/[0-9a-f-]{36}/);
    id = analyst.url().split('/').at(-1) ?? '';
    const section = analyst.getByRole('region', { name: /下步建议/ });
    await section.getByRole('button', { name: b.write }).click();
    await analyst.getByLabel(b.words).fill('请联系李师傅 13912345678');
    await analyst.getByRole('button', { name: b.save, exact: true }).click();
    await analyst.getByRole('alert').first().waitFor();
    await analyst.getByLabel(b.words).fill(remark);
    await analyst.getByRole('button', { name: b.save, exact: true }).click();
    await section.getByText(remark).waitFor();
  });

  it('opens the cases behind a number, as many as it says', async () => {
    await commander.goto(`/desk/briefs/${id}`);
    const brief = await read<ClientOutput<typeof briefRoutes.get>>(commander, `/api/briefs/${id}`);
    const closed = brief.body.sections[0]?.table?.rows[1]?.[1];
    await commander
      .getByRole('link', { name: b.cases(String(closed)) })
      .first()
      .click();
    await commander.waitForURL(/\/desk\/cases\?/);
    const search = new URL(commander.url()).searchParams;
    expect(search.get('indicator')).toBe('closed_rate');
    const { total } = await read<{ total: number }>(commander, `/api/analytics/cases?${search.toString()}`);
    expect(total).toBe(closed);
  });

  it('is issued by the commander: numbered, frozen, and the paper says what the page says', async () => {
    await commander.goto(`/desk/briefs/${id}`);
    await commander.getByRole('button', { name: b.issue, exact: true }).click();
    await commander.locator('.briefs-form').getByRole('button', { name: b.issue, exact: true }).click();
    await commander.locator('.briefs-issued').waitFor();
    const brief = await read<ClientOutput<typeof briefRoutes.get>>(commander, `/api/briefs/${id}`);
    expect(brief.number).toMatch(/^\d{4} 年第 \d+ 期$/);
    await stage.picture(commander, 'brief');
    for (const { format, sha256 } of brief.files) {
      const answer = await commander.context().request.get(`${stage.url}/api/briefs/${id}/files/${format}`);
      const bytes = await answer.body();
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
      if (format !== 'docx') continue;
      const paper = strFromU8(unzipSync(bytes)['word/document.xml'] ?? new Uint8Array()).replaceAll(/<[^>]+>/g, '');
      for (const words of [remark, ...brief.body.sections.flatMap(({ text }) => text)]) expect(paper).toContain(words);
    }
  });
});

describe('open data', () => {
  it('are looked at by the commander before they go out', async () => {
    await commander.goto('/desk/open-data');
    const { areas } = await read<ClientOutput<typeof openReleaseRoutes.list>>(commander, '/api/open-releases');
    const month = areas[0]?.due[0] ?? '';
    expect(month).toMatch(/^\d{4}-\d\d$/);
    await commander.getByRole('link', { name: o.open(month) }).click();
    await commander.getByText(o.why.ready).waitFor();
    await commander.getByRole('button', { name: o.publish, exact: true }).click();
    await commander.locator('.form-buttons .ant-btn-dangerous').click();
    await commander.getByText(o.version(2)).waitFor();
    await commander.goto('/desk/open-data');
    await commander.getByRole('row', { name: new RegExp(`^${month} 两路口街道`) }).waitFor();
  });

  it('are read by anybody on a phone, from the first page on, and are what the files say', async () => {
    await resident.goto('/');
    await resident.getByRole('link', { name: r.landing.fixed }).click();
    await resident.getByRole('heading', { name: p.byClass }).waitFor();
    await resident.getByRole('button', { name: p.showMap }).click();
    await resident.getByRole('img', { name: p.mapLabel }).waitFor();
    const month = await read<{ fixed: number; byClass: { fixed: number }[] }>(resident, '/api/open-data/months/latest');
    await resident.getByText(month.fixed.toLocaleString('zh-CN'), { exact: true }).first().waitFor();
    expect(month.byClass.reduce((sum, { fixed }) => sum + fixed, 0)).toBe(month.fixed);
    await stage.picture(resident, 'open-data');
  });

  it('and the pages around them can be used by everybody', async () => {
    expect(await walk(resident, [{ to: '/open', ready: '.open-list' }])).toEqual([]);
    const desk = [
      { to: '/desk/briefs', ready: '.briefs-table' },
      { to: `/desk/briefs/${id}`, ready: '.briefs-paper h2' },
      { to: '/desk/open-data', ready: '.publish-table' },
    ];
    expect(await walk(commander, desk)).toEqual([]);
  });
});

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { briefRoutes } from '#contract/briefs.ts';
import type { ClientOutput } from '#contract/route.ts';
import { isAppError, type ErrorCode } from '#kit/errors.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { buildBriefs, type BriefsWorld } from './briefs.fixture.ts';

type Brief = ClientOutput<(typeof briefRoutes)['get']>;

let world: BriefsWorld;
let closed = '';
let open = '';
let later = '';
const issueId = randomUUID();
const title = '李女士13912345678反映树要倒';

beforeAll(async () => {
  world = await buildBriefs();
  await world.analytics.refresh();
  closed = await world.closed({ title: '张先生13800138000说的' });
  open = (await world.handled()).id;
  // Not of the issue, in the same area and week.
  await world.closed();
  world.clock.set(Date.parse('2026-06-22T00:30:00Z'));
  later = await world.filed();
  await world.follow();
  tell([closed, open, later]);
});
afterAll(() => world.close());

function tell(eventIds: string[], categoryCode = 'E0121'): void {
  const path = [...(world.territory.area('500103004')?.path ?? [])];
  world.setIssue({ id: issueId, title, areaCode: '500103004', path, categoryCode, trend: 'up', eventIds });
}

const make = (actor: Actor, body: Record<string, unknown> = {}) =>
  world.briefs.handlers.make(
    {
      params: {},
      query: {},
      body: { opId: randomUUID(), kind: 'special', areaCode: '500103004', day: '2026-06-15', to: '2026-06-21', issueId, ...body }, // prettier-ignore
    },
    { actor },
  );

async function refusal(work: Promise<unknown>, code: ErrorCode): Promise<void> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!isAppError(error, code)) throw new Error(`Expected a refusal "${code}", got ${String(error)}`);
}

const sectionOf = (brief: Brief, key: string) => brief.body.sections.find((one) => one.key === key);

test('tells the cases of the issue and of these days, and nothing of others', async () => {
  const brief = (await make(world.street)).brief as Brief;
  const overview = sectionOf(brief, 'overview');
  expect(overview?.table?.rows).toEqual([['反映该问题的事件', 2], ['其中已结案', 1], ['在办', 1], ['超期未结案', 0]]); // prettier-ignore
  expect(overview?.table?.links.map(([, link]) => link?.ids)).toEqual([[closed, open], [closed], [open], undefined]);
  expect(overview?.text[0]).toContain('热度比一周前上升');
  expect(overview?.chart?.values.reduce((total, n) => total + n, 0)).toBe(2);
  expect(overview?.parts[0]?.table?.rows.reduce((total, [, n]) => total + Number(n), 0)).toBe(2);
  const numbers = [await world.detail(closed), await world.detail(open)].map(({ number }) => number);
  expect(sectionOf(brief, 'issues')?.table?.rows.map(([number]) => number)).toEqual(numbers);
  const done = sectionOf(brief, 'stuck');
  expect(done?.text[0]).toBe('2 件中，已派遣 2 件，到场 0 件，结案 1 件；返工 0 次，重开 0 次，准予延期 0 次。');
  expect(done?.table?.rows).toEqual([[world.territory.unit(world.unit.cityPost)?.name, 2, 1, 1, 0, 0]]);
  expect(JSON.stringify(sectionOf(brief, 'sources')?.text)).toContain('另有 1 件不在统计期');
  expect(brief.title).toContain('反映树要倒');
  const text = JSON.stringify(brief);
  for (const secret of ['13912345678', '13800138000', '张先生']) expect(text).not.toContain(secret);
});

test('can be issued as three files that say its title, and is reckoned again from the issue', async () => {
  const brief = (await make(world.street)).brief as Brief;
  world.clock.advance(60_000);
  tell([closed]);
  const body = { opId: randomUUID(), version: brief.version };
  const again = (await world.briefs.handlers.reckon({ params: { id: brief.id }, query: {}, body }, { actor: world.street })).brief as Brief; // prettier-ignore
  expect(sectionOf(again, 'overview')?.table?.rows[0]).toEqual(['反映该问题的事件', 1]);
  world.setIssue(undefined);
  const gone = { opId: randomUUID(), version: again.version };
  await refusal(world.briefs.handlers.reckon({ params: { id: brief.id }, query: {}, body: gone }, { actor: world.street }), 'not_found'); // prettier-ignore
  const sent = { opId: randomUUID(), version: again.version, recipients: [] };
  const issued = (await world.briefs.handlers.issue({ params: { id: brief.id }, query: {}, body: sent }, { actor: world.street })).brief as Brief; // prettier-ignore
  expect(issued.files).toHaveLength(3);
  tell([closed, open, later]);
});

test('of an unknown issue, one that lies elsewhere, no case in these days, or another kind is refused', async () => {
  await refusal(make(world.street, { issueId: randomUUID() }), 'not_found');
  // The issue lies across the street; one of its communities alone cannot tell of it.
  await refusal(make(world.street, { areaCode: world.territory.children('500103004')[0]?.code }), 'not_found');
  await refusal(make(world.north), 'not_found');
  await refusal(make(world.street, { day: '2026-06-01', to: '2026-06-02' }), 'bad_input');
  await refusal(make(world.street, { kind: 'weekly' }), 'bad_input');
});

test('of a class that is never published needs five cases, and lists none of them', async () => {
  const ids: string[] = [];
  for (let k = 0; k < 5; k++) ids.push(await world.report({ categoryCode: 'G1501', title: '一件' }));
  world.clock.set(Date.parse('2026-06-29T00:30:00Z'));
  await world.follow();
  const days = { day: '2026-06-22', to: '2026-06-28' };
  tell(ids.slice(0, 4), 'G1501');
  await refusal(make(world.street, days), 'bad_input');
  tell(ids, 'G1501');
  const brief = (await make(world.street, days)).brief as Brief;
  expect(sectionOf(brief, 'overview')?.table?.rows).toEqual([['反映该问题的事件', 5]]);
  expect(sectionOf(brief, 'issues')?.table).toBeNull();
  expect(sectionOf(brief, 'stuck')?.table).toBeNull();
});

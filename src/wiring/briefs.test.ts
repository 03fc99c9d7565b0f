import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createOutgoing } from '#server/net/guarded-fetch.ts';
import { createAssistant } from '#server/modules/assistant/index.ts';
import { startEndpoint, type Endpoint } from '#server/modules/assistant/endpoint.fixture.ts';
import { buildBriefs, type BriefsWorld } from '#server/modules/briefs/briefs.fixture.ts';
import { createBriefs } from '#server/modules/briefs/index.ts';
import { writingWith } from './briefs.ts';

let world: BriefsWorld;
let endpoint: Endpoint;
const outgoing = createOutgoing({ allow: ['127.0.0.1'] });
beforeAll(async () => {
  world = await buildBriefs();
  endpoint = await startEndpoint();
  await world.analytics.refresh();
  await world.report();
  world.clock.set(Date.parse('2026-06-22T00:30:00Z'));
  await world.follow();
});
afterAll(async () => {
  await endpoint.close();
  await outgoing.close();
  await world.close();
});

/** Briefs joined to the real assistant, with an endpoint or without. */
function briefsWith(configured: boolean) {
  const settings = { baseUrl: endpoint.baseUrl, key: 'k', model: 'local-7b', timeoutMs: 2_000, perMinute: 50 };
  const { database, territory, clock } = world;
  const assistant = createAssistant({
    database,
    territory,
    clock,
    event: () => Promise.reject(new Error('A brief asks for no event.')),
    settings: configured ? settings : null,
    outgoing: configured ? outgoing : null,
  });
  return createBriefs({ ...world.parts, ...writingWith(assistant, territory) });
}

test('the assistant is offered in a brief when it is configured, writes from its numbers, and is recorded under it', async () => {
  const { handlers } = briefsWith(true);
  const body = { opId: randomUUID(), kind: 'weekly', areaCode: '500103004', day: '2026-06-15' } as const;
  const { brief } = await handlers.make({ params: {}, query: {}, body }, { actor: world.street });
  expect(brief.assistant).toBe(true);
  endpoint.behave({ answer: { brief: '本周接报 1 件。' } });
  const ask = { params: { id: brief.id }, query: {}, body: { section: 'overview' as const } };
  expect(await handlers.suggest(ask, { actor: world.street })).toMatchObject({
    text: '本周接报 1 件。',
    by: 'local-7b',
  });
  expect(endpoint.sent[0]?.text).toContain('接报事件 1');
  const { rows } = await world.owner.query<{ about: string; district: string }>(
    "select subject_id as about, district from assistant_use where kind = 'brief'",
  );
  expect(rows).toEqual([{ about: brief.id, district: '500103' }]);
  // Without an endpoint nothing is offered, and asking says so.
  const off = briefsWith(false).handlers;
  const seen = await off.get({ params: { id: brief.id }, query: {}, body: {} }, { actor: world.street });
  expect(seen.assistant).toBe(false);
  await expect(off.suggest(ask, { actor: world.street })).rejects.toMatchObject({ code: 'not_found' });
});

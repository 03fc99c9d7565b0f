import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { eventRoutes } from '#contract/events.ts';
import type { Channel } from '#contract/events-words.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { createEventsWorld, type World } from '#test/helpers/events-world.ts';

let world: World;
beforeAll(async () => {
  world = await createEventsWorld();
});
afterAll(() => world.close());

/** In a grid of the eastern community; the second street has no community. */
it.each([
  ['grid_worker', 106.505, 29.505, 'east', 'community'],
  ['hotline', 106.505, 29.505, 'east', 'community'],
  ['sensor', 106.505, 29.505, 'streetCentre', 'street'],
  ['camera', 106.505, 29.505, 'streetCentre', 'street'],
  ['sensor', 106.57, 29.57, 'northCentre', 'street'],
] as const)('what comes by %s from (%d, %d) begins at %s', async (channel: Channel, lon, lat, owner, tier) => {
  const { as, unit, events } = world;
  const body = eventRoutes.report.body.parse({
    opId: randomUUID(),
    categoryCode: 'E0511',
    title: '电缆井冒烟',
    lon,
    lat,
    channel,
  });
  const { id } = await events.report(as.districtDispatcher, body);
  const seen = await events.handlers.get({ params: { id }, query: {}, body: {} }, { actor: as.districtDispatcher });
  expect([seen.ownerUnit.id, seen.tier]).toEqual([unit[owner], tier]);
});

it('leaves no clock running when it is closed, verified on the way or not', async () => {
  const { as, unit, events } = world;
  const { id } = await events.report(
    as.districtDispatcher,
    eventRoutes.report.body.parse({
      opId: randomUUID(),
      categoryCode: 'E0511',
      title: '电缆井冒烟',
      lon: 106.505,
      lat: 29.505,
      channel: 'sensor',
    }),
  );
  type Verb = 'dispatch' | 'accept' | 'finish' | 'check';
  const send = (verb: Verb, actor: Actor, body: Record<string, unknown>) => {
    const handler = events.handlers[verb] as (input: unknown, ctx: { actor: Actor }) => Promise<unknown>;
    const parsed = eventRoutes[verb].body.parse({ opId: randomUUID(), ...body });
    return handler({ params: { id }, query: {}, body: parsed }, { actor });
  };
  const see = () => events.handlers.get({ params: { id }, query: {}, body: {} }, { actor: as.districtDispatcher });
  await send('dispatch', as.dispatcher, { leadUnitId: unit.cityPost });
  const taskId = (await see()).tasks[0]?.id;
  await send('accept', as.postHandler, { taskId });
  expect((await see()).clocks.map(({ step, stoppedAt }) => [step, stoppedAt === null])).toContainEqual([
    'verify',
    true,
  ]);
  await send('finish', as.postHandler, { taskId, result: '已扑灭', noEvidenceReason: '井下' });
  await send('check', as.inspector, { outcome: 'pass', note: '现场已恢复' });
  const closed = await see();
  expect([closed.status, closed.dueAt, closed.clocks.filter(({ stoppedAt }) => stoppedAt === null)]).toEqual([
    'closed',
    null,
    [],
  ]);
});

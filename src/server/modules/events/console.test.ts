import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { eventRoutes } from '#contract/events.ts';
import type { Channel } from '#contract/events-words.ts';
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

import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventRoutes } from '#contract/events.ts';
import type { AttachmentKind } from '#contract/events-words.ts';
import { publicRoutes } from '#contract/public.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { createEventsWorld, startMs, type World } from '#test/helpers/events-world.ts';

let world: World;
beforeAll(async () => {
  world = await createEventsWorld({ sampleShare: 0 });
});
afterAll(() => world.close());
beforeEach(() => world.clock.set(startMs));

/** In 东村一格. */
const here = { lon: 106.505, lat: 29.505 };
type Verb = 'receive' | 'verify' | 'file' | 'dispatch' | 'accept' | 'finish' | 'check';

async function send(who: Actor, id: string, verb: Verb, body: Record<string, unknown> = {}) {
  const parsed = eventRoutes[verb].body.parse({ opId: randomUUID(), ...body });
  const handler = world.events.handlers[verb] as (
    input: unknown,
    ctx: { actor: Actor },
  ) => Promise<{ id: string; ledgerId: string }>;
  return handler({ params: { id }, query: {}, body: parsed }, { actor: who });
}
const reportByResident = (body: Record<string, unknown> = {}) =>
  world.events.publicHandlers.report(
    {
      params: {},
      query: {},
      body: publicRoutes.report.body.parse({ opId: randomUUID(), categoryCode: 'E0121', ...here, ...body }),
    },
    {},
  );
const receipt = (secret: string) =>
  world.events.publicHandlers.receipt({ params: { secret }, query: {}, body: {} }, {});
const get = (who: Actor, id: string) =>
  world.events.handlers.get({ params: { id }, query: {}, body: {} }, { actor: who });
/** Photos are listed in the order of their coming: one millisecond apart. */
const photoBy = (who: Actor, kind: AttachmentKind) => {
  world.clock.advance(1);
  return world.events.photos.keep(
    who,
    kind,
    {
      sha256: createHash('sha256').update(randomUUID()).digest(),
      storedSha256: createHash('sha256').update(randomUUID()).digest(),
      full: Buffer.from('x'),
      width: 4,
      height: 3,
    },
    `photos/${randomUUID()}`,
  );
};

/** Received, verified, filed and given to the community's own committee, which has accepted. */
async function handled(body: Record<string, unknown> = {}) {
  const { as, unit } = world;
  const made = await reportByResident(body);
  await send(as.gridWorker, made.id, 'receive');
  await send(as.gridWorker, made.id, 'verify', { outcome: 'confirmed' });
  await send(as.secretary, made.id, 'file');
  await send(as.secretary, made.id, 'dispatch', { leadUnitId: unit.east });
  const taskId = (await get(as.secretary, made.id)).tasks[0]?.id ?? '';
  await send(as.gridWorker, made.id, 'accept', { taskId });
  return { ...made, taskId };
}

describe('photos of the work', () => {
  it('stay inside unless whoever finishes lets the reporter see them', async () => {
    const { as } = world;
    const hidden = await handled();
    const kept = await photoBy(as.gridWorker, 'after');
    await send(as.gridWorker, hidden.id, 'finish', {
      taskId: hidden.taskId,
      result: '已清理',
      noEvidenceReason: '报告人已有照片',
      attachments: [{ id: kept.id }],
    });
    expect((await receipt(hidden.receiptSecret)).photos).toEqual([]);
    expect(await world.events.photos.findByReceipt(hidden.receiptSecret, kept.id)).toBeUndefined();
  });

  it('are on the receipt, before and after, when the finish and the check say so; the ledger counts them', async () => {
    const { as } = world;
    const made = await handled();
    const before = await photoBy(as.gridWorker, 'before');
    const after = await photoBy(as.gridWorker, 'after');
    await send(as.gridWorker, made.id, 'finish', {
      taskId: made.taskId,
      result: '已清理',
      attachments: [{ id: before.id }, { id: after.id }],
      showReporter: true,
    });
    const inside = await photoBy(as.inspector, 'evidence');
    await send(as.inspector, made.id, 'check', { outcome: 'pass', attachments: [{ id: inside.id }] });
    const seen = await receipt(made.receiptSecret);
    expect(seen.photos.map((photo) => [photo.id, photo.kind])).toEqual([
      [before.id, 'before'],
      [after.id, 'after'],
    ]);
    expect(await world.events.photos.findByReceipt(made.receiptSecret, after.id)).toBeDefined();
    const other = await reportByResident();
    expect(await world.events.photos.findByReceipt(other.receiptSecret, after.id)).toBeUndefined();

    const { timeline } = await get(as.inspector, made.id);
    expect(timeline.find((line) => line.verb === 'finish')?.data).toMatchObject({ photos: 2, photosShown: 2 });
    expect(timeline.find((line) => line.verb === 'check')?.data).not.toHaveProperty('photosShown');
  });

  it('of a small matter handled at once are marked the same way', async () => {
    const { as } = world;
    const [before, after] = [await photoBy(as.gridWorker, 'report'), await photoBy(as.gridWorker, 'after')];
    const body = eventRoutes.selfHandle.body.parse({
      opId: randomUUID(),
      categoryCode: 'E0121',
      ...here,
      result: '顺手清理',
      attachments: [{ id: before.id }, { id: after.id }],
      showReporter: true,
    });
    const made = await world.events.handlers.selfHandle({ params: {}, query: {}, body }, { actor: as.gridWorker });
    const { attachments, timeline } = await get(as.gridWorker, made.id);
    // The photo of the report belongs to its reporter already; released it would be the world's.
    expect(attachments.map((one) => [one.kind, one.public])).toEqual([
      ['report', false],
      ['after', true],
    ]);
    expect(timeline[0]?.data).toMatchObject({ photos: 2, photosShown: 1 });
  });
});

describe('the receipt', () => {
  it('names the community when no words for the place were given', async () => {
    expect(await receipt((await reportByResident()).receiptSecret)).toMatchObject({
      placeWords: '',
      areaName: '东村社区',
    });
    const outside = await reportByResident({ lon: 10, lat: 50 });
    expect((await receipt(outside.receiptSecret)).areaName).toBe('山城');
  });

  it('says when it should be done: first by the rule, then by the limit that runs, then no more', async () => {
    const { as, unit, clock } = world;
    const made = await reportByResident();
    expect((await receipt(made.receiptSecret)).closeDueAt).toBeNull();
    await send(as.gridWorker, made.id, 'receive');
    await send(as.gridWorker, made.id, 'verify', { outcome: 'confirmed' });
    await send(as.secretary, made.id, 'file');
    const expected = (await receipt(made.receiptSecret)).closeDueAt;
    expect(Date.parse(expected ?? '')).toBeGreaterThan(startMs);

    clock.advance(90 * 60_000);
    await send(as.secretary, made.id, 'dispatch', { leadUnitId: unit.east });
    expect((await receipt(made.receiptSecret)).closeDueAt).toBe(expected);
    const taskId = (await get(as.secretary, made.id)).tasks[0]?.id ?? '';
    await send(as.gridWorker, made.id, 'accept', { taskId });
    const running = (await get(as.secretary, made.id)).clocks.find((one) => one.step === 'handle');
    const promised = (await receipt(made.receiptSecret)).closeDueAt;
    expect(promised).toBe(running?.dueAt);
    expect(promised).not.toBe(expected);
    await send(as.gridWorker, made.id, 'finish', { taskId, result: '已清理', noEvidenceReason: '当时没带手机' });
    expect((await receipt(made.receiptSecret)).closeDueAt).toBeNull();
  });
});

describe('the queue', () => {
  const list = (who: Actor, query: Record<string, string>) =>
    world.events.handlers.list({ params: {}, query: eventRoutes.list.query.parse(query), body: {} }, { actor: who });
  const reportBy = (who: Actor) =>
    world.events.handlers.report(
      {
        params: {},
        query: {},
        body: eventRoutes.report.body.parse({ opId: randomUUID(), categoryCode: 'E0121', ...here }),
      },
      { actor: who },
    );

  it('can be cut to what one reported oneself, together with other filters and on the map', async () => {
    const { as } = world;
    const mine = await reportBy(as.volunteer);
    await reportByResident();
    const ids = (page: { items: { id: string }[] }) => page.items.map((one) => one.id);
    expect(ids(await list(as.volunteer, { reportedByMe: 'true' }))).toEqual([mine.id]);
    expect(ids(await list(as.volunteer, { reportedByMe: 'true', unitId: world.unit.east }))).toEqual([mine.id]);
    expect(ids(await list(as.volunteer, { reportedByMe: 'true', unitId: world.unit.west }))).toEqual([]);
    expect(ids(await list(as.otherGridWorker, { reportedByMe: 'true' }))).toEqual([]);
    const query = eventRoutes.map.query.parse({ reportedByMe: 'true', west: 106, east: 107, south: 29, north: 30 });
    const { points } = await world.events.handlers.map({ params: {}, query, body: {} }, { actor: as.volunteer });
    expect(points.map((one) => one.id)).toEqual([mine.id]);
  });

  it('tells when the clock began that is due next', async () => {
    const { as, clock } = world;
    const made = await reportByResident();
    clock.advance(10 * 60_000);
    await send(as.gridWorker, made.id, 'receive');
    const row = (await list(as.secretary, { open: 'true', sort: 'newest' })).items.find((one) => one.id === made.id);
    expect(row).toMatchObject({
      reportedAt: new Date(startMs).toISOString(),
      clockStartedAt: new Date(startMs + 10 * 60_000).toISOString(),
    });
    expect((await get(as.secretary, made.id)).clockStartedAt).toBe(row?.clockStartedAt);
  });
});

import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, test } from 'vitest';
import { OfflineError, ProblemError } from '#web/app/problem.ts';
import type { Uploaded } from '#web/app/upload.ts';
import { emptyDraft, type Draft, type ReportBody } from './draft.ts';
import { enqueue, flush, takeBack, type OutboxWorld } from './outbox.ts';
import { memoryShelf, openShelf, type Shelf } from './shelf.ts';

const draft: Draft = {
  ...emptyDraft,
  categoryCode: 'tree',
  categoryName: '树木',
  words: '树歪了',
  at: { lon: 106.55, lat: 29.56 },
};
const photo = { key: 'k1', blob: new Blob(['jpeg'], { type: 'image/jpeg' }), upload: null };

/** A network that fails as told, and remembers what reached the server. */
function makeWorld(): OutboxWorld & { fail: unknown; reports: ReportBody[]; uploads: number; online: boolean } {
  let ids = 0;
  const world = {
    fail: null as unknown,
    reports: [] as ReportBody[],
    uploads: 0,
    online: true,
    async upload(): Promise<Uploaded> {
      if (world.fail instanceof OfflineError) throw world.fail;
      world.uploads += 1;
      return { id: `photo-${world.uploads}`, token: 't', sha256: '', width: 1, height: 1, bytes: 4, position: null };
    },
    async report(body: ReportBody) {
      if (world.fail !== null) throw world.fail;
      world.reports.push(body);
      return {
        id: 'e',
        number: 'n',
        status: 'reported' as const,
        version: 1,
        at: '2026-06-03T06:05:00Z',
        ledgerId: 'l',
        receiptSecret: 's',
        outside: false,
        areaName: '',
      };
    },
    newOpId: () => `op-${++ids}`,
    nowIso: () => `2026-06-03T06:0${ids}:00Z`,
    isOnline: () => world.online,
  };
  return world;
}

const refusal = new ProblemError({ code: 'bad_input', status: 400, detail: '', requestId: null, data: {} });
let shelfNumber = 0;

describe.each([
  ['in memory', () => memoryShelf()],
  ['in IndexedDB', () => openShelf(`test-${++shelfNumber}`)],
])('a shelf %s', (_, open) => {
  let shelf: Shelf;
  let world: ReturnType<typeof makeWorld>;
  beforeEach(() => {
    shelf = open();
    world = makeWorld();
  });

  test('keeps the draft until it is dropped', async () => {
    await shelf.putDraft({ ...draft, photos: [photo] });
    expect(await shelf.getDraft()).toMatchObject({ words: '树歪了', photos: [{ key: 'k1' }] });
    await shelf.dropDraft();
    expect(await shelf.getDraft()).toBeUndefined();
  });

  test('a report leaves the shelf only when the server has acknowledged it', async () => {
    await shelf.putDraft(draft);
    await enqueue({ ...draft, photos: [photo] }, shelf, world);
    expect(await shelf.getDraft()).toBeUndefined();
    const [result] = await flush(shelf, world);
    expect(result).toMatchObject({ end: 'sent', receipt: { receiptSecret: 's' } });
    expect(world.reports[0]).toMatchObject({
      opId: 'op-1',
      description: '树歪了',
      attachments: [{ id: 'photo-1', token: 't' }],
    });
    expect(world.reports[0]).not.toHaveProperty('at');
    expect(await shelf.listUnsent()).toEqual([]);
  });

  test('without a network it waits, and is later sent with the same opId and the time it was pressed', async () => {
    world.fail = new OfflineError('network');
    world.online = false;
    await enqueue(draft, shelf, world);
    expect(await flush(shelf, world)).toMatchObject([{ end: 'kept' }]);
    world.fail = null;
    expect(await flush(shelf, world)).toMatchObject([{ end: 'sent' }]);
    expect(world.reports).toMatchObject([{ opId: 'op-1', at: '2026-06-03T06:00:00Z' }]);
  });

  test('after a lost answer the repetition claims the same photos', async () => {
    world.fail = new ProblemError({ code: 'internal', status: 503, detail: '', requestId: null, data: {} });
    await enqueue({ ...draft, photos: [photo] }, shelf, world);
    await flush(shelf, world);
    world.fail = null;
    await flush(shelf, world);
    expect(world.uploads).toBe(1);
    expect(world.reports).toMatchObject([{ opId: 'op-1', attachments: [{ id: 'photo-1' }] }]);
  });

  test('a refused report waits for its author, is not repeated, and comes back as the draft', async () => {
    world.fail = refusal;
    await enqueue({ ...draft, photos: [photo] }, shelf, world);
    expect(await flush(shelf, world)).toMatchObject([{ end: 'refused' }]);
    world.fail = null;
    expect(await flush(shelf, world)).toEqual([]);
    const [entry] = await shelf.listUnsent();
    expect(entry).toMatchObject({ refused: 'bad_input' });
    if (entry !== undefined) await takeBack(entry, shelf);
    expect(await shelf.getDraft()).toMatchObject({ words: '树歪了', photos: [{ key: 'k1', upload: null }] });
    expect(await shelf.listUnsent()).toEqual([]);
  });

  test('several go out in the order they were pressed, and stop at the first that cannot get through', async () => {
    world.fail = new OfflineError('network');
    await enqueue({ ...draft, words: 'first' }, shelf, world);
    await enqueue({ ...draft, words: 'second' }, shelf, world);
    expect(await flush(shelf, world)).toHaveLength(1);
    world.fail = null;
    await flush(shelf, world);
    expect(world.reports.map((body) => body.description)).toEqual(['first', 'second']);
  });
});

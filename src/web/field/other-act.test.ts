import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { NewCommand, OtherAct } from './command.ts';
import { openFieldStore, type FieldStore } from './field-store.ts';
import { enqueue, readHidden, replay } from './outbox.ts';
import { anna, eventA, fakeServer, noNetwork, note, photo, refusal, type FakeServer } from './outbox.fixture.ts';

let turn = 0;
let store: FieldStore;
let server: FakeServer;

beforeEach(() => {
  store = openFieldStore(`other-${++turn}`);
  server = fakeServer();
});
afterEach(() => store.close());

function act(other: Partial<OtherAct>, body: Record<string, unknown>, photos: NewCommand['photos'] = []): NewCommand {
  return {
    account: anna,
    verb: 'other',
    other: { kind: 'service.record', path: '/api/stations/s1/services', lane: null, page: '/field/station', ...other },
    eventId: null,
    title: 'Water · 1',
    seenStatus: null,
    seenVersion: null,
    body,
    photos,
  };
}
const send = () => replay(store, server.world, anna);

describe('acts of other features', () => {
  it('go by their own road, once, with opId and moment, and leave a receipt that names them', async () => {
    const kept = await enqueue(store, server.world, act({}, { items: [1] }));
    server.failures = ['lost_answer'];
    expect((await send()).end).toBe('offline');
    expect((await send()).end).toBe('done');
    expect(server.done).toEqual([
      { path: '/api/stations/s1/services', body: { items: [1], opId: kept.opId, at: kept.madeAt } },
    ]);
    const [receipt] = await store.listReceipts(anna);
    expect(receipt).toMatchObject({ verb: 'other', title: 'Water · 1', eventId: null, status: null });
    expect(receipt?.other?.kind).toBe('service.record');
  });

  it('keep their order within a lane, and do not hold back other lanes or events', async () => {
    await enqueue(store, server.world, act({ lane: 'r1' }, { n: 1 }));
    await enqueue(store, server.world, act({ lane: 'r1' }, { n: 2 }));
    await enqueue(store, server.world, act({ lane: 'r2' }, { n: 3 }));
    await enqueue(store, server.world, note(eventA, 'beside'));
    server.failures = [refusal('not_found', 404)];
    await send();
    expect(server.done.map(({ body }) => body['n'] ?? body['note'])).toEqual([3, 'beside']);
    expect((await store.listCommands(anna)).map(({ body }) => body['n'])).toEqual([1, 2]);
  });

  it('carry attachments only where there are photos', async () => {
    await enqueue(store, server.world, act({}, { n: 1 }));
    await enqueue(store, server.world, act({}, { n: 2 }, [photo('wall')]));
    await send();
    expect(server.done[0]?.body).not.toHaveProperty('attachments');
    expect(server.done[1]?.body['attachments']).toEqual([expect.objectContaining({ token: expect.any(String) })]);
  });

  it('lie sealed where they tell of somebody, and open for their owner', async () => {
    const made = act({ kind: 'booking.make', sealed: true }, { phone: '13900001234' }, [photo('face')]);
    const kept = await enqueue(store, server.world, { ...made, title: 'Canary Chen' });
    expect(JSON.stringify(kept)).not.toMatch(/13900001234|Canary Chen/);
    const stored = await store.findPhoto(kept.photos[0]?.key ?? '');
    expect(new TextDecoder().decode(stored?.bytes)).not.toContain('face');
    expect(await readHidden(server.world.locker, kept)).toMatchObject({ title: 'Canary Chen' });
    server.failures = [noNetwork()];
    await send();
    await send();
    expect(server.done[0]?.body['phone']).toBe('13900001234');
    expect((await store.listReceipts(anna))[0]?.title).toBe('');
  });

  it('are refused before they are kept when they name no road', async () => {
    const { other: _other, ...without } = act({}, {});
    await expect(enqueue(store, server.world, without)).rejects.toThrow(RangeError);
    expect(await store.listCommands(anna)).toEqual([]);
  });
});

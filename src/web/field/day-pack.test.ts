import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { dayLifeMs, keepDay, pullDay, readDay, wipeDay, wipeOldDay, wipeSealed, withoutSent } from './day-pack.ts';
import { openFieldStore, type FieldStore } from './field-store.ts';
import { openLocker, outboxKeyName } from './locker.ts';
import { enqueue, readHidden, replay } from './outbox.ts';
import { anna, eventA, fakeServer, noNetwork, note, photo, secretOf, type FakeServer } from './outbox.fixture.ts';
import { canaries, everything, inspectionTask, visitA, visited, visitTask } from './sealed.fixture.ts';

const bert = 'a0000000-0000-4000-8000-000000000002';
const nowMs = Date.UTC(2026, 5, 3, 6);
const day = { visits: [visitTask], inspections: [inspectionTask], savedMs: nowMs };

let name = '';
let turn = 0;
let store: FieldStore;
let server: FakeServer;

beforeEach(() => {
  name = `day-${++turn}`;
  store = openFieldStore(name);
  server = fakeServer(store);
});
afterEach(async () => {
  vi.unstubAllGlobals();
  await store.close();
});

/** Canaries found anywhere in the database of this phone. */
async function legibleCanaries(): Promise<string[]> {
  const all = await everything(name);
  return canaries.filter((word) => all.includes(word));
}

async function rowsIn(part: 'sealed' | 'key'): Promise<number> {
  return (await everything(name)).split('\n').filter((row) => row.startsWith(`${part}: `)).length;
}

describe('the day on the phone', () => {
  it('is read again after the app was closed, and lies there illegible', async () => {
    await keepDay(store, anna, day);
    await store.close();
    store = openFieldStore(name);
    expect(await readDay(store, anna, nowMs + 60_000)).toEqual(day);
    expect(await legibleCanaries()).toEqual([]);
  });

  it('would be found by the scan if it lay open', async () => {
    await store.saveCopy('planted', day, nowMs);
    expect(await legibleCanaries()).toEqual([...canaries]);
  });

  it('has a key no script can read', async () => {
    await keepDay(store, anna, day);
    const key = await store.findKey('day');
    expect(key?.extractable).toBe(false);
    if (key !== undefined) await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow();
  });

  it('is noise without its key, even for who kept the bytes', async () => {
    await keepDay(store, anna, day);
    const stolen = await store.findSealed('day');
    await keepDay(store, anna, day);
    if (stolen !== undefined) await store.saveSealed('day', stolen);
    expect(await readDay(store, anna, nowMs)).toMatchObject({ visits: [], savedMs: null });
  });

  it.each([
    ['a millisecond before a day is over', anna, nowMs + dayLifeMs - 1, 1],
    ['after a day', anna, nowMs + dayLifeMs, 0],
    ['another person', bert, nowMs + 60_000, 0],
    ['a clock set back', anna, nowMs - 3_600_000, 0],
  ])('is shown or wiped before anything is shown: %s', async (_, who, at, left) => {
    await keepDay(store, anna, day);
    expect((await readDay(store, who, at)).visits).toHaveLength(left);
    expect([await rowsIn('sealed'), await rowsIn('key')]).toEqual([left, left]);
  });

  it('that is over goes although nobody opens the app', async () => {
    await keepDay(store, anna, day);
    await wipeOldDay(store, nowMs + dayLifeMs - 1);
    expect(await rowsIn('sealed')).toBe(1);
    await wipeOldDay(store, nowMs + dayLifeMs);
    expect([await rowsIn('sealed'), await rowsIn('key')]).toEqual([0, 0]);
  });

  it('loses what was acknowledged at once, and everything with the last of it', async () => {
    await keepDay(store, anna, day);
    const less = withoutSent(day, [{ about: { kind: 'visit', id: visitA } }]);
    await keepDay(store, anna, less);
    expect(await readDay(store, anna, nowMs)).toEqual({ ...day, visits: [] });
    await keepDay(store, anna, { ...less, inspections: [] });
    expect([await rowsIn('sealed'), await rowsIn('key')]).toEqual([0, 0]);
  });

  it('is the old one or the new one at every moment while it is kept anew', async () => {
    await keepDay(store, anna, day);
    const later = { ...day, visits: [], savedMs: nowMs + 1 };
    const seen: (number | null)[] = [];
    // After each step the phone could be put away and opened again.
    const watched = new Proxy(store, {
      get:
        (of, step: keyof FieldStore) =>
        async (...given: never[]) => {
          const answer = await (of[step] as (...all: never[]) => Promise<unknown>)(...given);
          seen.push((await readDay(store, anna, nowMs)).savedMs);
          return answer;
        },
    });
    await keepDay(watched, anna, later);
    expect(seen.length).toBeGreaterThan(0);
    expect(seen.filter((savedMs) => savedMs !== nowMs && savedMs !== nowMs + 1)).toEqual([]);
    expect(await readDay(store, anna, nowMs)).toEqual(later);
  });

  it('asks only for the lists this person has an office for', async () => {
    const asked: string[] = [];
    vi.stubGlobal('fetch', async (address: string) => {
      asked.push(address);
      return Response.json({ day: '2026-06-03', items: [visitTask] });
    });
    expect((await pullDay(store, { id: anna, permissions: ['visit.do'] }, nowMs)).visits).toEqual([visitTask]);
    expect(asked).toEqual(['/api/visits/today']);
  });

  it('is not kept where the page has no cryptography', async () => {
    vi.stubGlobal('crypto', { getRandomValues: crypto.getRandomValues.bind(crypto) });
    await keepDay(store, anna, day);
    expect([await rowsIn('sealed'), await rowsIn('key')]).toEqual([0, 0]);
  });
});

describe('visits that wait for a signal', () => {
  it('lie sealed with their photos, and arrive whole', async () => {
    await enqueue(store, server.world, visited([photo(`picture of ${canaries[0]}`)]));
    expect(await legibleCanaries()).toEqual([]);
    const [kept] = await store.listCommands(anna);
    expect(kept).toMatchObject({ body: {}, title: '', eventId: null, about: { kind: 'visit', id: visitA } });
    await replay(store, server.world, anna);
    expect(server.done).toMatchObject([
      {
        path: `/api/visits/${visitA}/record`,
        body: { outcome: 'changed', changes: { health: canaries[3] }, seenVersion: 3, attachments: [{}] },
      },
    ]);
    expect(server.uploads).toEqual([{ kind: 'report', bytes: `picture of ${canaries[0]}`.length }]);
    expect(await store.listReceipts(anna)).toMatchObject([{ title: '', eventId: null, about: { id: visitA } }]);
    expect(await legibleCanaries()).toEqual([]);
  });

  it('keep the order of one task, and do not hold up another', async () => {
    await enqueue(store, server.world, visited());
    await enqueue(store, server.world, note(eventA, 'event goes on'));
    server.failures = [noNetwork()];
    expect((await replay(store, server.world, anna)).end).toBe('offline');
    expect(await store.listCommands(anna)).toHaveLength(2);
    await replay(store, server.world, anna);
    expect(server.done).toHaveLength(2);
  });

  it('outlive a sign-out as noise, and are sent when their owner has signed in again', async () => {
    const made = await enqueue(store, server.world, visited());
    await wipeSealed(store);
    expect([await rowsIn('key'), await legibleCanaries()]).toEqual([0, []]);
    const offline = openLocker(store, anna, () => Promise.reject(noNetwork()));
    await expect(readHidden(offline, made)).rejects.toThrow('No answer');
    const other = openLocker(store, bert, async () => secretOf(bert));
    await expect(readHidden(other, made)).rejects.toThrow();
    await replay(store, server.world, anna);
    expect(server.done).toMatchObject([{ body: { changes: { health: canaries[3] } } }]);
  });

  it('have a key no script can read, made anew only when there is none', async () => {
    await server.world.locker.ready();
    const key = await store.findKey(outboxKeyName(anna));
    expect(key?.extractable).toBe(false);
    const again = openLocker(store, anna, () => Promise.reject(noNetwork()));
    const sealed = await again.seal({ a: 1 });
    expect(await server.world.locker.open(sealed)).toEqual({ a: 1 });
  });
});

describe('what an older page kept', () => {
  it('is still sent: commands and receipts of the first form', async () => {
    await store.close();
    name = `old-${turn}`;
    const old = await openDB(name, 1, {
      upgrade(db) {
        db.createObjectStore('command', { keyPath: 'seq', autoIncrement: true }).createIndex('opId', 'opId', {
          unique: true,
        });
        db.createObjectStore('photo');
        db.createObjectStore('receipt', { keyPath: 'opId' }).createIndex('at', 'at');
        db.createObjectStore('copy');
        db.createObjectStore('keep');
      },
    });
    const path = `/api/events/${eventA}/note`;
    const body = { note: 'kept before', opId: 'op-1', at: '2026-06-03T05:00:00.000Z' };
    const waiting = { tries: 0, notBeforeMs: 0, trouble: null, refusal: null, photos: [], eventId: eventA };
    await old.add('command', { ...waiting, opId: 'op-1', account: anna, verb: 'note', path, body, title: 'Tree' });
    await old.add('receipt', { opId: 'op-0', account: anna, verb: 'note', eventId: eventA, at: body.at, number: '1' });
    old.close();
    store = openFieldStore(name);
    expect(await store.listReceipts(anna)).toMatchObject([{ opId: 'op-0', about: null, nextAt: null }]);
    await replay(store, server.world, anna);
    expect(server.done).toEqual([{ path, body: { ...body, attachments: [] } }]);
    await wipeDay(store);
  });
});

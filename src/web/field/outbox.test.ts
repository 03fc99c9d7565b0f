import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OfflineError } from '#web/app/problem.ts';
import { openFieldStore, type FieldStore } from './field-store.ts';
import { enqueue, judge, redo, replay, tryAgain, waitMs } from './outbox.ts';
import {
  anna,
  eventA,
  eventB,
  fakeServer,
  noNetwork,
  note,
  photo,
  refusal,
  report,
  type FakeServer,
} from './outbox.fixture.ts';
import { startRunner, type Runner } from './runner.ts';

let name = '';
let turn = 0;
let store: FieldStore;
let server: FakeServer;

beforeEach(() => {
  name = `outbox-${++turn}`;
  store = openFieldStore(name);
  server = fakeServer();
});
afterEach(() => store.close());

const said = (): unknown[] => server.done.map(({ body }) => body['note'] ?? body['description']);
const send = () => replay(store, server.world, anna);

describe('the order of sending', () => {
  it('is the order of doing, and each act leaves a receipt with the time and ledger line of the server', async () => {
    await enqueue(store, server.world, report('first'));
    await enqueue(store, server.world, note(eventA, 'second'));
    const end = await send();
    expect(end.end).toBe('done');
    expect(said()).toEqual(['first', 'second']);
    expect(await store.listCommands(anna)).toEqual([]);
    const receipts = await store.listReceipts(anna);
    expect(receipts).toHaveLength(2);
    expect(receipts[0]).toMatchObject({ eventId: eventA, verb: 'note', at: '2026-06-03T06:00:00.000Z' });
    expect(receipts[0]?.ledgerId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('holds back what follows a refused act of the same event, and only that', async () => {
    const first = await enqueue(store, server.world, note(eventA, 'a1'));
    await enqueue(store, server.world, note(eventA, 'a2'));
    await enqueue(store, server.world, note(eventB, 'b1'));
    server.failures = [refusal('transition_not_allowed', 409)];
    expect((await send()).end).toBe('done');
    expect(said()).toEqual(['b1']);
    await send();
    expect(said()).toEqual(['b1']);
    const kept = await store.findCommand(first.opId);
    expect(kept?.refusal?.code).toBe('transition_not_allowed');
    if (kept !== undefined) await store.endCommand(kept, null);
    await send();
    expect(said()).toEqual(['b1', 'a2']);
  });

  it('lets a replacement stand where the refused act stood', async () => {
    const first = await enqueue(store, server.world, note(eventA, 'a1'));
    await enqueue(store, server.world, note(eventA, 'a2'));
    server.failures = [refusal('not_allowed', 403)];
    await send();
    const kept = await store.findCommand(first.opId);
    if (kept === undefined) throw new Error('The refused command is gone.');
    await redo(store, server.world, kept, note(eventA, 'a1 again'));
    await send();
    expect(said()).toEqual(['a1 again', 'a2']);
  });

  it('sends nothing of another person', async () => {
    await enqueue(store, server.world, note(eventA, 'mine'));
    await replay(store, server.world, 'somebody-else');
    expect(server.done).toEqual([]);
    expect(await store.listCommands(anna)).toHaveLength(1);
  });
});

describe('photos', () => {
  it('are uploaded first and claimed by the act', async () => {
    await enqueue(store, server.world, report('tree', [photo('one'), photo('two')]));
    await send();
    expect(server.uploads).toHaveLength(2);
    expect(server.done[0]?.body['attachments']).toEqual([
      { id: expect.any(String) as string, token: expect.any(String) as string },
      { id: expect.any(String) as string, token: expect.any(String) as string },
    ]);
  });

  it('that arrive damaged are sent again until the digests agree', async () => {
    await enqueue(store, server.world, report('tree', [photo('one')]));
    server.failures = ['damage', 'damage'];
    await send();
    expect(server.uploads).toHaveLength(3);
    expect(server.done).toHaveLength(1);
  });

  it('that stay damaged keep the act on the phone, with its photos, for later', async () => {
    const made = await enqueue(store, server.world, report('tree', [photo('one')]));
    server.failures = ['damage', 'damage', 'damage'];
    const end = await send();
    expect(server.done).toEqual([]);
    expect(end.nextMs).toBe(server.nowMs + 5_000);
    expect(await store.findCommand(made.opId)).toMatchObject({ trouble: 'damaged', tries: 1, refusal: null });
    expect(await store.findPhoto(made.photos[0]?.key ?? '')).toBeDefined();
    server.nowMs += 5_000;
    await send();
    expect(server.done).toHaveLength(1);
    expect(await store.findPhoto(made.photos[0]?.key ?? '')).toBeUndefined();
  });

  it('already uploaded are not uploaded twice when the network breaks in between', async () => {
    await enqueue(store, server.world, report('tree', [photo('one'), photo('two')]));
    const network = server.world.upload;
    let calls = 0;
    server.world.upload = (blob, kind) => (++calls === 2 ? Promise.reject(noNetwork()) : network(blob, kind));
    expect((await send()).end).toBe('offline');
    await send();
    expect(server.uploads).toHaveLength(2);
    expect(server.done).toHaveLength(1);
  });
});

describe('failures', () => {
  it('without a network stop everything and change nothing', async () => {
    await enqueue(store, server.world, note(eventA, 'a'));
    await enqueue(store, server.world, note(eventB, 'b'));
    server.failures = [noNetwork()];
    expect(await send()).toMatchObject({ end: 'offline', sent: [] });
    expect((await store.listCommands(anna)).map(({ tries }) => tries)).toEqual([0, 0]);
  });

  it('after the server had acted lead to one act only', async () => {
    await enqueue(store, server.world, note(eventA, 'once'));
    server.failures = ['lost_answer'];
    expect((await send()).end).toBe('offline');
    expect((await send()).sent).toHaveLength(1);
    expect(said()).toEqual(['once']);
  });

  it('of a busy server wait longer each time, and let other events pass', async () => {
    await enqueue(store, server.world, note(eventA, 'a'));
    await enqueue(store, server.world, note(eventB, 'b'));
    server.failures = [refusal('internal', 503)];
    expect((await send()).nextMs).toBe(server.nowMs + 5_000);
    expect(said()).toEqual(['b']);
    server.nowMs += 4_999;
    await send();
    expect(said()).toEqual(['b']);
    server.nowMs += 1;
    server.failures = [refusal('too_many_requests', 429)];
    expect((await send()).nextMs).toBe(server.nowMs + 10_000);
    server.nowMs += 10_000;
    await send();
    expect(said()).toEqual(['b', 'a']);
  });

  it('for want of a session stop and keep everything', async () => {
    await enqueue(store, server.world, note(eventA, 'a'));
    server.failures = [refusal('session_expired', 401)];
    expect((await send()).end).toBe('sign_in');
    expect(await store.listCommands(anna)).toMatchObject([{ tries: 0, refusal: null }]);
    await send();
    expect(said()).toEqual(['a']);
  });

  it.each([
    ['no network', noNetwork(), 'offline'],
    ['a slow network', new OfflineError('timeout'), { later: 'slow' }],
    ['an expired session', refusal('session_expired', 401), 'sign_in'],
    ['no session', refusal('not_signed_in', 401), 'sign_in'],
    ['a busy server', refusal('internal', 500), { later: 'busy' }],
    ['too many requests', refusal('too_many_requests', 429), { later: 'busy' }],
    ['a changed event', refusal('transition_not_allowed', 409), { refused: 'transition_not_allowed' }],
    ['missing rights', refusal('not_allowed', 403), { refused: 'not_allowed' }],
    ['a vanished event', refusal('not_found', 404), { refused: 'not_found' }],
    ['wrong contents', refusal('bad_input', 400), { refused: 'bad_input' }],
    ['an unusable photo', refusal('upload_refused', 415), { refused: 'upload_refused' }],
  ])('are told apart: %s', (_, error, verdict) => {
    if (typeof verdict === 'string') expect(judge(error)).toBe(verdict);
    else expect(judge(error)).toMatchObject(verdict);
  });

  it('wait from 5 seconds up to 10 minutes, spread by half', () => {
    expect([1, 2, 3, 20].map((tries) => waitMs(tries, 0))).toEqual([5_000, 10_000, 20_000, 600_000]);
    expect(waitMs(1, 1)).toBe(2_500);
  });

  it('that were refused can be tried again under the same opId, with photos sent anew', async () => {
    const made = await enqueue(store, server.world, report('tree', [photo('one')]));
    const network = server.world.send;
    server.world.send = () => Promise.reject(refusal('not_allowed', 403));
    await send();
    server.world.send = network;
    const kept = await store.findCommand(made.opId);
    if (kept === undefined) throw new Error('The refused command is gone.');
    await store.saveCommand(tryAgain(kept));
    await send();
    expect(server.done[0]?.body['opId']).toBe(made.opId);
    expect(server.uploads).toHaveLength(2);
  });
});

describe('closing the page', () => {
  it('loses nothing: another opening finds the acts and their photos', async () => {
    await enqueue(store, server.world, report('tree', [photo('one')]));
    await enqueue(store, server.world, note(eventA, 'seen'));
    await store.close();
    store = openFieldStore(name);
    expect(await store.listCommands(anna)).toMatchObject([{ verb: 'report' }, { verb: 'note' }]);
    await send();
    expect(server.uploads).toEqual([{ kind: 'report', bytes: 3 }]);
    expect(said()).toEqual(['tree', 'seen']);
  });
});

describe('two tabs', () => {
  const runners: Runner[] = [];
  const tab = (): Runner => {
    const runner = startRunner({ store, world: server.world, account: anna });
    runners.push(runner);
    return runner;
  };
  afterEach(() => {
    for (const runner of runners.splice(0)) runner.stop();
  });

  it('send each act once, one tab at a time, and both know', async () => {
    let inside = 0;
    let most = 0;
    const network = server.world.send;
    server.world.send = async (path, body) => {
      most = Math.max(most, ++inside);
      await new Promise((resolve) => setTimeout(resolve, 5));
      inside -= 1;
      return network(path, body);
    };
    const [one, two] = [tab(), tab()];
    for (let n = 0; n < 4; n++) await (n % 2 === 0 ? one : two).add(note(n < 2 ? eventA : eventB, `n${n}`));
    await Promise.all([one.run(), two.run()]);
    expect(most).toBe(1);
    expect(
      said()
        .map(String)
        .toSorted((a, b) => a.localeCompare(b)),
    ).toEqual(['n0', 'n1', 'n2', 'n3']);
    await expect.poll(() => [one, two].map((runner) => runner.view().commands.length)).toEqual([0, 0]);
    await expect.poll(() => two.view().receipts.length).toBe(4);
  });

  it('tell when a sign-in is wanted, and go on after it', async () => {
    let wanted = 0;
    const runner = startRunner({ store, world: server.world, account: anna, onSignInWanted: () => wanted++ });
    runners.push(runner);
    await expect.poll(() => runner.view().ready).toBe(true);
    await runner.run();
    server.failures = [refusal('session_expired', 401)];
    const { sent } = await runner.add(note(eventA, 'later'));
    expect((await sent).end).toBe('sign_in');
    expect(wanted).toBe(1);
    await runner.run();
    await expect.poll(() => runner.view()).toMatchObject({ state: 'idle', commands: [] });
    expect(said()).toEqual(['later']);
  });
});

describe('copies of what was read', () => {
  it('live for a day and are wiped together, while acts stay', async () => {
    await enqueue(store, server.world, note(eventA, 'mine'));
    await store.saveCopy('list', [1], 1_000);
    expect(await store.readCopy('list', 500, 1_500)).toEqual({ value: [1], savedMs: 1_000 });
    expect(await store.readCopy('list', 500, 1_501)).toBeUndefined();
    await store.dropCopies();
    expect(await store.readCopy('list', 500, 1_000)).toBeUndefined();
    expect(await store.listCommands(anna)).toHaveLength(1);
  });
});

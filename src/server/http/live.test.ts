import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import type { Actor } from '#server/modules/identity/index.ts';
import type { LedgerNews } from '#server/modules/ledger/index.ts';
import { createLiveHub, type LiveSource } from './live.ts';

const street = 'a:500103004';
const unit = '0199a0de-0000-7000-8000-000000000001';

function seat(areaCode: string | null): Actor {
  const grants = [
    { role: 'intake_seat' as const, unitId: unit, areaCode, permissions: new Set(['event.read' as const]) },
  ];
  return { kind: 'account', accountId: null, name: '', adminKind: null, grants, limitedTo: null };
}

function news(seq: number, audience: readonly string[] = [street]): LedgerNews {
  return {
    seq,
    entryId: `e${seq}`,
    atMs: 0,
    action: 'event.note',
    subjectType: 'event',
    subjectId: 'x',
    actorId: null,
    data: {},
    audience,
  };
}

/** A log in memory; `slow` lets lines arrive while somebody is still reading the past. */
function makeLog(slow: () => void = () => undefined) {
  const lines: LedgerNews[] = [];
  const listeners = new Set<(batch: readonly LedgerNews[]) => void>();
  const source: LiveSource = {
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async readSince(seq, limit) {
      const found = lines.filter((line) => line.seq > seq).slice(0, limit);
      slow();
      return found;
    },
    lastSeq: async () => lines.at(-1)?.seq ?? 0,
  };
  const add = (...batch: LedgerNews[]): void => {
    lines.push(...batch);
    for (const listener of listeners) listener(batch);
  };
  return { source, add };
}

/** What a browser would hold: the ids of the changes it was told, in order. */
function makeScreen() {
  let text = '';
  const out = Object.assign(new EventEmitter(), {
    write: (piece: string) => void (text += piece),
    end: () => out.emit('close'),
    destroy: () => out.emit('close'),
    writableLength: 0,
  }) as unknown as ServerResponse;
  return { out, ids: () => [...text.matchAll(/id: (\d+)\nevent: change/g)].map((m) => Number(m[1])), text: () => text };
}

const hubs: { stop(): void }[] = [];
const open = (source: LiveSource) => {
  const hub = createLiveHub(source);
  hubs.push(hub);
  return hub;
};
afterEach(() => hubs.splice(0).forEach((hub) => hub.stop()));

describe('the live stream', () => {
  it('tells each viewer what their areas and units may see, once, and nothing else', async () => {
    const { source, add } = makeLog();
    const hub = open(source);
    const here = makeScreen();
    const elsewhere = makeScreen();
    await hub.serve(here.out, seat('500103004'), null);
    await hub.serve(elsewhere.out, seat('500105001'), null);
    add(news(1), news(2, ['a:500105001']), news(3, [street, `u:${unit}`]));
    expect(here.ids()).toEqual([1, 3]);
    expect(elsewhere.ids()).toEqual([2, 3]);
  });

  it('goes on after the last id without a gap or a repetition, though lines arrive while the past is read', async () => {
    let arrived = false;
    const { source, add } = makeLog(() => {
      if (arrived) return;
      arrived = true;
      add(news(6), news(7));
    });
    const hub = open(source);
    add(...[1, 2, 3, 4, 5].map((seq) => news(seq)));
    const screen = makeScreen();
    await hub.serve(screen.out, seat('500103004'), 2);
    add(news(8));
    expect(screen.ids()).toEqual([3, 4, 5, 6, 7, 8]);
  });

  it('asks a viewer who is too far behind to read anew, and goes on from there', async () => {
    const { source, add } = makeLog();
    const hub = open(source);
    add(...Array.from({ length: 4_000 }, (_, at) => news(at + 1)));
    const screen = makeScreen();
    await hub.serve(screen.out, seat('500103004'), 0);
    expect(screen.text()).toContain('event: reset');
    add(news(4_001));
    expect(screen.ids().at(-1)).toBe(4_001);
  });

  it('forgets who has left', async () => {
    const { source, add } = makeLog();
    const hub = open(source);
    const screen = makeScreen();
    await hub.serve(screen.out, seat('500103004'), null);
    expect(hub.viewers()).toBe(1);
    screen.out.emit('close');
    add(news(1));
    expect([hub.viewers(), screen.ids()]).toEqual([0, []]);
  });
});

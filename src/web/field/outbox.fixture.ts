import { OfflineError, ProblemError } from '#web/app/problem.ts';
import type { ErrorCode } from '#kit/errors.ts';
import type { NewCommand } from './command.ts';
import { openLocker, type KeyPlace } from './locker.ts';
import type { OutboxWorld } from './outbox.ts';
import { sha256Hex } from './sha256.ts';

/** A server that keeps what it was given, acts once per opId, and can be told to fail. */
export interface FakeServer {
  world: OutboxWorld;
  /** Acts in the order they took effect. */
  done: { path: string; body: Record<string, unknown> }[];
  uploads: { kind: string; bytes: number }[];
  nowMs: number;
  /** Answers for the next calls, one each; after them all goes well. */
  failures: (Error | 'lost_answer' | 'damage')[];
  /** Called before each act, with its path. */
  onSend: (path: string) => void;
}

export function refusal(code: ErrorCode, status: number): ProblemError {
  return new ProblemError({ code, status, detail: `refused: ${code}`, requestId: null, data: {} });
}
export const noNetwork = (): OfflineError => new OfflineError('network');

/** Keys in memory, as the store keeps them. */
function memoryKeys(): KeyPlace {
  const keys = new Map<string, CryptoKey>();
  return { findKey: async (name) => keys.get(name), saveKey: async (name, key) => void keys.set(name, key) };
}

/** The secret this server gives to whoever is signed in. */
export const secretOf = (account: string): string => `secret of ${account}`;

export function fakeServer(place: KeyPlace = memoryKeys()): FakeServer {
  const answers = new Map<string, Awaited<ReturnType<OutboxWorld['send']>>>();
  let ids = 0;
  const newId = (): string => `00000000-0000-4000-8000-${String(++ids).padStart(12, '0')}`;
  const server: FakeServer = {
    done: [],
    uploads: [],
    nowMs: Date.UTC(2026, 5, 3, 6),
    failures: [],
    onSend: () => undefined,
    world: {
      locker: openLocker(place, anna, async () => secretOf(anna)),
      async upload(photo, kind) {
        const failure = server.failures.shift();
        if (failure instanceof Error) throw failure;
        const bytes = await photo.arrayBuffer();
        server.uploads.push({ kind, bytes: bytes.byteLength });
        const sha256 = failure === 'damage' ? 'f'.repeat(64) : ((await sha256Hex(bytes)) ?? '');
        return { id: newId(), token: `token-${ids}`, sha256 };
      },
      async send(path, body) {
        server.onSend(path);
        const failure = server.failures.shift();
        if (failure instanceof Error) throw failure;
        const opId = String(body['opId']);
        const before = answers.get(opId);
        if (before !== undefined) return before;
        server.done.push({ path, body });
        const at = new Date(server.nowMs).toISOString();
        const task = /(?:visits|inspections)\/([0-9a-f-]{36})\/record/.exec(path)?.[1];
        const eventId = /events\/([0-9a-f-]{36})\//.exec(path)?.[1] ?? newId();
        const raised = body['raise'] !== undefined || body['finding'] !== undefined;
        const answer = {
          id: task ?? eventId,
          ...(task === undefined ? {} : { eventId: raised ? eventId : null, next: null }),
          number: `20260603-${server.done.length}`,
          status: 'verifying' as const,
          version: server.done.length,
          at,
          ledgerId: newId(),
        };
        answers.set(opId, answer);
        if (failure === 'lost_answer') throw noNetwork();
        return answer;
      },
      nowMs: () => server.nowMs,
      newId,
      random: () => 0,
    },
  };
  return server;
}

export const anna = 'a0000000-0000-4000-8000-000000000001';
export const eventA = 'e0000000-0000-4000-8000-00000000000a';
export const eventB = 'e0000000-0000-4000-8000-00000000000b';

export function note(eventId: string, words: string, photos: NewCommand['photos'] = []): NewCommand {
  return {
    account: anna,
    verb: 'note',
    eventId,
    title: 'Leaning tree',
    seenStatus: 'reported',
    seenVersion: 1,
    body: { note: words },
    photos,
  };
}

export function report(words: string, photos: NewCommand['photos'] = []): NewCommand {
  return {
    ...note(eventA, words, photos),
    verb: 'report',
    eventId: null,
    seenStatus: null,
    seenVersion: null,
    body: { categoryCode: 'P0401', description: words },
  };
}

export function photo(text: string): NewCommand['photos'][number] {
  return { kind: 'report', blob: new Blob([text], { type: 'image/jpeg' }) };
}

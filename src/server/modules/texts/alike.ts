import { Worker } from 'node:worker_threads';
import type { SimilarEntry, SimilarFound, SimilarWish } from '#engine/text/similar.ts';
import { systemScope } from '#server/db/scope.ts';
import type { EventText } from '#server/modules/events/index.ts';
import { linesBetween, type LineMark } from '#server/modules/ledger/index.ts';
import type { AlikeAnswer, AlikeOrder, AlikeSize } from './alike-task.ts';
import { similarRules } from './dictionary.ts';
import type { TextParts } from './parts.ts';

/** The index of all events by what they say, held by a worker of this process and fed from the ledger. */
export interface Alike {
  /** Reads all events in the background, then follows. Called again after a failure it goes on where it stood. */
  start(): void;
  /** Reads what the ledger says since the last time. */
  follow(): Promise<void>;
  ask(wish: Omit<SimilarWish, 'accepts'>, limit: number): Promise<SimilarFound[]>;
  state(): { ready: boolean; events: number };
  /** Resolves once all events are in. */
  ready(): Promise<void>;
  stop(): Promise<void>;
}

const page = 2_000;
/** Lines may be seen late: a transaction takes its time before it commits. */
const overlapMs = 30_000;
const firstId = '00000000-0000-0000-0000-000000000000';
/** What changes the words, the place or the standing of an event. */
const actions = [
  'report',
  'self_handle',
  'relocate',
  'merge',
  'unmerge',
  'decline',
  'cancel',
  'reopen',
  'recategorise',
  'follow',
].map((verb) => `event.${verb}`);
const outOfIndex: readonly string[] = ['declined', 'cancelled', 'merged'];

export function createAlike(parts: Pick<TextParts, 'database' | 'clock' | 'events' | 'report'>): Alike {
  const waiting = new Map<number, (found: SimilarFound[]) => void>();
  const worker = new Worker(new URL('./alike-task.ts', import.meta.url), { workerData: similarRules() });
  let [asks, events, isReady, stopped] = [0, 0, false, false];
  let loading: Promise<void> | undefined;
  let followedMs = parts.clock.now();
  const seen = new Set<string>();
  worker.unref();
  worker.on('message', (said: AlikeAnswer | AlikeSize) => {
    if ('size' in said) events = said.size;
    else {
      waiting.get(said.ask)?.(said.found);
      waiting.delete(said.ask);
    }
  });
  worker.on('error', (error) => parts.report(error));
  worker.on('exit', () => {
    for (const answer of waiting.values()) answer([]);
    waiting.clear();
    [stopped, isReady] = [true, false];
  });
  const tell = (order: AlikeOrder): void => worker.postMessage(order);

  function put(texts: readonly EventText[]): void {
    const gone = texts.filter((one) => outOfIndex.includes(one.status)).map((one) => one.id);
    const entries = texts.filter((one) => !outOfIndex.includes(one.status)).map(toEntry);
    tell({ kind: 'put', entries, gone });
  }

  async function load(): Promise<void> {
    followedMs = parts.clock.now();
    for (let afterId = firstId, more = true; more && !stopped;) {
      const texts = await parts.database.read(systemScope, (tx) => parts.events.after(tx, { afterId, limit: page }));
      put(texts);
      afterId = texts.at(-1)?.id ?? afterId;
      more = texts.length === page;
    }
    isReady = !stopped;
  }

  async function follow(): Promise<void> {
    if (!isReady) return;
    const toMs = parts.clock.now();
    const changed = new Set<string>();
    for (let mark: LineMark | null = null, more = true; more;) {
      const span: { fromMs: number; mark: LineMark | null } = { fromMs: followedMs - overlapMs, mark };
      const lines = await parts.database.read(systemScope, (tx) =>
        linesBetween(tx, { subjectType: 'event', actions, fromMs: span.fromMs, toMs, limit: page }, span.mark),
      );
      for (const line of lines) {
        if (!seen.has(line.id)) changed.add(line.subjectId);
        seen.add(line.id);
      }
      mark = lines.at(-1)?.mark ?? mark;
      more = lines.length === page;
    }
    followedMs = toMs;
    if (seen.size > 20 * page) seen.clear();
    if (changed.size > 0) put(await parts.database.read(systemScope, (tx) => parts.events.of(tx, [...changed])));
  }

  return {
    start() {
      loading = load().catch((error: unknown) => {
        if (!stopped) parts.report(error);
      });
    },
    follow,
    ask(wish, limit) {
      if (stopped) return Promise.resolve([]);
      const ask = asks++;
      return new Promise((answer) => {
        waiting.set(ask, answer);
        tell({ kind: 'ask', ask, wish, limit });
      });
    },
    state: () => ({ ready: isReady, events }),
    ready: () => loading ?? Promise.resolve(),
    async stop() {
      stopped = true;
      await loading;
      await worker.terminate();
    },
  };
}

function toEntry({ id, title, text, lon, lat, reportedAt }: EventText): SimilarEntry {
  return { id, title, text, lon, lat, atMs: reportedAt.getTime() };
}

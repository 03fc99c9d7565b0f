import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '#kit/clock.ts';
import type { Database } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { createBatcher } from './batch.ts';
import { publishKey, signHead } from './heads.ts';
import type { LedgerNews } from './line.ts';
import type { LedgerSigner } from './signer.ts';
import { createPacer } from './pacer.ts';
import { ensureState, readPulse } from './store-log.ts';
import { createTeller, type NewsListener } from './teller.ts';

const batchLimit = 500;
const pollMs = 200;
/** Under load one batch follows another no sooner than this, so that lines gather and commits stay few. */
const spacingMs = 8;
const busyMs = 20;
const headEveryMs = 60_000;

export interface SequencerOptions {
  database: Database;
  tenant: string;
  signer: LedgerSigner;
  clock: Clock;
  log: { error(fields: Record<string, unknown>, message: string): void };
}

/** Gives committed lines their place in the one gapless order, and tells it. */
export interface Sequencer {
  start(): Promise<void>;
  /** Numbers what is committed, signs the head, and ends. */
  stop(): Promise<void>;
  /** There may be something to do: returns at once. */
  wake: () => void;
  /**
   * Tells every line from now on: in order, no gap, each once, whichever process numbered it. Returns how to end it.
   * To go on from an earlier place: subscribe first and keep what comes, then `readSince` until it meets that.
   */
  subscribe: (listener: NewsListener) => () => void;
  /** Resolves when everything committed before the call is numbered and told. @throws what the database threw. */
  idle(): Promise<void>;
  /** The highest number given, by any process. */
  lastSeq(): Promise<number>;
  /** Numbered lines after `seq`, in order, at most `limit`. */
  readSince: (seq: number, limit: number) => Promise<LedgerNews[]>;
}

export function createSequencer(options: SequencerOptions): Sequencer {
  const { database, tenant, clock, log } = options;
  const teller = createTeller(options);
  const numberBatch = createBatcher(database, tenant);
  let lastHeadMs = -Infinity;
  let lastTrouble = '';
  const pacer = createPacer(run, { pollMs, spacingMs, onTrouble });

  async function run(): Promise<void> {
    const pulse = await readPulse(database.pool, tenant);
    if (pulse.waiting) await numberWaiting();
    else await teller.catchUp(pulse.size);
    lastTrouble = '';
    const now = clock.now();
    if (teller.toldSeq() === 0 || Math.abs(now - lastHeadMs) < headEveryMs) return;
    lastHeadMs = now;
    await signHead(options);
  }

  async function numberWaiting(): Promise<void> {
    for (;;) {
      const { busy, news } = await numberBatch(batchLimit);
      await teller.tellOrCatchUp(news);
      if (busy) pacer.soon(busyMs);
      if (news.length < batchLimit) return;
    }
  }

  function onTrouble(error: unknown): void {
    const trouble = error instanceof Error ? error.message : String(error);
    if (trouble !== lastTrouble) log.error({ err: error }, 'The ledger sequencer could not go on; it tries again.');
    lastTrouble = trouble;
  }

  return {
    async start() {
      await database.inTx(systemScope, (tx) => ensureState(tx, tenant));
      await publishKey(options);
      teller.begin((await readPulse(database.pool, tenant)).size);
      pacer.start();
    },
    async stop() {
      pacer.stop();
      await pacer.now();
      await signHead(options);
    },
    wake: () => pacer.soon(),
    subscribe: teller.subscribe,
    async idle() {
      for (;;) {
        await pacer.now();
        const pulse = await readPulse(database.pool, tenant);
        if (!pulse.waiting && pulse.size <= teller.toldSeq()) return;
        await sleep(busyMs);
      }
    },
    lastSeq: async () => (await readPulse(database.pool, tenant)).size,
    readSince: teller.readSince,
  };
}

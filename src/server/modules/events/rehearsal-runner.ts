/** Rehearsals under way in this process: carried out in the background, told how far, stopped when asked, ended with their line. */
import type { ComputePool } from '#server/compute/index.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { ledgerActor, systemActor, type Actor } from '#server/modules/identity/index.ts';
import { append } from '#server/modules/ledger/index.ts';
import type { Kit } from './act.ts';
import { carryOut } from './rehearsal-run.ts';
import { endRehearsal, findRehearsal, insertCases, listRehearsals, type RehearsalRow } from './store-rehearsal.ts';

export interface RehearsalRunner {
  /** Carries a rehearsal out in the background. Twice is once. */
  begin(id: string): void;
  /** Share done, 0 to 1; null when it is not carried out here. */
  progressOf(id: string): number | null;
  /** Stops it; its row is the caller's matter. */
  stop(id: string): void;
  /** Takes up what an earlier process left unfinished, with the pool that replays clocks from now on. */
  resume(compute: Pick<ComputePool, 'run'>, report: (error: unknown) => void): Promise<void>;
  /** Resolves when nothing is under way any more. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

class Cancelled extends Error {}

export function createRehearsalRunner(kit: Kit): RehearsalRunner {
  const going = new Map<string, { progress: number; stop: AbortController; done: Promise<void> }>();
  let compute: Pick<ComputePool, 'run'> | undefined;
  let report: (error: unknown) => void = () => undefined;

  async function carry(id: string, signal: AbortSignal): Promise<void> {
    const asked = await kit.database.read(systemScope, (tx) => findRehearsal(tx, id));
    if (asked?.state !== 'running') return;
    const onProgress = (progress: number): void => {
      const entry = going.get(id);
      if (entry !== undefined) entry.progress = progress;
    };
    const { figures, resultHash, cases } = await carryOut(asked, { kit, compute, signal, onProgress });
    await end(kit, id, async (tx, row, at) => {
      await endRehearsal(tx, id, { state: 'done', figures, resultHash, problem: '', at });
      await insertCases(tx, id, cases);
      await tellRehearsal(tx, row, { actor: systemActor, action: 'library.rehearsed', atMs: at.getTime(), data: { events: figures.events, resultHash } }); // prettier-ignore
    });
  }

  async function fail(id: string, error: unknown): Promise<void> {
    if (error instanceof Cancelled) return;
    report(error);
    const problem = error instanceof Error ? error.message.slice(0, 500) : 'unknown';
    await end(kit, id, async (tx, row, at) => {
      await endRehearsal(tx, id, { state: 'failed', figures: null, resultHash: null, problem, at });
      await tellRehearsal(tx, row, { actor: systemActor, action: 'library.rehearsal_failed', atMs: at.getTime() });
    });
  }

  const runner: RehearsalRunner = {
    begin(id) {
      if (going.has(id)) return;
      const stop = new AbortController();
      const done = carry(id, stop.signal)
        .catch((error: unknown) => fail(id, error))
        .catch((error: unknown) => report(error))
        .finally(() => going.delete(id));
      going.set(id, { progress: 0, stop, done });
    },
    progressOf: (id) => going.get(id)?.progress ?? null,
    stop: (id) => going.get(id)?.stop.abort(new Cancelled()),
    async resume(pool, tell) {
      compute = pool;
      report = tell;
      const left = await kit.database.read(systemScope, (tx) => listRehearsals(tx, { state: 'running' }));
      for (const { id } of left) runner.begin(id);
    },
    async idle() {
      while (going.size > 0) await Promise.all([...going.values()].map(({ done }) => done));
    },
    async close() {
      for (const { stop } of going.values()) stop.abort(new Cancelled());
      await runner.idle();
    },
  };
  return runner;
}

/** Ends a rehearsal that still runs; one that was cancelled, or ended by another process, is left alone. */
async function end(kit: Kit, id: string, work: (tx: Tx, row: RehearsalRow, at: Date) => Promise<void>): Promise<void> {
  await kit.database.inTx(systemScope, async (tx) => {
    const row = await findRehearsal(tx, id, 'lock');
    if (row?.state === 'running') await work(tx, row, new Date(kit.clock.now()));
  });
}

interface Line {
  actor: Actor;
  action: string;
  atMs: number;
  data?: Record<string, unknown>;
  words?: Record<string, unknown>;
  opId?: string | null;
}

/** A line about a rehearsal, told to its areas and to whoever asked for it. Answers its id. */
export function tellRehearsal(
  tx: Tx,
  row: Pick<RehearsalRow, 'id' | 'path' | 'district' | 'hash' | 'areaCode' | 'askedBy' | 'baseVersion'>,
  { actor, data = {}, ...line }: Line,
): Promise<string> {
  return append(tx, {
    ...line,
    actor: ledgerActor(actor),
    subject: { type: 'rehearsal', id: row.id },
    district: row.district,
    audience: [...row.path.map((code) => `a:${code}`), `p:${row.askedBy}`],
    data: { areaCode: row.areaCode, hash: row.hash, baseVersion: row.baseVersion, ...data },
  });
}

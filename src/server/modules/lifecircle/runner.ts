/** Runs under way in this process: reckoned in a worker, told how far, stopped when asked, ended with their line. */
import { createHash } from 'node:crypto';
import { taskAt } from '#server/compute/index.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { ledgerActor, systemActor, type Actor } from '#server/modules/identity/index.ts';
import { append } from '#server/modules/ledger/index.ts';
import type { Inputs, ReadInputs } from './inputs.ts';
import type { Networks } from './networks.ts';
import type { LifecircleParts } from './parts.ts';
import type { ReckonOrder, Reckoned } from './reckon.ts';
import {
  endRun,
  findRun,
  insertResults,
  listRunRows,
  type ClassResult,
  type RunRow,
  type RunSummary,
} from './store-run.ts';

const reckonTask = taskAt<ReckonOrder, Reckoned>(new URL('./reckon.ts', import.meta.url));

/** Grows with every change of how a run is reckoned; runs carry it. */
export const codeVersion = 'circle-1';

export interface Runner {
  /** Reckons a run in the background. Twice is once. */
  begin(runId: string): void;
  /** Share done, 0 to 1; null when it is not reckoned here. */
  progressOf(runId: string): number | null;
  /** Stops it; its row is the caller's matter. */
  stop(runId: string): void;
  /** Takes up what an earlier process left unfinished. */
  resume(): Promise<void>;
  /** Resolves when nothing is being reckoned any more. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

export interface RunnerParts extends LifecircleParts {
  networks: Networks;
  readInputs: ReadInputs;
  /** Told of what failed; the run's row says it too. */
  report: (error: unknown) => void;
}

class Cancelled extends Error {}

export function createRunner(parts: RunnerParts): Runner {
  const { database } = parts;
  const going = new Map<string, { progress: number; stop: AbortController; done: Promise<void> }>();

  async function carry(runId: string, stop: AbortController): Promise<void> {
    const told = await database.read(systemScope, (tx) => findRun(tx, runId));
    if (told?.state !== 'running') return;
    const inputs = await database.read(systemScope, (tx) => parts.readInputs(tx, told));
    const { network } = await parts.networks.load(told.network);
    const order = orderOf(parts, told, inputs, network);
    const reckoned = await parts.compute.run(reckonTask, order, {
      signal: stop.signal,
      onProgress: (done, total) => {
        const entry = going.get(runId);
        if (entry !== undefined) entry.progress = done / total;
      },
    });
    await finish(parts, runId, inputs, reckoned);
  }

  return {
    begin(runId) {
      if (going.has(runId)) return;
      const stop = new AbortController();
      const done = carry(runId, stop)
        .catch((error: unknown) => (error instanceof Cancelled ? undefined : fail(parts, runId, error)))
        .catch(parts.report)
        .finally(() => going.delete(runId));
      going.set(runId, { progress: 0, stop, done });
    },
    progressOf: (runId) => going.get(runId)?.progress ?? null,
    stop: (runId) => going.get(runId)?.stop.abort(new Cancelled()),
    async resume() {
      const left = await database.read(systemScope, (tx) => listRunRows(tx, { state: 'running' }));
      for (const { id } of left) this.begin(id);
    },
    async idle() {
      while (going.size > 0) await Promise.all([...going.values()].map(({ done }) => done));
    },
    async close() {
      for (const { stop } of going.values()) stop.abort(new Cancelled());
      await this.idle();
    },
  };
}

function orderOf(
  { facilities }: LifecircleParts,
  { parameters }: RunRow,
  inputs: Inputs,
  network: ReckonOrder['network'],
): ReckonOrder {
  const { walk, at, cutoffS, snapLimitM } = parameters;
  return {
    network,
    walk,
    cutoffS,
    snapLimitM,
    cells: inputs.cells.map(({ lon, lat, people, elders, children }) => ({ lon, lat, people, elders, children })),
    places: inputs.facilities.map(({ lon, lat, capacity, classCode, hours }) => ({
      lon,
      lat,
      capacity,
      classCode,
      open: at === null ? true : facilities.openAtMinute(hours, at.weekday, at.minute),
    })),
    classes: inputs.standards.map(({ code, walkMin }) => ({ code, standardS: walkMin * 60 })),
  };
}

/** Hexadecimal SHA-256 over classes and their times, in the order of the standards. */
export function resultHashOf(results: readonly ClassResult[]): string {
  const hash = createHash('sha256');
  for (const { classCode, seconds, back, facility, figures } of results) {
    hash.update(`${classCode} ${JSON.stringify(figures)}\n`, 'utf8');
    for (const { buffer, byteOffset, byteLength } of [seconds, back, facility])
      hash.update(new Uint8Array(buffer, byteOffset, byteLength));
  }
  return hash.digest('hex');
}

async function finish(parts: LifecircleParts, runId: string, inputs: Inputs, reckoned: Reckoned): Promise<void> {
  await parts.database.inTx(systemScope, async (tx) => {
    const run = await findRun(tx, runId, true);
    if (run?.state !== 'running') return; // cancelled, or ended by another process
    await insertResults(tx, runId, reckoned.results);
    const at = new Date(parts.clock.now());
    const resultHash = resultHashOf(reckoned.results);
    await endRun(tx, runId, { state: 'done', summary: summarise(inputs, reckoned), resultHash, problem: '', at });
    await tellEnd(tx, run, 'done', { at, actor: systemActor, data: { resultHash } });
  });
}

function summarise({ cells, facilities }: Inputs, { asideCells, asidePlaces, shift }: Reckoned): RunSummary {
  const sum = (of: 'people' | 'elders' | 'children', rows = cells): number =>
    rows.reduce((all, cell) => all + cell[of], 0);
  const far = asideCells.flatMap((k) => cells[k] ?? []);
  return {
    people: sum('people'),
    elders: sum('elders'),
    children: sum('children'),
    asideFacilities: asidePlaces
      .flatMap((k) => facilities[k] ?? [])
      .map(({ code, name, classCode, lon, lat }) => ({ code, name, classCode, lon, lat })),
    asideCells: far.map(({ code, lon, lat }) => ({ code, name: '', classCode: null, lon, lat })),
    asidePeople: sum('people', far),
    shift,
  };
}

/** What went wrong is kept beside the run; it can be begun again. */
async function fail(parts: RunnerParts, runId: string, error: unknown): Promise<void> {
  parts.report(error);
  await parts.database.inTx(systemScope, async (tx) => {
    const run = await findRun(tx, runId, true);
    if (run?.state !== 'running') return;
    const at = new Date(parts.clock.now());
    const problem = error instanceof Error ? error.message.slice(0, 500) : 'unknown';
    await endRun(tx, runId, { state: 'failed', summary: null, resultHash: null, problem, at });
    await tellEnd(tx, run, 'failed', { at, actor: systemActor, data: {} });
  });
}

/** The line of an end, told to the areas. Answers its id. */
export function tellEnd(
  tx: Tx,
  run: RunRow,
  state: 'done' | 'failed' | 'cancelled',
  { at, actor, data, opId = null }: { at: Date; actor: Actor; data: object; opId?: string | null },
): Promise<string> {
  const actions = { done: 'circle_run.done', failed: 'circle_run.failed', cancelled: 'circle_run.cancel' } as const;
  return append(tx, {
    actor: ledgerActor(actor),
    action: actions[state],
    subject: { type: 'circle_run', id: run.id },
    district: run.district,
    audience: run.path.map((code) => `a:${code}`),
    atMs: at.getTime(),
    opId,
    data: { hash: run.hash, areaCode: run.areaCode, ...data },
  });
}

import type { Tx } from '#server/db/pool.ts';
import type { ReadInputs } from './inputs.ts';
import type { CellIn } from './parts.ts';
import { findRun, listResults, noFacility, noTime, type RunRow } from './store-run.ts';

/** What one class was to each cell in one run, in full numbers: for modules above, not for screens. */
export interface ReachOfRun {
  run: RunRow;
  /** Minutes on foot of the standard the run was measured against. */
  limitMin: number;
  cells: readonly (CellIn & {
    /** From home to the nearest; null: none within the cut-off. */
    seconds: number | null;
    facilityId: string | null;
  })[];
  /** Facilities of the class that the run knew. */
  facilityIds: readonly string[];
}

/** Undefined for a run that is not done, or that did not measure the class. */
export async function reachOf(
  { readInputs }: { readInputs: ReadInputs },
  tx: Tx,
  { runId, classCode }: { runId: string; classCode: string },
): Promise<ReachOfRun | undefined> {
  const run = await findRun(tx, runId);
  if (run === undefined || run.state !== 'done') return undefined;
  const [result] = await listResults(tx, runId, classCode);
  const inputs = await readInputs(tx, run);
  const norm = inputs.standards.find(({ code }) => code === classCode);
  if (result === undefined || norm === undefined) return undefined;
  const cells = inputs.cells.map((cell, k) => {
    const [seconds, facility] = [result.seconds[k] ?? noTime, result.facility[k] ?? noFacility];
    return {
      ...cell,
      seconds: seconds === noTime ? null : seconds,
      facilityId: facility === noFacility ? null : (inputs.facilities[facility]?.id ?? null),
    };
  });
  const facilityIds = inputs.facilities.filter((one) => one.classCode === classCode).map(({ id }) => id);
  return { run, limitMin: norm.walkMin, cells, facilityIds };
}

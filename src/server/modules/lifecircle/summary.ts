import type { Tx } from '#server/db/pool.ts';
import { absentRun } from './reach.ts';
import type { QueryParts } from './queries.ts';
import { findRun, listResults, type ClassSums, type RunRow } from './store-run.ts';
import { headsOf, withinOf, type GroupTimes, type Heads } from './tally.ts';

/** A finished run in numbers, in full: for modules above, not for screens. */
export interface SummaryOfRun {
  run: RunRow;
  whole: Heads;
  /** In the order of the dictionary. */
  classes: ({ classCode: string; standardS: number } & GroupTimes & ClassSums)[];
}

/** @throws AppError not_found, also for a run that is not done */
export async function summaryOf(parts: QueryParts, tx: Tx, runId: string): Promise<SummaryOfRun> {
  const run = await findRun(tx, runId);
  if (run?.state !== 'done') throw absentRun();
  const { cells, standards } = await parts.readInputs(tx, run);
  const results = new Map((await listResults(tx, runId)).map((result) => [result.classCode, result]));
  const all = new Int8Array(cells.length);
  return {
    run,
    whole: headsOf(cells, all, 1)[0] as Heads,
    classes: standards.flatMap(({ code, walkMin }) => {
      const result = results.get(code);
      if (result === undefined) return [];
      const standardS = walkMin * 60;
      const [times] = withinOf(cells, result.seconds, all, { count: 1, standardS });
      return [{ classCode: code, standardS, ...(times as GroupTimes), ...result.figures }];
    }),
  };
}

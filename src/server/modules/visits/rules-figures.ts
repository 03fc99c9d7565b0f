import { tellCount, tellCounts } from '#server/modules/people/index.ts';

/** What fell due in one area, as counted. */
export interface Counted {
  inTime: number;
  late: number;
  open: number;
  noAnswer: number;
}

export interface Told {
  due: number | null;
  inTime: number | null;
  late: number | null;
  open: number | null;
  noAnswer: number | null;
}

/**
 * One row as it may be told: in time, late and open add up to due, so that a small one takes another with it. How many did
 * not answer adds up to nothing here and stands for itself.
 */
export function tellRow({ inTime, late, open, noAnswer }: Counted): Told {
  const { counts, total } = tellCounts([inTime, late, open]);
  const [toldInTime = null, toldLate = null, toldOpen = null] = counts;
  return { due: total, inTime: toldInTime, late: toldLate, open: toldOpen, noAnswer: tellCount(noAnswer) };
}

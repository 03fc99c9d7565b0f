/** A mixed-integer program of least cost: columns from 0 to `upper`, rows between bounds, coefficients row by row. */
export interface MipModel {
  cost: number[];
  upper: number[];
  /** 1: whole numbers only. */
  whole: number[];
  rowLower: number[];
  rowUpper: number[];
  /** Coefficients of row r are first[r] … first[r + 1] − 1. */
  first: number[];
  column: number[];
  value: number[];
}

export interface MipOptions {
  /** At most; Infinity: until it ends by itself. */
  seconds: number;
  /** Asked some times a second: true ends the search with what it has. */
  stop?: () => boolean;
  /** Told now and then what is known. */
  progress?: (bound: number, objective: number) => void;
  /** Values of the columns of a choice known to be possible. */
  start?: readonly number[];
}

export interface MipResult {
  /** 'stopped': out of time, with or without a choice. */
  status: 'optimal' | 'infeasible' | 'stopped';
  /** Of the best choice found; null where there is none. */
  objective: number | null;
  /** No choice costs less, within the solver's tolerance of 10^-6; −Infinity where nothing is known. */
  bound: number;
  /** By column; empty where there is no choice. */
  values: ArrayLike<number>;
  nodes: number;
}

/** A solver of such programs; blocks. HiGHS in the program; given from outside, so that the engine loads nothing. */
export type MipSolver = (model: MipModel, options: MipOptions) => MipResult;

/** Writes a program down column by column and row by row. */
export class MipWriter {
  readonly model: MipModel = {
    cost: [], upper: [], whole: [], rowLower: [], rowUpper: [], first: [0], column: [], value: [],
  }; // prettier-ignore

  /** @returns the number of the column */
  column(cost: number, upper: number, isWhole: boolean): number {
    this.model.cost.push(cost);
    this.model.upper.push(upper);
    return this.model.whole.push(isWhole ? 1 : 0) - 1;
  }

  row(lower: number, upper: number, parts: Iterable<readonly [column: number, value: number]>): void {
    const { model } = this;
    for (const [column, value] of parts) {
      if (value === 0) continue;
      model.column.push(column);
      model.value.push(value);
    }
    model.first.push(model.column.length);
    model.rowLower.push(lower);
    model.rowUpper.push(upper);
  }
}

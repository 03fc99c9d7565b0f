import { seededRandom } from '#kit/random.ts';
import type { Matrix } from './matrix.ts';

/** One question of yes and no over the rows of a matrix. */
export interface SvmTask {
  readonly matrix: Matrix;
  /** Rows to learn from. */
  readonly rows: Uint32Array;
  /** By row of the matrix: whether the answer is yes. */
  readonly positive: Uint8Array;
  /** By column: what its values are multiplied with. */
  readonly scale: Float32Array;
  /** Price of an error, > 0. */
  readonly cost: number;
}

export interface SvmFit {
  /** By column, for unscaled values; after them the bias. */
  readonly weights: Float64Array;
  /** By row of the matrix: how much the row holds the border; a beginning for a similar task. */
  readonly duals: Float64Array;
}

const mostRounds = 40;
/** Largest violation left when the search ends. */
const tolerance = 0.1;

interface State {
  /** Entries of the rows learnt from, scaled, packed. */
  readonly start: Uint32Array;
  readonly column: Uint32Array;
  readonly value: Float32Array;
  readonly sign: Float64Array;
  readonly dual: Float64Array;
  /** By row: its length squared, bias and softness included. */
  readonly square: Float64Array;
  readonly weights: Float64Array;
  readonly soft: number;
}

/**
 * Linear support vector machine with squared hinge loss, by dual coordinate descent: minimises ½|w|² + cost·Σ max(0, 1 − y·m)².
 * Rows without risk leave the search early. `from`: duals of a similar task, which shortens the search much. The same task
 * gives the same bits. Source: C.-J. Hsieh et al., A dual coordinate descent method for large-scale linear SVM, ICML 2008.
 */
export function fitSvm(task: SvmTask, from?: Float64Array): SvmFit {
  const state = prepare(task, from);
  search(state);
  const { columns, rows } = task.matrix;
  const weights = state.weights;
  for (let k = 0; k < columns; k += 1) weights[k] = (weights[k] as number) * (task.scale[k] as number);
  const duals = new Float64Array(rows);
  task.rows.forEach((row, k) => (duals[row] = state.dual[k] as number));
  return { weights, duals };
}

function prepare({ matrix, rows, positive, scale, cost }: SvmTask, from?: Float64Array): State {
  const start = new Uint32Array(rows.length + 1);
  rows.forEach((row, k) => (start[k + 1] = (start[k] as number) + entriesOf(matrix, row)));
  const entries = start[rows.length] as number;
  const state: State = {
    start,
    column: new Uint32Array(entries),
    value: new Float32Array(entries),
    sign: Float64Array.from(rows, (row) => (positive[row] === 1 ? 1 : -1)),
    dual: Float64Array.from(rows, (row) => from?.[row] ?? 0),
    square: new Float64Array(rows.length),
    weights: new Float64Array(matrix.columns + 1),
    soft: 0.5 / cost,
  };
  rows.forEach((row, k) => fill(state, k, matrix, row, scale));
  return state;
}

const entriesOf = ({ start }: Matrix, row: number): number => (start[row + 1] as number) - (start[row] as number);

function fill(state: State, k: number, matrix: Matrix, row: number, scale: Float32Array): void {
  const { column, value, weights } = state;
  const step = (state.dual[k] as number) * (state.sign[k] as number);
  let to = state.start[k] as number;
  let square = 1 + state.soft;
  const end = matrix.start[row + 1] as number;
  for (let at = matrix.start[row] as number; at < end; at += 1) {
    const id = matrix.column[at] as number;
    const scaled = (matrix.value[at] as number) * (scale[id] as number);
    column[to] = id;
    value[to] = scaled;
    square += scaled * scaled;
    if (step !== 0) weights[id] = (weights[id] as number) + step * scaled;
    to += 1;
  }
  state.square[k] = square;
  const bias = matrix.columns;
  weights[bias] = (weights[bias] as number) + step;
}

function search(state: State): void {
  const order = Uint32Array.from(state.dual, (_, k) => k);
  const random = seededRandom(7);
  let active = order.length;
  let bar = Infinity;
  for (let round = 0; round < mostRounds; round += 1) {
    shuffle(order, active, random);
    const pass = sweep(state, order, active, bar);
    active = pass.active;
    bar = pass.worst <= 0 ? Infinity : pass.worst;
    if (pass.worst >= tolerance) continue;
    if (active === order.length) return;
    active = order.length; // all rows once more, before the answer counts
    bar = Infinity;
  }
}

function shuffle(order: Uint32Array, active: number, random: () => number): void {
  for (let k = active - 1; k > 0; k -= 1) swap(order, k, Math.floor(random() * (k + 1)));
}

function swap(order: Uint32Array, a: number, b: number): void {
  const kept = order[a] as number;
  order[a] = order[b] as number;
  order[b] = kept;
}

/** One step for every active row; rows safely beyond the border by more than `bar` go to the end of the order. */
function sweep(state: State, order: Uint32Array, given: number, bar: number): { worst: number; active: number } {
  const { sign, dual, square } = state;
  let active = given;
  let worst = 0;
  for (let s = 0; s < active; s += 1) {
    const k = order[s] as number;
    const old = dual[k] as number;
    const slope = (sign[k] as number) * marginOf(state, k) - 1 + state.soft * old;
    if (old === 0 && slope > bar) {
      active -= 1;
      swap(order, s, active);
      s -= 1;
      continue;
    }
    const gain = old === 0 ? Math.min(slope, 0) : slope;
    worst = Math.max(worst, Math.abs(gain));
    if (Math.abs(gain) < 1e-9) continue;
    const next = Math.max(0, old - slope / (square[k] as number));
    dual[k] = next;
    move(state, k, (next - old) * (sign[k] as number));
  }
  return { worst, active };
}

function marginOf({ start, column, value, weights }: State, k: number): number {
  let sum = weights[weights.length - 1] as number;
  const end = start[k + 1] as number;
  for (let at = start[k] as number; at < end; at += 1) {
    sum += (weights[column[at] as number] as number) * (value[at] as number);
  }
  return sum;
}

function move({ start, column, value, weights }: State, k: number, step: number): void {
  const end = start[k + 1] as number;
  for (let at = start[k] as number; at < end; at += 1) {
    const id = column[at] as number;
    weights[id] = (weights[id] as number) + step * (value[at] as number);
  }
  weights[weights.length - 1] = (weights[weights.length - 1] as number) + step;
}

/** The margin of a row of the matrix under weights for unscaled values. */
export function marginOfRow({ start, column, value, columns }: Matrix, row: number, weights: Float64Array): number {
  let sum = weights[columns] as number;
  const end = start[row + 1] as number;
  for (let at = start[row] as number; at < end; at += 1) {
    sum += (weights[column[at] as number] as number) * (value[at] as number);
  }
  return sum;
}

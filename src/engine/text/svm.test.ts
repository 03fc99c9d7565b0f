import { describe, expect, it } from 'vitest';
import { randomBetween, randomInt, seededRandom } from '#kit/random.ts';
import { bayesScale, countColumns } from './bayes.ts';
import type { Matrix } from './matrix.ts';
import { fitSvm, marginOfRow, type SvmTask } from './svm.ts';

/** Rows as lists of numbers, 0 left out. */
function matrixOf(rows: readonly (readonly number[])[]): Matrix {
  const start = [0];
  const column: number[] = [];
  const value: number[] = [];
  for (const row of rows) {
    row.forEach((one, k) => {
      if (one === 0) return;
      column.push(k);
      value.push(one);
    });
    start.push(column.length);
  }
  const sizes = { rows: rows.length, columns: rows[0]?.length ?? 0 };
  return {
    ...sizes,
    start: Uint32Array.from(start),
    column: Uint32Array.from(column),
    value: Float32Array.from(value),
  };
}

function taskOf(rows: readonly (readonly number[])[], positive: readonly number[], cost: number): SvmTask {
  const matrix = matrixOf(rows);
  return {
    matrix,
    rows: Uint32Array.from(rows, (_, k) => k),
    positive: Uint8Array.from(positive),
    scale: new Float32Array(matrix.columns).fill(1),
    cost,
  };
}

/** What training minimises: ½|w|² (bias included) + cost · Σ max(0, 1 − y·margin)². */
function lossOf(task: SvmTask, weights: Float64Array): number {
  const half = weights.reduce((sum, weight) => sum + weight * weight, 0) / 2;
  return task.rows.reduce((sum, row) => {
    const sign = task.positive[row] === 1 ? 1 : -1;
    return sum + task.cost * Math.max(0, 1 - sign * marginOfRow(task.matrix, row, weights)) ** 2;
  }, half);
}

/** The slow way: steps down the slope until nothing gets better. */
function byDescent(task: SvmTask): Float64Array {
  let weights = new Float64Array(task.matrix.columns + 1);
  let loss = lossOf(task, weights);
  for (let step = 0.5; step > 1e-9;) {
    const slope = weights.map((weight, k) => {
      const moved = weights.slice();
      moved[k] = weight + 1e-6;
      return (lossOf(task, moved) - loss) / 1e-6;
    });
    const next = weights.map((weight, k) => weight - step * (slope[k] ?? 0));
    const nextLoss = lossOf(task, next);
    if (nextLoss < loss) [weights, loss] = [next, nextLoss];
    else step /= 2;
  }
  return weights;
}

function randomTask(seed: number): SvmTask {
  const rng = seededRandom(seed);
  const rows = Array.from({ length: 24 }, () =>
    Array.from({ length: 4 }, () => (rng() < 0.3 ? 0 : randomBetween(rng, -1, 1))),
  );
  return taskOf(rows, rows.map((row) => ((row[0] ?? 0) + randomBetween(rng, -0.6, 0.6) > 0 ? 1 : 0)), randomBetween(rng, 0.2, 3)); // prettier-ignore
}

describe('The linear machine', () => {
  it('splits two rows half-way: margins ±1 shrunk by the price of errors, the bias 0', () => {
    // One column, values ±1: w minimises w²/2 + 2·cost·(1 − w)², so w = 4·cost / (1 + 4·cost).
    const { weights } = fitSvm(taskOf([[1], [-1]], [1, 0], 2));
    expect(weights[0]).toBeCloseTo(8 / 9, 1);
    expect(weights[1]).toBeCloseTo(0, 1);
  });

  it.each([1, 2, 3, 4, 5, 6])('is as good as going down the slope step by step, task %i', (seed) => {
    const task = randomTask(seed);
    const least = lossOf(task, byDescent(task));
    const found = lossOf(task, fitSvm(task).weights);
    expect(found).toBeLessThan(least * 1.01);
    expect(found).toBeGreaterThan(least * 0.999);
  });

  it('arrives at the same from the duals of a similar task', () => {
    const task = randomTask(7);
    const { duals } = fitSvm({ ...task, rows: task.rows.slice(3) });
    expect(lossOf(task, fitSvm(task, duals).weights)).toBeCloseTo(lossOf(task, fitSvm(task).weights), 1);
  });

  it('learns the same from scaled values as from values multiplied before', () => {
    const task = randomTask(8);
    const scale = Float32Array.from([0.5, 2, 1, 1.5]);
    const before = { ...task, matrix: { ...task.matrix, value: task.matrix.value.map((one, k) => one * (scale[task.matrix.column[k] ?? 0] ?? 1)) } }; // prettier-ignore
    const scaled = fitSvm({ ...task, scale });
    const multiplied = fitSvm(before);
    for (const row of task.rows)
      expect(marginOfRow(task.matrix, row, scaled.weights)).toBeCloseTo(
        marginOfRow(before.matrix, row, multiplied.weights),
        4,
      );
  });
});

describe('What tells labels apart', () => {
  it('is scaled up, what stands everywhere alike is scaled down', () => {
    const rng = seededRandom(9);
    const rows = Array.from({ length: 200 }, (_, k) => [k % 2, 1, randomInt(rng, 0, 1)]);
    const matrix = matrixOf(rows);
    const all = Uint32Array.from(rows, (_, k) => k);
    const positive = Uint8Array.from(rows, (_, k) => k % 2);
    const scale = bayesScale(
      matrix,
      all,
      positive,
      countColumns(matrix, all, () => true),
      0.4,
    );
    expect(scale[0]).toBeCloseTo(1.4);
    expect(scale[1]).toBeLessThan(0.8);
    expect(scale[2]).toBeLessThan(0.8);
    expect(Math.min(...scale)).toBeGreaterThanOrEqual(0.6 - 1e-6);
  });
});

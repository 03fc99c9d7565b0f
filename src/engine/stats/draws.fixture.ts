import type { Rng } from '#kit/random.ts';
import { countLaw, quantile } from './count-law.ts';

const laws = new Map<string, ReturnType<typeof countLaw>>();

/** A count of this mean; its variance is `dispersion` times the mean (1: Poisson). */
export function drawnCount(rng: Rng, mean: number, dispersion = 1): number {
  const key = `${mean.toFixed(4)}/${dispersion}`;
  let law = laws.get(key);
  if (law === undefined) laws.set(key, (law = countLaw(mean, mean * dispersion)));
  return quantile(law, rng());
}

/** Monday 2026-01-05 and the days after it. */
export const firstMonday = '2026-01-05';

/** Weekdays only, Monday first. */
export function plainKinds(days: number): Uint8Array {
  return Uint8Array.from({ length: days }, (_, day) => day % 7);
}

const weekly = [1.3, 1.1, 1, 1, 1.1, 0.8, 0.7];

/** Days of a town where Mondays are busy and Sundays quiet. */
export function drawnDays(rng: Rng, days: number, { mean, dispersion = 1, growth = 0 }: DrawnTown): Float64Array {
  return Float64Array.from({ length: days }, (_, day) =>
    drawnCount(rng, mean * (weekly[day % 7] as number) * Math.exp(growth * (day - days)), dispersion),
  );
}

export interface DrawnTown {
  mean: number;
  dispersion?: number;
  /** Logarithmic change a day. */
  growth?: number;
}

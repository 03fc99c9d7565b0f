/** Turns margins into probabilities: softmax of slope × margin + shift of the label. */
export interface Calibration {
  readonly slope: number;
  /** By label. */
  readonly shift: Float64Array;
}

/** What was foretold about a message the model had not seen, and what it was. */
export interface Foretold {
  /** By label. */
  readonly margins: ArrayLike<number>;
  /** Index of the true label. */
  readonly truth: number;
}

const rounds = 100;
/** Pull of the shifts to zero: as strong as this many messages. */
const pull = 2;

/** By label, summing to 1. */
export function probabilities({ slope, shift }: Calibration, margins: ArrayLike<number>): Float64Array {
  const result = Float64Array.from(shift, (own, label) => slope * (margins[label] as number) + own);
  let most = -Infinity;
  for (const value of result) most = Math.max(most, value);
  let sum = 0;
  for (let k = 0; k < result.length; k += 1) sum += result[k] = Math.exp((result[k] as number) - most);
  for (let k = 0; k < result.length; k += 1) result[k] = (result[k] as number) / sum;
  return result;
}

/**
 * The calibration under which what came true was most probable. Margins must come from models that had not seen the
 * messages. O(rounds × messages × labels). Source: J. Platt, Probabilistic outputs for support vector machines, 1999, in the
 * form for several labels; steps bounded after D. Böhning, 1992.
 */
export function fitCalibration(foretold: readonly Foretold[], labels: number): Calibration {
  const shift = new Float64Array(labels);
  let slope = 2;
  for (let round = 0; round < rounds && foretold.length > 0; round += 1) {
    const step = slopeStep(foretold, { slope, shift });
    slope = Math.min(50, Math.max(0.05, slope + step));
    const moved = moveShifts(foretold, { slope, shift });
    if (Math.abs(step) < 1e-6 && moved < 1e-6) break;
  }
  return { slope, shift };
}

/** One step of Newton for the slope. */
function slopeStep(foretold: readonly Foretold[], now: Calibration): number {
  let first = 0;
  let second = 1e-9;
  for (const { margins, truth } of foretold) {
    const p = probabilities(now, margins);
    let mean = 0;
    let square = 0;
    p.forEach((share, label) => {
      const margin = margins[label] as number;
      mean += share * margin;
      square += share * margin * margin;
    });
    first += (margins[truth] as number) - mean;
    second += square - mean * mean;
  }
  return Math.min(1, Math.max(-1, first / second));
}

/** One bounded step for every shift. Answers the largest. */
function moveShifts(foretold: readonly Foretold[], now: Calibration): number {
  const first = Float64Array.from(now.shift, (own) => -pull * own);
  const second = new Float64Array(now.shift.length).fill(pull);
  for (const { margins, truth } of foretold) {
    probabilities(now, margins).forEach((share, label) => {
      first[label] = (first[label] as number) + (label === truth ? 1 : 0) - share;
      second[label] = (second[label] as number) + share * (1 - share);
    });
  }
  let most = 0;
  first.forEach((gain, label) => {
    const step = gain / (2 * (second[label] as number));
    now.shift[label] = (now.shift[label] as number) + step;
    most = Math.max(most, Math.abs(step));
  });
  return most;
}

/** One answer of a model: how sure it was, and whether it was right. */
export interface Answer {
  readonly probability: number;
  readonly right: boolean;
}

/** Fewer accepted answers than this say nothing about their precision. */
const leastAccepted = 30;

/**
 * The lowest probability from which on answers are right at least as often as wanted (0 to 1), and the share of answers
 * that reach it. Nothing reaches it where no such probability is known: threshold 2, share 0.
 */
export function thresholdFor(answers: readonly Answer[], precision: number): { threshold: number; share: number } {
  const sorted = answers.toSorted((a, b) => b.probability - a.probability);
  let right = 0;
  let best = { threshold: 2, share: 0 };
  sorted.forEach((answer, k) => {
    if (answer.right) right += 1;
    const accepted = k + 1;
    const tied = sorted[accepted]?.probability === answer.probability;
    if (!tied && accepted >= leastAccepted && right >= precision * accepted)
      best = { threshold: answer.probability, share: accepted / sorted.length };
  });
  return best;
}

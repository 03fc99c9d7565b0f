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

const mostRounds = 60;
const smallStep = 1e-4;
const flattest = 0.05;
const steepest = 50;
/** Pull of the shifts to zero: as strong as this many messages. */
const pull = 2;

/** By label, summing to 1. */
export function probabilities(calibration: Calibration, margins: ArrayLike<number>): Float64Array {
  const into = new Float64Array(calibration.shift.length);
  weigh(calibration, margins, into);
  return into;
}

function weigh({ slope, shift }: Calibration, margins: ArrayLike<number>, into: Float64Array): void {
  let most = -Infinity;
  for (let k = 0; k < into.length; k += 1) {
    const value = slope * (margins[k] as number) + (shift[k] as number);
    into[k] = value;
    if (value > most) most = value;
  }
  let sum = 0;
  for (let k = 0; k < into.length; k += 1) sum += into[k] = Math.exp((into[k] as number) - most);
  for (let k = 0; k < into.length; k += 1) into[k] = (into[k] as number) / sum;
}

/**
 * The calibration under which what came true was most probable. Margins must come from models that had not seen the
 * messages. O(rounds × messages × labels). Source: J. Platt, Probabilistic outputs for support vector machines, 1999, in the
 * form for several labels; steps of the shifts bounded after D. Böhning, 1992.
 */
export function fitCalibration(foretold: readonly Foretold[], labels: number): Calibration {
  const shift = new Float64Array(labels);
  let slope = 2;
  for (let round = 0; round < mostRounds; round += 1) {
    const { slopeStep, shiftSteps } = stepsAt(foretold, { slope, shift });
    slope = Math.min(steepest, Math.max(flattest, slope + slopeStep));
    shiftSteps.forEach((step, label) => (shift[label] = (shift[label] as number) + step));
    if (Math.abs(slopeStep) < smallStep && shiftSteps.every((step) => Math.abs(step) < smallStep)) break;
  }
  return { slope, shift };
}

/** Steps of Newton, each bounded, so that they may be taken at once. */
function stepsAt(foretold: readonly Foretold[], now: Calibration): { slopeStep: number; shiftSteps: Float64Array } {
  const first = Float64Array.from(now.shift, (own) => -pull * own);
  const second = new Float64Array(now.shift.length).fill(pull);
  const shares = new Float64Array(now.shift.length);
  let slopeFirst = 0;
  let slopeSecond = 1e-9;
  for (const { margins, truth } of foretold) {
    weigh(now, margins, shares);
    let mean = 0;
    let square = 0;
    for (let label = 0; label < shares.length; label += 1) {
      const share = shares[label] as number;
      const margin = margins[label] as number;
      mean += share * margin;
      square += share * margin * margin;
      first[label] = (first[label] as number) - share;
      second[label] = (second[label] as number) + share * (1 - share);
    }
    first[truth] = (first[truth] as number) + 1;
    slopeFirst += (margins[truth] as number) - mean;
    slopeSecond += square - mean * mean;
  }
  return {
    slopeStep: Math.min(1, Math.max(-1, (0.7 * slopeFirst) / slopeSecond)),
    shiftSteps: first.map((gain, label) => gain / (2 * (second[label] as number))),
  };
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

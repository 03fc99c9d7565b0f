import { seededRandom, shuffled } from '#kit/random.ts';
import { bayesScale, countColumns } from './bayes.ts';
import { fitCalibration, probabilities, thresholdFor, type Calibration, type Foretold } from './calibration.ts';
import type { Block, ClassifierModel, Rehearsal } from './classifier.ts';
import { featureKinds, type FeatureKind } from './features.ts';
import { accuracyOf, macroF1 } from './measure.ts';
import { matrixOf, RowMaker, vocabularyOf, type Matrix } from './matrix.ts';
import { readMessage, type Message, type Reading } from './reading.ts';
import { fitSvm, marginOfRow } from './svm.ts';
import { TextError } from './text-error.ts';

/** A message and what it was in truth. */
export interface Example extends Message {
  label: string;
}

export interface TrainOptions {
  /** Labels with fewer examples are not learnt; ≥ 2. */
  readonly leastExamples?: number;
  /** Precision wanted of sure answers, 0 to 1. */
  readonly precision?: number;
  /** Parts for the rehearsal, ≥ 2: more take longer and foretell better. */
  readonly folds?: number;
}

/** Weights of one model at most: 2 bytes each in the file. */
const mostWeights = 20_000_000;
const mostFeatures = 200_000;
/** Words and characters of one message alone say nothing of others. */
const leastDocuments = 2;
/** Found by cross-validation: characters, of which there are many, need a freer machine and a stronger hint. */
const settings: Record<FeatureKind, { cost: number; share: number }> = {
  words: { cost: 0.5, share: 0.4 },
  characters: { cost: 2, share: 0.8 },
};
const defaults = { leastExamples: 5, precision: 0.97, folds: 4 };

interface Lesson {
  readonly readings: readonly Reading[];
  readonly labels: readonly string[];
  readonly counts: readonly number[];
  readonly unlearnt: readonly string[];
  /** By example: index of its label, and the part of the rehearsal it is foretold in. */
  readonly truth: Uint16Array;
  readonly fold: Uint8Array;
  readonly folds: number;
}

/**
 * Learns labels from examples: for each label a linear machine over words and one over characters, weighted by the head of
 * the message and by what tells labels apart; then the whole is rehearsed on parts left out, for probabilities and the
 * threshold of sure answers. The order of the examples does not matter: the same examples give the same model.
 * O(examples × features × labels).
 * @throws TextError text_too_few_examples: fewer than two labels have `leastExamples`
 */
export function trainClassifier(examples: readonly Example[], options: TrainOptions = {}): ClassifierModel {
  const { leastExamples, precision, folds } = { ...defaults, ...options };
  const lesson = prepare(examples, leastExamples, Math.max(2, folds));
  const margins = Array.from(lesson.readings, () => new Float64Array(lesson.labels.length));
  const blocks = featureKinds.map((kind) => trainBlock(lesson, kind, margins));
  const foretold = margins.map((own, k): Foretold => ({ margins: own, truth: lesson.truth[k] as number }));
  const calibration = fitCalibration(foretold, lesson.labels.length);
  const { threshold, rehearsal } = rehearse(lesson, foretold, calibration, precision);
  const { labels, counts, unlearnt } = lesson;
  return { labels, counts, unlearnt, blocks, calibration, threshold, rehearsal };
}

function prepare(examples: readonly Example[], leastExamples: number, folds: number): Lesson {
  const count = new Map<string, number>();
  for (const { label } of examples) count.set(label, (count.get(label) ?? 0) + 1);
  const least = Math.max(2, leastExamples);
  const known = [...count.keys()].sort();
  const labels = known.filter((label) => (count.get(label) ?? 0) >= least);
  if (labels.length < 2)
    throw new TextError(
      'text_too_few_examples',
      `Expected at least two labels with ${least} examples each, found ${labels.length} among ${examples.length} examples. Collect more decided cases.`,
    );
  const index = new Map(labels.map((label, k) => [label, k]));
  const learnt = examples.filter(({ label }) => index.has(label)).sort(byContent);
  return {
    readings: learnt.map(readMessage),
    labels,
    counts: labels.map((label) => count.get(label) ?? 0),
    unlearnt: known.filter((label) => !index.has(label)),
    truth: Uint16Array.from(learnt, ({ label }) => index.get(label) ?? 0),
    fold: foldsOf(learnt, folds),
    folds,
  };
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function byContent(a: Example, b: Example): number {
  return order(a.label, b.label) || order(a.text, b.text) || order(a.title ?? '', b.title ?? '');
}

/** Parts with every label in each, as far as its examples go; equal texts of a label stand in one part. */
function foldsOf(learnt: readonly Example[], folds: number): Uint8Array {
  const random = seededRandom(11);
  const first = learnt.map((_, k) => k).filter((k) => !isRepeated(learnt, k));
  const turn = new Map<string, number>();
  const fold = new Uint8Array(learnt.length);
  for (const k of shuffled(random, first)) {
    const { label } = learnt[k] as Example;
    const next = turn.get(label) ?? 0;
    turn.set(label, next + 1);
    for (let same = k; same === k || isRepeated(learnt, same); same += 1) fold[same] = next % folds;
  }
  return fold;
}

const isRepeated = (learnt: readonly Example[], k: number): boolean =>
  k > 0 && k < learnt.length && byContent(learnt[k - 1] as Example, learnt[k] as Example) === 0;

/** Trains one kind of feature on everything, and adds to `margins` what models without the part of a row say about it. */
function trainBlock(lesson: Lesson, kind: FeatureKind, margins: readonly Float64Array[]): Block {
  const labels = lesson.labels.length;
  const { cost, share } = settings[kind];
  const most = Math.min(mostFeatures, Math.floor(mostWeights / labels / featureKinds.length));
  const vocabulary = vocabularyOf(lesson.readings, kind, leastDocuments, most);
  const columns = vocabulary.keys.length;
  const matrix = matrixOf(lesson.readings, new RowMaker(kind, vocabulary), columns);
  const parts = partsOf(lesson, matrix);
  const weights = new Int16Array(columns * labels);
  const step = new Float32Array(labels);
  const bias = new Float32Array(labels);
  for (let label = 0; label < labels; label += 1) {
    const positive = Uint8Array.from(lesson.truth, (truth) => (truth === label ? 1 : 0));
    let duals: Float64Array | undefined;
    for (const { rows, unseen, all } of parts) {
      const scale = bayesScale(matrix, rows, positive, all, share);
      const fit = fitSvm({ matrix, rows, positive, scale, cost }, duals);
      duals ??= fit.duals;
      if (unseen.length === 0) {
        step[label] = quantise(fit.weights, weights, label, labels);
        bias[label] = fit.weights[columns] as number;
      }
      for (const row of unseen) {
        const own = margins[row] as Float64Array;
        own[label] = (own[label] as number) + marginOfRow(matrix, row, fit.weights);
      }
    }
  }
  return { kind, vocabulary, weights, step, bias };
}

interface Part {
  /** Rows learnt from, rows left out, and how often each column stands in those learnt from. */
  readonly rows: Uint32Array;
  readonly unseen: Uint32Array;
  readonly all: Float64Array;
}

/** The whole first, then the whole without each fold. */
function partsOf({ fold, folds }: Lesson, matrix: Matrix): Part[] {
  const whole = Uint32Array.from(fold, (_, row) => row);
  return [-1, ...Array.from({ length: folds }, (_, k) => k)].map((out) => {
    const rows = whole.filter((row) => fold[row] !== out);
    return { rows, unseen: whole.filter((row) => fold[row] === out), all: countColumns(matrix, rows, () => true) };
  });
}

/** Writes the label's weights as whole numbers and answers the step that each stands for. */
function quantise(weights: Float64Array, into: Int16Array, label: number, labels: number): number {
  const columns = weights.length - 1;
  let most = 0;
  for (let k = 0; k < columns; k += 1) most = Math.max(most, Math.abs(weights[k] as number));
  const step = Math.fround(most / 32_767) || 1;
  for (let k = 0; k < columns; k += 1) into[k * labels + label] = Math.round((weights[k] as number) / step);
  return step;
}

function rehearse(
  { labels, truth }: Lesson,
  foretold: readonly Foretold[],
  calibration: Calibration,
  precision: number,
): { threshold: number; rehearsal: Rehearsal } {
  const guesses = foretold.map(({ margins }) => {
    const shares = probabilities(calibration, margins);
    const label = shares.indexOf(Math.max(...shares));
    return { label, probability: shares[label] as number };
  });
  const predicted = guesses.map(({ label }) => label);
  const answers = guesses.map(({ label, probability }, k) => ({ probability, right: label === truth[k] }));
  const { threshold, share } = thresholdFor(answers, precision);
  const rehearsal = {
    accuracy: accuracyOf(truth, predicted),
    macroF1: macroF1(truth, predicted, labels.length),
    precision,
    coverage: share,
  };
  return { threshold, rehearsal };
}

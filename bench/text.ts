/**
 * How well the text engine learns from one file of messages and foretells another, how fast, and beside a plain machine.
 *   node bench/text.ts train.jsonl test.jsonl       or       npm run bench -- text=train.jsonl,test.jsonl
 * Files: JSON lines {text, label} or {title, text, label}. Without files it takes invented messages, whose figures say
 * something of speed only.
 */
import { createHash } from 'node:crypto';
import { seededRandom } from '#kit/random.ts';
import { classifierOf, type Classification } from '#engine/text/classifier.ts';
import { accuracyOf, macroF1 } from '#engine/text/measure.ts';
import { readClassifier, writeClassifier } from '#engine/text/model-file.ts';
import { inventMessages } from '#engine/text/town-messages.fixture.ts';
import { trainClassifier, type Example } from '#engine/text/train.ts';
import { thresholdFor } from '#engine/text/calibration.ts';
import { count, tell, times } from './lib/figures.ts';
import { plainAnswers } from './lib/plain-svm.ts';
import { readExamples } from './lib/text-files.ts';

const goals = { macroF1: 0.935, coverage: 0.85, seconds: 10, perSecond: 5_000, megabytes: 50 };
const precision = 0.97;
const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();

function filesGiven(): { train: Example[]; test: Example[] } {
  const paths = process.argv.slice(2).flatMap((word) => word.split(','));
  const [trainPath, testPath] = paths;
  if (trainPath !== undefined && testPath !== undefined && paths.length === 2)
    return { train: readExamples(trainPath), test: readExamples(testPath) };
  if (paths.length > 0) throw new Error('Expected two files: node bench/text.ts train.jsonl test.jsonl');
  console.log('No files given (node bench/text.ts train.jsonl test.jsonl): invented messages, good for speed only.');
  return { train: inventMessages(seededRandom(1), 6_000, 0.5), test: inventMessages(seededRandom(2), 1_500, 0.5) };
}

/** What the function answers; where it fails, says why and ends. */
function orSay<T>(given: () => T): T {
  try {
    return given();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}

/** Accuracy and macro-F1 over all labels that stand in the file or were answered. */
function quality(test: readonly Example[], answers: readonly string[]): { accuracy: number; f1: number } {
  const labels = [...new Set([...test.map(({ label }) => label), ...answers])];
  const index = new Map(labels.map((label, k) => [label, k]));
  const truth = test.map(({ label }) => index.get(label) ?? -1);
  const predicted = answers.map((label) => index.get(label) ?? -1);
  return { accuracy: accuracyOf(truth, predicted), f1: macroF1(truth, predicted, labels.length) };
}

function tellGoal(what: string, figure: string, value: number, goal: number, sign: '≥' | '≤'): void {
  tell(what, figure, `${sign} ${goal < 1 ? goal : count(goal)}`, times(value / goal));
}

function tellSureness(test: readonly Example[], answers: readonly Classification[], wanted: number): void {
  const judged = answers.map(({ ranked, sure }, k) => {
    const [first] = ranked;
    return { probability: first?.probability ?? 0, right: first?.label === test[k]?.label, sure };
  });
  const sure = judged.filter((one) => one.sure);
  const right = sure.filter((one) => one.right).length / sure.length;
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  tell(
    `Sure answers (threshold chosen on folds of the training file for ${percent(wanted)})`,
    `${percent(sure.length / test.length)} of messages, ${percent(right)} of them right`,
  );
  const { share } = thresholdFor(judged, wanted);
  tellGoal(
    `Coverage at ${percent(wanted)} precision, threshold read off the test file`,
    share.toFixed(3),
    share,
    goals.coverage,
    '≥',
  );
}

const { train, test } = orSay(filesGiven);
const startedMs = performance.now();
const startedCpu = process.cpuUsage();
const model = trainClassifier(train, { precision });
const trainS = (performance.now() - startedMs) / 1_000;
const trainCpuS = process.cpuUsage(startedCpu).user / 1e6;
const bytes = writeClassifier(model, sha256);
const classifier = classifierOf(readClassifier(bytes, sha256));

const askedMs = performance.now();
const answers = test.map((one) => classifier.classify({ title: one.title, text: one.text }));
const perSecond = (test.length * 1_000) / (performance.now() - askedMs);

const own = quality(test, answers.map(({ ranked }) => ranked[0]?.label ?? '')); // prettier-ignore
const plain = quality(test, plainAnswers(train, test));
const unknown = test.filter(({ label }) => !model.labels.includes(label)).length;

tell('Messages: training, test, labels', `${count(train.length)}, ${count(test.length)}, ${model.labels.length}`);
if (unknown > 0) tell('Test messages whose label was not learnt (counted as errors)', count(unknown));
tell(
  'Accuracy',
  own.accuracy.toFixed(4),
  `plain linear SVM ${plain.accuracy.toFixed(4)}`,
  times(own.accuracy / plain.accuracy),
);
tell('Macro-F1', own.f1.toFixed(4), `plain linear SVM ${plain.f1.toFixed(4)}`, times(own.f1 / plain.f1));
tellGoal('Macro-F1 beside the goal', own.f1.toFixed(4), own.f1, goals.macroF1, '≥');
tell('Macro-F1 the model foretold of itself', model.rehearsal.macroF1.toFixed(4));
tellSureness(test, answers, precision);
tellGoal(
  'Training, seconds (of processor)',
  `${trainS.toFixed(1)} (${trainCpuS.toFixed(1)})`,
  trainS,
  goals.seconds,
  '≤',
);
tellGoal('Messages a second, one core', count(perSecond), perSecond, goals.perSecond, '≥');
tell('Model, bytes', count(bytes.length), `≤ ${goals.megabytes} MB`, times(bytes.length / goals.megabytes / 1e6));

import { probabilities, type Calibration } from './calibration.ts';
import { eachFeature, type FeatureKind } from './features.ts';
import { RowMaker, type Row } from './matrix.ts';
import { readMessage, type Message, type Reading } from './reading.ts';
import type { Vocabulary } from './vocabulary.ts';

/** What a model knows of one kind of feature: whole numbers, multiplied by the step of the label. */
export interface Block {
  readonly kind: FeatureKind;
  readonly vocabulary: Vocabulary;
  /** Feature by feature, within it label by label. */
  readonly weights: Int16Array;
  /** By label. */
  readonly step: Float32Array;
  /** By label. */
  readonly bias: Float32Array;
}

/** How the model did on its own examples, each foretold by a model that had not seen it. Shares, 0 to 1. */
export interface Rehearsal {
  readonly accuracy: number;
  /** Mean over the labels of the harmonic mean of precision and recall. */
  readonly macroF1: number;
  /** Precision wanted of sure answers, and the share of messages that got one. */
  readonly precision: number;
  readonly coverage: number;
}

/** A trained model: plain data. */
export interface ClassifierModel {
  /** In the order of their code units. */
  readonly labels: readonly string[];
  /** Examples learnt from, by label. */
  readonly counts: readonly number[];
  /** Labels seen, but too seldom to be learnt. */
  readonly unlearnt: readonly string[];
  readonly blocks: readonly Block[];
  readonly calibration: Calibration;
  /** From this probability on an answer is sure; 2 where no answer is. */
  readonly threshold: number;
  readonly rehearsal: Rehearsal;
}

export interface Suggestion {
  readonly label: string;
  /** 0 to 1, calibrated: of suggestions with 0.8, about eight in ten were right in rehearsal. */
  readonly probability: number;
}

export interface Classification {
  /** All labels, the most probable first; ties in the order of the model. */
  readonly ranked: readonly Suggestion[];
  /** Whether the first is so probable that it may be shown as a suggestion. False: abstain. */
  readonly sure: boolean;
}

/** A word of the message and how much it speaks for the label: a share of its margin, below 0 against it. */
export interface Reason {
  readonly word: string;
  readonly weight: number;
  readonly spans: readonly Span[];
}

/** A piece of a field, as strings are sliced. */
export interface Span {
  readonly field: 'title' | 'text';
  readonly from: number;
  readonly to: number;
}

export interface Explanation {
  readonly label: string;
  /** Bias and the weights of all reasons add up to it. */
  readonly margin: number;
  readonly bias: number;
  /** The strongest first, whichever way they speak. */
  readonly reasons: readonly Reason[];
}

/** Answers messages by a model. */
export interface Classifier {
  readonly model: ClassifierModel;
  /** An empty message, or one of which no word is known, gets the shares of the labels and is never sure. */
  classify(message: Message): Classification;
  /** Why the label (a label of the model; the most probable one where none is named) got its margin. */
  explain(message: Message, label?: string): Explanation;
}

interface Member {
  readonly block: Block;
  readonly maker: RowMaker;
}

/** Makes a model ready to answer; some milliseconds of work, to be done once a model. */
export function classifierOf(model: ClassifierModel): Classifier {
  const members = model.blocks.map((block) => ({ block, maker: new RowMaker(block.kind, block.vocabulary) }));
  return {
    model,
    classify: (message) => classify(model, members, readMessage(message)),
    explain: (message, label) => explain(model, members, message, label),
  };
}

function classify(model: ClassifierModel, members: readonly Member[], reading: Reading): Classification {
  const { margins, known } = marginsOf(model, members, reading);
  const shares = known ? probabilities(model.calibration, margins) : priors(model);
  const ranked = model.labels.map((label, k) => ({ label, probability: shares[k] as number }));
  ranked.sort((a, b) => b.probability - a.probability);
  return { ranked, sure: known && (ranked[0]?.probability ?? 0) >= model.threshold };
}

function priors({ counts }: ClassifierModel): Float64Array {
  const sum = counts.reduce((all, one) => all + one, 0);
  return Float64Array.from(counts, (count) => count / sum);
}

function marginsOf(
  { labels }: ClassifierModel,
  members: readonly Member[],
  reading: Reading,
): { margins: Float64Array; known: boolean } {
  const margins = new Float64Array(labels.length);
  let known = false;
  for (const { block, maker } of members) {
    const row = maker.row(reading);
    known ||= row.size > 0;
    const sums = sumRow(row, block.weights, labels.length);
    sums.forEach((sum, label) => {
      margins[label] = (margins[label] as number) + sum * (block.step[label] as number) + (block.bias[label] as number);
    });
  }
  return { margins, known };
}

/** By label, in steps. */
function sumRow({ size, columns, values }: Row, weights: Int16Array, labels: number): Float64Array {
  const sums = new Float64Array(labels);
  for (let k = 0; k < size; k += 1) {
    const value = values[k] as number;
    const at = (columns[k] as number) * labels;
    for (let label = 0; label < labels; label += 1) {
      sums[label] = (sums[label] as number) + (weights[at + label] as number) * value;
    }
  }
  return sums;
}

function explain(model: ClassifierModel, members: readonly Member[], message: Message, asked?: string): Explanation {
  const reading = readMessage(message);
  const wanted = asked ?? classify(model, members, reading).ranked[0]?.label ?? '';
  const label = model.labels.indexOf(wanted);
  if (label < 0) throw new RangeError(`explain: expected a label of the model, found “${wanted}”.`);
  const byCharacter = new Float64Array(reading.size);
  let bias = 0;
  for (const { block, maker } of members) {
    bias += block.bias[label] as number;
    spread(byCharacter, reading, block, maker, label);
  }
  const reasons = reasonsOf(message, reading, byCharacter);
  const margin = byCharacter.reduce((sum, part) => sum + part, bias);
  return { label: wanted, margin, bias, reasons };
}

/** Gives every feature's part of the margin to its occurrences by their weight, and there to its characters evenly. */
function spread(byCharacter: Float64Array, reading: Reading, block: Block, maker: RowMaker, label: number): void {
  const { size, columns, values } = maker.row(reading);
  const labels = block.step.length;
  const part = new Map<number, number>();
  for (let k = 0; k < size; k += 1) {
    const column = columns[k] as number;
    const weight = (block.weights[column * labels + label] as number) * (block.step[label] as number);
    part.set(column, weight * (values[k] as number));
  }
  const whole = new Map<number, number>();
  eachFeature(reading, block.kind, (key, weight) => {
    const column = maker.find(key);
    if (column >= 0) whole.set(column, (whole.get(column) ?? 0) + weight);
  });
  eachFeature(reading, block.kind, (key, weight, first, end) => {
    const column = maker.find(key);
    if (column < 0) return;
    const each = ((part.get(column) ?? 0) * weight) / (whole.get(column) ?? 1) / (end - first);
    for (let at = first; at < end; at += 1) byCharacter[at] = (byCharacter[at] as number) + each;
  });
}

/** Sums the characters of each word, and all places of the same word. */
function reasonsOf(message: Message, reading: Reading, byCharacter: Float64Array): Reason[] {
  const found = new Map<string, { weight: number; spans: Span[] }>();
  for (let word = 0; word + 1 < reading.wordStart.length; word += 1) {
    const first = reading.wordStart[word] as number;
    const end = reading.wordStart[word + 1] as number;
    const span = spanOf(reading, first, end);
    const text = (span.field === 'title' ? (message.title ?? '') : message.text).slice(span.from, span.to);
    const reason = found.get(text) ?? { weight: 0, spans: [] };
    for (let at = first; at < end; at += 1) reason.weight += byCharacter[at] as number;
    reason.spans.push(span);
    found.set(text, reason);
  }
  const reasons = Array.from(found, ([word, { weight, spans }]) => ({ word, weight, spans }));
  return reasons.sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
}

function spanOf({ field, from, code }: Reading, first: number, end: number): Span {
  const last = end - 1;
  const width = (code[last] as number) > 0xffff ? 2 : 1;
  return {
    field: field[first] === 0 ? 'title' : 'text',
    from: from[first] as number,
    to: (from[last] as number) + width,
  };
}

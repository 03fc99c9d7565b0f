import { createHash } from 'node:crypto';
import type { Rehearsal } from '#engine/text/classifier.ts';
import { writeClassifier } from '#engine/text/model-file.ts';
import { TextError } from '#engine/text/text-error.ts';
import { trainClassifier, type Example, type TrainOptions } from '#engine/text/train.ts';
import { taskAt } from './task.ts';

export interface LearnInput {
  examples: readonly Example[];
  options: TrainOptions;
}

export interface Learnt {
  bytes: Uint8Array<ArrayBuffer>;
  /** SHA-256 of the bytes, hexadecimal. */
  hash: string;
  rehearsal: Rehearsal;
  classes: number;
  /** Examples of the classes that were learnt. */
  examples: number;
}

/** The pool's task: `trainClassifier` of engine/text. Undefined: there are too few examples to learn anything. */
export const learnTask = taskAt<LearnInput, Learnt | undefined>(new URL(import.meta.url));

/** Runs in a worker. */
export function run({ examples, options }: LearnInput): Learnt | undefined {
  const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();
  try {
    const model = trainClassifier(examples, options);
    const bytes = writeClassifier(model, sha256);
    return {
      bytes,
      hash: Buffer.from(sha256(bytes)).toString('hex'),
      rehearsal: model.rehearsal,
      classes: model.labels.length,
      examples: model.counts.reduce((sum, count) => sum + count, 0),
    };
  } catch (error) {
    if (error instanceof TextError && error.code === 'text_too_few_examples') return undefined;
    throw error;
  }
}

import { equalHashes, type Hash } from '#engine/merkle/hash.ts';
import type { Block, ClassifierModel } from './classifier.ts';
import type { FeatureKind } from './features.ts';
import { TextError } from './text-error.ts';

const magic = 0x4d_54_47_48; // 'HGTM' read as little-endian
/** Grows with every change of the layout, of what is counted or of how it is weighed. */
export const classifierVersion = 1;
/** magic, version; 32 bytes of SHA-256 over all that follows it; length of the description, reserved. */
const headBytes = 8 + 32 + 8;
const hashedFrom = 40;

/** The part that is text: all but the arrays. */
interface Description extends Omit<ClassifierModel, 'blocks' | 'calibration'> {
  readonly slope: number;
  readonly shift: readonly number[];
  readonly blocks: readonly { kind: FeatureKind; features: number; examples: number }[];
}

/**
 * The bytes of a model, little-endian: a head, a checksum, the description as JSON, the arrays. The same model gives the
 * same bytes; at most 44 MB.
 * @param hash SHA-256
 */
export function writeClassifier(model: ClassifierModel, hash: Hash): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder().encode(JSON.stringify(describe(model)));
  const arrays = [padded(text), ...model.blocks.flatMap(arraysOf).map(bytesOf).map(padded)];
  const bytes = new Uint8Array(headBytes + arrays.reduce((sum, { length }) => sum + length, 0));
  const head = new DataView(bytes.buffer);
  head.setUint32(0, magic, true);
  head.setUint32(4, classifierVersion, true);
  head.setUint32(hashedFrom, text.length, true);
  let at = headBytes;
  for (const array of arrays) {
    bytes.set(array, at);
    at += array.length;
  }
  bytes.set(hash(bytes.subarray(hashedFrom)), 8);
  return bytes;
}

function describe({ blocks, calibration, ...rest }: ClassifierModel): Description {
  return {
    ...rest,
    slope: calibration.slope,
    shift: [...calibration.shift],
    blocks: blocks.map(({ kind, vocabulary: { keys, examples } }) => ({ kind, features: keys.length, examples })),
  };
}

const arraysOf = ({ vocabulary, weights, step, bias }: Block) => [
  vocabulary.keys,
  vocabulary.documents,
  weights,
  step,
  bias,
];
const bytesOf = (array: Uint32Array | Int16Array | Float32Array): Uint8Array =>
  new Uint8Array(array.buffer, array.byteOffset, array.byteLength);

/** Filled with zeros to a multiple of four. */
function padded(bytes: Uint8Array): Uint8Array {
  const whole = new Uint8Array(Math.ceil(bytes.length / 4) * 4);
  whole.set(bytes);
  return whole;
}

/**
 * Reads what `writeClassifier` wrote.
 * @throws TextError text_model_broken: cut short, changed or none; text_model_other_version: written by another version
 */
export function readClassifier(given: Uint8Array, hash: Hash): ClassifierModel {
  const bytes = given.slice();
  const head = new DataView(bytes.buffer);
  if (bytes.length < headBytes || head.getUint32(0, true) !== magic)
    throw new TextError(
      'text_model_broken',
      `Expected a text model written by this program, found ${bytes.length} bytes of something else. Train again.`,
    );
  const version = head.getUint32(4, true);
  if (version !== classifierVersion)
    throw new TextError(
      'text_model_other_version',
      `Expected version ${classifierVersion} of the text model, found ${version}. Train again.`,
    );
  if (!equalHashes(hash(bytes.subarray(hashedFrom)), bytes.subarray(8, hashedFrom)))
    throw new TextError(
      'text_model_broken',
      `Expected a text model with its checksum, found ${bytes.length} other bytes. It was cut short or changed; train again.`,
    );
  return parse(bytes.buffer, head.getUint32(hashedFrom, true));
}

function parse(buffer: ArrayBuffer, textLength: number): ClassifierModel {
  const text = new TextDecoder().decode(new Uint8Array(buffer, headBytes, textLength));
  const { slope, shift, blocks, ...rest } = JSON.parse(text) as Description;
  const labels = rest.labels.length;
  let at = headBytes + Math.ceil(textLength / 4) * 4;
  const take = <A extends { byteLength: number }>(
    of: new (b: ArrayBuffer, at: number, n: number) => A,
    n: number,
  ): A => {
    const array = new of(buffer, at, n);
    at += Math.ceil(array.byteLength / 4) * 4;
    return array;
  };
  const read = blocks.map(({ kind, features, examples }): Block => {
    const vocabulary = { keys: take(Uint32Array, features), documents: take(Uint32Array, features), examples };
    const weights = take(Int16Array, features * labels);
    return { kind, vocabulary, weights, step: take(Float32Array, labels), bias: take(Float32Array, labels) };
  });
  return { ...rest, blocks: read, calibration: { slope, shift: Float64Array.from(shift) } };
}

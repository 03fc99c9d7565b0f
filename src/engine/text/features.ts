import type { Reading } from './reading.ts';

/** What is counted: whole words, or single characters and pairs of them. */
export type FeatureKind = 'words' | 'characters';
export const featureKinds: readonly FeatureKind[] = ['words', 'characters'];

/**
 * Takes one occurrence of a feature.
 * @param key hash of the feature, 1 to 2³² - 1
 * @param weight how much the occurrence counts: 3.5 at the head of the message, 0.5 far behind it
 * @param first its first character in the reading, `end` the one after its last
 */
export type Visit = (key: number, weight: number, first: number, end: number) => void;

/** The head of a message says what it is about: counted 0.5 + 3·exp(−word/12), found by cross-validation. */
const headWeight = 3;
const tailWeight = 0.5;
const headWords = 12;
/** Characters counted; words are counted to the end of the reading. */
const characterLimit = 400;

/** Visits every occurrence of the kind's features, in reading order. */
export function eachFeature(reading: Reading, kind: FeatureKind, visit: Visit): void {
  if (kind === 'words') eachWord(reading, visit);
  else eachCharacter(reading, visit);
}

function eachWord(reading: Reading, visit: Visit): void {
  const { code, wordStart } = reading;
  for (let word = 0; word + 1 < wordStart.length; word += 1) {
    const first = wordStart[word] as number;
    const end = wordStart[word + 1] as number;
    let hash = 0x2545f491;
    for (let at = first; at < end; at += 1) hash = mix(hash, code[at] as number);
    visit(finish(hash), weightAt(word), first, end);
  }
}

function eachCharacter(reading: Reading, visit: Visit): void {
  const { code, word } = reading;
  const size = Math.min(reading.size, characterLimit);
  for (let at = 0; at < size; at += 1) {
    const one = mix(0x68e31da4, code[at] as number);
    const weight = weightAt(word[at] as number);
    visit(finish(one), weight, at, at + 1);
    if (at + 1 < size) visit(finish(mix(one, code[at + 1] as number)), weight, at, at + 2);
  }
}

const weights = Float64Array.from({ length: 256 }, (_, word) => tailWeight + headWeight * Math.exp(-word / headWords));
const weightAt = (word: number): number => (word < weights.length ? (weights[word] as number) : tailWeight);

function mix(hash: number, code: number): number {
  const h = Math.imul(hash ^ code, 0x9e3779b1);
  return h ^ (h >>> 15);
}

/** MurmurHash3's last mix, never 0: A. Appleby, public domain. */
function finish(hash: number): number {
  let h = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0 || 1;
}

/** What is meant, guessed from words: plain look-up, so that everybody can see why. A person can always say otherwise. */

export interface PhraseWord {
  phrase: string;
  /** Of a class or of a group. */
  code: string;
}

export interface Guess {
  code: string;
  /** The word that led to it. */
  because: string;
}

/** The code of the longest phrase found; of two as long the one that stands first. Case and width make no difference. */
export function guess(text: string, words: readonly PhraseWord[]): Guess | null {
  const plain = plainCase(text);
  let best: (Guess & { length: number; at: number }) | null = null;
  for (const { phrase, code } of words) {
    const at = plain.indexOf(plainCase(phrase));
    if (at < 0) continue;
    const { length } = phrase;
    if (best === null || length > best.length || (length === best.length && at < best.at))
      best = { code, because: phrase, length, at };
  }
  return best === null ? null : { code: best.code, because: best.because };
}

const plainCase = (text: string): string => text.normalize('NFKC').toLowerCase();

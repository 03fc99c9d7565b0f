/** Words that say how pressing a message is; the words are data (db/data/urgency-words.csv). */
import { createWordFinder } from './word-finder.ts';

export interface UrgencyWord<K extends string = string> {
  word: string;
  kind: K;
}

export interface UrgencySign<K extends string = string> extends UrgencyWord<K> {
  start: number;
  end: number;
}

/** What makes the word behind it say the opposite: nobody was hurt, so that nothing burns. */
const denials = /(?:没有?|未|无|不是|并非|防止|以免|避免|预防|谨防|杜绝)[^，。！？,.!?；;]{0,2}$/u;

export interface UrgencyFinder<K extends string> {
  /** By place. A denied word is not among them. O(length). */
  find(text: string): UrgencySign<K>[];
}

export function createUrgencyFinder<K extends string>(words: readonly UrgencyWord<K>[]): UrgencyFinder<K> {
  const finder = createWordFinder(words.map((one) => [one.word, one] as const));
  return {
    find: (text) =>
      finder
        .find(text)
        .filter(({ start }) => !denials.test(text.slice(Math.max(0, start - 6), start)))
        .flatMap(({ start, end, values }) => values.map((value) => ({ ...value, start, end }))),
  };
}

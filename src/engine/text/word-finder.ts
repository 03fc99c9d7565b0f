/** Finds known words in a text: the longest at each place, from the left, not overlapping. */
export interface FoundWord<T> {
  start: number;
  end: number;
  values: readonly T[];
}

export interface WordFinder<T> {
  /** O(length × longest word). Several values of one word come together, in the order given. */
  find(text: string): FoundWord<T>[];
  readonly size: number;
}

interface Node<T> {
  next: Map<string, Node<T>>;
  values: T[];
}

export function createWordFinder<T>(words: Iterable<readonly [word: string, value: T]>): WordFinder<T> {
  const root: Node<T> = { next: new Map(), values: [] };
  let size = 0;
  for (const [word, value] of words) {
    if (word === '') continue;
    let node = root;
    for (let k = 0; k < word.length; k++) {
      const sign = word[k] ?? '';
      let next = node.next.get(sign);
      if (next === undefined) node.next.set(sign, (next = { next: new Map(), values: [] }));
      node = next;
    }
    if (node.values.length === 0) size++;
    node.values.push(value);
  }
  return {
    size,
    find(text) {
      const found: FoundWord<T>[] = [];
      for (let start = 0; start < text.length;) {
        const one = longestAt(root, text, start);
        if (one !== undefined) found.push(one);
        start = one?.end ?? start + 1;
      }
      return found;
    },
  };
}

function longestAt<T>(root: Node<T>, text: string, start: number): FoundWord<T> | undefined {
  let best: FoundWord<T> | undefined;
  let node: Node<T> | undefined = root;
  for (let at = start; at < text.length; at++) {
    node = node.next.get(text[at] ?? '');
    if (node === undefined) break;
    if (node.values.length > 0) best = { start, end: at + 1, values: node.values };
  }
  return best;
}

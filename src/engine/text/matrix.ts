import { eachFeature, type FeatureKind } from './features.ts';
import { readingLimit, type Reading } from './reading.ts';
import { type KeyIds, KeyIds as Ids, idsOf, rarities, type Vocabulary } from './vocabulary.ts';

/** Sparse rows: entries `start[row]` to `start[row + 1]` of `column` and `value`. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly start: Uint32Array;
  readonly column: Uint32Array;
  readonly value: Float32Array;
}

/** What one message is to a model: the features it knows, each with its value; the values have length 1. */
export interface Row {
  readonly size: number;
  /** The first `size` entries count; they hold until the next message is read. */
  readonly columns: Uint32Array;
  readonly values: Float64Array;
}

/** Counts the features of the kind in the readings and keeps those of `least` messages or more, at most `most` of them. */
export function vocabularyOf(readings: readonly Reading[], kind: FeatureKind, least: number, most: number): Vocabulary {
  const ids = new Ids(1 << 16);
  const keys: number[] = [];
  const documents: number[] = [];
  const seen: number[] = [];
  readings.forEach((reading, row) =>
    eachFeature(reading, kind, (key) => {
      const id = ids.add(key);
      if (id === keys.length) {
        keys.push(key);
        documents.push(0);
        seen.push(-1);
      }
      if (seen[id] === row) return;
      seen[id] = row;
      documents[id] = (documents[id] as number) + 1;
    }),
  );
  const bar = Math.max(least, barFor(documents, most));
  const kept = keys.map((key, id) => ({ key, count: documents[id] as number })).filter(({ count }) => count >= bar);
  kept.sort((a, b) => b.count - a.count || a.key - b.key);
  return {
    keys: Uint32Array.from(kept, ({ key }) => key),
    documents: Uint32Array.from(kept, ({ count }) => count),
    examples: readings.length,
  };
}

/** The count that at most `most` features reach. */
function barFor(documents: readonly number[], most: number): number {
  if (documents.length <= most) return 1;
  const sorted = Uint32Array.from(documents).sort();
  return (sorted[sorted.length - most - 1] as number) + 1;
}

/** Turns readings into rows: log₂(1 + weighted count) × rarity, each row of length 1. */
export class RowMaker {
  readonly #kind: FeatureKind;
  readonly #ids: KeyIds;
  readonly #rarity: Float32Array;
  readonly #sum: Float64Array;
  readonly #columns = new Uint32Array(2 * readingLimit);
  readonly #values = new Float64Array(2 * readingLimit);

  constructor(kind: FeatureKind, vocabulary: Vocabulary) {
    this.#kind = kind;
    this.#ids = idsOf(vocabulary);
    this.#rarity = rarities(vocabulary);
    this.#sum = new Float64Array(vocabulary.keys.length);
  }

  /** Place of a feature in the vocabulary, or -1. */
  find(key: number): number {
    return this.#ids.find(key);
  }

  row(reading: Reading): Row {
    const [columns, values, sum, ids] = [this.#columns, this.#values, this.#sum, this.#ids];
    let size = 0;
    eachFeature(reading, this.#kind, (key, weight) => {
      const id = ids.find(key);
      if (id < 0) return;
      const before = sum[id] as number;
      if (before === 0) {
        columns[size] = id;
        size += 1;
      }
      sum[id] = before + weight;
    });
    let square = 0;
    for (let k = 0; k < size; k += 1) {
      const id = columns[k] as number;
      const value = Math.log2(1 + (sum[id] as number)) * (this.#rarity[id] as number);
      sum[id] = 0;
      values[k] = value;
      square += value * value;
    }
    const share = 1 / Math.sqrt(square);
    for (let k = 0; k < size; k += 1) values[k] = (values[k] as number) * share;
    return { size, columns, values };
  }
}

/** All readings as one matrix. */
export function matrixOf(readings: readonly Reading[], maker: RowMaker, columns: number): Matrix {
  const start = new Uint32Array(readings.length + 1);
  const column: number[] = [];
  const value: number[] = [];
  readings.forEach((reading, row) => {
    const made = maker.row(reading);
    for (let k = 0; k < made.size; k += 1) {
      column.push(made.columns[k] as number);
      value.push(made.values[k] as number);
    }
    start[row + 1] = column.length;
  });
  return { rows: readings.length, columns, start, column: Uint32Array.from(column), value: Float32Array.from(value) };
}

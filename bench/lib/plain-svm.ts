/**
 * The peer of the text engine: what everybody tries first. Words as they are cut (uncut text by Intl.Segmenter), count ×
 * smoothed rarity, rows of length 1, one linear SVM with squared hinge loss and cost 1 for each label: the defaults of
 * scikit-learn's TfidfVectorizer and LinearSVC but for the words of one letter, which are kept.
 */
import { fitSvm, marginOfRow } from '#engine/text/svm.ts';
import type { Matrix } from '#engine/text/matrix.ts';
import type { Example } from '#engine/text/train.ts';

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });

function wordsOf({ title = '', text }: Example): string[] {
  const whole = `${title} ${text}`;
  if (/\S \S/u.test(text)) return whole.split(/\s+/u).filter((word) => word !== '');
  return Array.from(segmenter.segment(whole)).flatMap(({ segment, isWordLike }) =>
    isWordLike === true ? [segment] : [],
  );
}

function countWords(examples: readonly Example[]): Map<string, number>[] {
  return examples.map((one) => {
    const counts = new Map<string, number>();
    for (const word of wordsOf(one)) counts.set(word, (counts.get(word) ?? 0) + 1);
    return counts;
  });
}

/** The label the plain machine gives to every test message. */
export function plainAnswers(train: readonly Example[], test: readonly Example[]): string[] {
  const counted = countWords(train);
  const documents = new Map<string, number>();
  for (const counts of counted) for (const word of counts.keys()) documents.set(word, (documents.get(word) ?? 0) + 1);
  const columns = new Map([...documents.keys()].map((word, k) => [word, k]));
  const rarity = [...documents.values()].map((count) => Math.log((1 + train.length) / (1 + count)) + 1);
  const matrix = matrixOf(counted, columns, rarity);
  const asked = matrixOf(countWords(test), columns, rarity);
  const labels = [...new Set(train.map(({ label }) => label))].sort();
  const rows = Uint32Array.from(train, (_, row) => row);
  const scale = new Float32Array(columns.size).fill(1);
  const weights = labels.map((label) => {
    const positive = Uint8Array.from(train, (one) => (one.label === label ? 1 : 0));
    return fitSvm({ matrix, rows, positive, scale, cost: 1 }).weights;
  });
  return test.map((_, row) => {
    const margins = weights.map((own) => marginOfRow(asked, row, own));
    return labels[margins.indexOf(Math.max(...margins))] ?? '';
  });
}

function matrixOf(
  counted: readonly Map<string, number>[],
  columns: Map<string, number>,
  rarity: readonly number[],
): Matrix {
  const start = new Uint32Array(counted.length + 1);
  const column: number[] = [];
  const value: number[] = [];
  counted.forEach((counts, row) => {
    const known = Array.from(counts, ([word, count]) => ({ id: columns.get(word) ?? -1, count })).filter(
      ({ id }) => id >= 0,
    );
    const values = known.map(({ id, count }) => count * (rarity[id] ?? 0));
    const length = Math.hypot(...values) || 1;
    known.forEach(({ id }) => column.push(id));
    values.forEach((one) => value.push(one / length));
    start[row + 1] = column.length;
  });
  const sizes = { rows: counted.length, columns: columns.size };
  return { ...sizes, start, column: Uint32Array.from(column), value: Float32Array.from(value) };
}

/** Pure decisions about numbers of a run. */

/** The value at which half of the weight lies at or below it; null without weight. Ties go to the lower. */
export function weightedMedian(rows: readonly { value: number; weight: number }[]): number | null {
  const order = rows.filter(({ weight }) => weight > 0).toSorted((a, b) => a.value - b.value);
  const half = order.reduce((sum, { weight }) => sum + weight, 0) / 2;
  let passed = 0;
  for (const { value, weight } of order) {
    passed += weight;
    if (passed >= half) return value;
  }
  return null;
}

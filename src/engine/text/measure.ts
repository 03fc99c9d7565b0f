/** Share of predictions equal to the truth, 0 to 1; NaN of nothing. */
export function accuracyOf(truth: ArrayLike<number>, predicted: ArrayLike<number>): number {
  let right = 0;
  for (let k = 0; k < truth.length; k += 1) if (truth[k] === predicted[k]) right += 1;
  return right / truth.length;
}

/**
 * Mean over the labels 0 to `labels` − 1 of 2·hits / (2·hits + misses + false alarms), 0 to 1. A label that neither stands
 * nor is predicted counts 0.
 */
export function macroF1(truth: ArrayLike<number>, predicted: ArrayLike<number>, labels: number): number {
  const hits = new Float64Array(labels);
  const errors = new Float64Array(labels);
  for (let k = 0; k < truth.length; k += 1) {
    const [is, said] = [truth[k] as number, predicted[k] as number];
    if (is === said) hits[is] = (hits[is] as number) + 1;
    else for (const label of [is, said]) if (label < labels) errors[label] = (errors[label] as number) + 1;
  }
  let sum = 0;
  hits.forEach((hit, label) => (sum += hit === 0 ? 0 : (2 * hit) / (2 * hit + (errors[label] as number))));
  return sum / labels;
}

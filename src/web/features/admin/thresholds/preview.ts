export interface PreviewRule {
  direction: 'above' | 'below';
  raiseAt: number;
  clearAt: number;
  holdOffS: number;
}

export interface Preview {
  /** Readings, one each `stepS` seconds. */
  values: readonly number[];
  stepS: number;
  /** Where the alarm is active, by index: from the first to the last one, both included. */
  active: readonly { from: number; to: number }[];
}

/**
 * Heights of the invented readings, where 0 is calm and 1 is the raising value: a short peak, a climb that trembles around
 * the value, a retreat just below it, a second climb, calm.
 */
const course = [
  0.1, 0.15, 0.1, 1.15, 0.2, 0.15, 0.3, 0.5, 0.7, 0.9, 1.05, 1.1, 0.97, 1.06, 0.95, 1.08, 1.2, 1.25, 1.15, 0.98, 0.9,
  0.94, 1.02, 1.1, 1.2, 1.1, 0.95, 0.8, 0.6, 0.4, 0.2, 0.1, 0.12, 0.1,
];

/** The same readings for every rule, scaled to its numbers, and when it would ring over them. */
export function previewOf(rule: PreviewRule): Preview {
  const sign = rule.direction === 'above' ? 1 : -1;
  const room = Math.abs(rule.raiseAt - rule.clearAt) * 2 || Math.abs(rule.raiseAt) * 0.5 || 1;
  const values = course.map((height) => rule.raiseAt - sign * room * (1 - height));
  const stepS = Math.max(10, Math.ceil(rule.holdOffS / 3));
  return { values, stepS, active: stretches(values, stepS, rule) };
}

function stretches(values: readonly number[], stepS: number, rule: PreviewRule): Preview['active'] {
  const sign = rule.direction === 'above' ? 1 : -1;
  const found: { from: number; to: number }[] = [];
  let since: number | null = null;
  let open: { from: number; to: number } | null = null;
  for (const [k, value] of values.entries()) {
    if (value * sign >= rule.raiseAt * sign) since ??= k;
    else if (value * sign <= rule.clearAt * sign) {
      since = null;
      open = null;
    }
    if (since === null) continue;
    if (open !== null) open.to = k;
    else if ((k - since) * stepS >= rule.holdOffS) {
      open = { from: k, to: k };
      found.push(open);
    }
  }
  return found;
}

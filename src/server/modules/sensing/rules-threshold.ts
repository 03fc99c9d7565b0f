import type { Threshold } from './rulebook.ts';

/** What is wrong with a rule, in one sentence; undefined when it can be put in force. */
export function thresholdProblem(
  one: Threshold,
  isCategory: (code: string) => boolean,
): { field: string; words: string } | undefined {
  return objectProblem(one) ?? numberProblem(one) ?? kindProblem(one) ?? consequenceProblem(one, isCategory);
}

function objectProblem({ deviceKind, deviceId, basis, metric }: Threshold) {
  if ((deviceKind === null) === (deviceId === null))
    return { field: 'deviceKind', words: 'Expected either a kind of device or one device, found both or neither.' };
  const needsMetric = basis === 'value' || basis === 'rate' || basis === 'season';
  if (needsMetric && metric === null)
    return { field: 'metric', words: `A rule by ${basis} judges one metric: say which, such as smoke_ppm.` };
  if (!needsMetric && metric !== null)
    return { field: 'metric', words: `A rule by ${basis} judges no metric: leave it empty.` };
  return undefined;
}

function numberProblem({ basis, direction, raiseAt, clearAt, holdOffS }: Threshold) {
  if (basis === 'message') {
    return raiseAt === null && clearAt === null
      ? undefined
      : { field: 'raiseAt', words: 'A rule about what the device itself says has no numbers: leave them empty.' };
  }
  if (raiseAt === null || clearAt === null)
    return { field: 'raiseAt', words: 'Expected the value at which it raises and the one at which it clears.' };
  const sign = direction === 'above' ? 1 : -1;
  if (basis === 'silence') {
    return raiseAt >= 1 ? undefined : { field: 'raiseAt', words: 'Expected 1 or more missed heartbeats.' };
  }
  if (clearAt * sign >= raiseAt * sign)
    return {
      field: 'clearAt',
      words: `Expected a clearing value ${direction === 'above' ? 'below' : 'above'} ${raiseAt}, found ${clearAt}: without a gap the alarm would come and go.`,
    };
  if (basis === 'season' && holdOffS > 0)
    return { field: 'holdOffS', words: 'A rule by season is judged once an hour: it has no hold-off.' };
  return undefined;
}

function kindProblem({ basis, kind }: Threshold) {
  if ((basis === 'silence') !== (kind === 'offline'))
    return { field: 'kind', words: 'A rule by silence raises "offline", and no other rule does.' };
  if ((basis === 'season') !== (kind === 'anomaly'))
    return { field: 'kind', words: 'A rule by season raises "anomaly", and no other rule does.' };
  return undefined;
}

function consequenceProblem({ raises, categoryCode }: Threshold, isCategory: (code: string) => boolean) {
  if (categoryCode !== null && !isCategory(categoryCode))
    return { field: 'categoryCode', words: `Expected a category of the library, found ${categoryCode}.` };
  if (raises === 'auto' && categoryCode === null)
    return { field: 'categoryCode', words: 'What becomes an event by itself needs the category of that event.' };
  return undefined;
}

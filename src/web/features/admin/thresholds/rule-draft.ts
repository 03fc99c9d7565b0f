import type { AlarmKind } from '#contract/device-messages.ts';
import type { DeviceKind } from '#contract/devices.ts';
import { deviceKinds } from '#contract/devices.ts';
import type { ThresholdBasis } from '#contract/sensing-views.ts';
import { outcomeBody, type Outcome } from './OutcomeFields.tsx';
import type { PreviewRule } from './preview.ts';
import type { Threshold } from './queries.ts';

/** A rule as it is typed: numbers are text until it is sent. */
export interface RuleDraft extends Outcome {
  /** '' while the rule is for a kind of device. */
  deviceId: string;
  forOne: boolean;
  deviceKind: DeviceKind;
  basis: ThresholdBasis;
  metric: string;
  kind: AlarmKind;
  direction: 'above' | 'below';
  raiseAt: string;
  clearAt: string;
  holdOffS: string;
  note: string;
}

export function draftOf(rule: Threshold | null, deviceId = ''): RuleDraft {
  if (rule === null)
    return {
      deviceId,
      forOne: deviceId !== '',
      deviceKind: 'smoke',
      basis: 'value',
      metric: '',
      kind: 'smoke',
      direction: 'above',
      raiseAt: '',
      clearAt: '',
      holdOffS: '0',
      note: '',
      priority: 2,
      categoryCode: '',
      planCode: '',
      raises: 'ask',
    };
  return {
    deviceId: rule.deviceId ?? '',
    forOne: rule.deviceId !== null,
    deviceKind: deviceKinds.find((one) => one === rule.deviceKind) ?? 'other',
    basis: rule.basis,
    metric: rule.metric ?? '',
    kind: rule.kind,
    direction: rule.direction,
    raiseAt: rule.raiseAt === null ? '' : String(rule.raiseAt),
    clearAt: rule.clearAt === null ? '' : String(rule.clearAt),
    holdOffS: String(rule.holdOffS),
    note: rule.note,
    priority: rule.priority,
    categoryCode: rule.categoryCode ?? '',
    planCode: rule.planCode ?? '',
    raises: rule.raises,
  };
}

/** Does this basis judge a metric's numbers? */
export function hasMetric(basis: ThresholdBasis): boolean {
  return basis === 'value' || basis === 'rate' || basis === 'season';
}

/** Does this basis wait before it rings? Silence counts heartbeats instead, season is judged once an hour. */
export function hasHoldOff(basis: ThresholdBasis): boolean {
  return basis === 'value' || basis === 'rate';
}

/** The numbers as a rule; null while they are incomplete or the basis has none. Silence is over at the next heartbeat. */
export function numbersOf(draft: RuleDraft): PreviewRule | null {
  if (draft.basis === 'message' || draft.raiseAt === '') return null;
  const raiseAt = Number(draft.raiseAt);
  if (draft.basis === 'silence') return { direction: 'above', raiseAt, clearAt: raiseAt > 1 ? 1 : 0, holdOffS: 0 };
  if (draft.clearAt === '') return null;
  const holdOffS = hasHoldOff(draft.basis) ? Number(draft.holdOffS) : 0;
  return { direction: draft.direction, raiseAt, clearAt: Number(draft.clearAt), holdOffS };
}

/** Clearing does not lie on the calm side of raising: without a gap the alarm would come and go. */
export function isWrongSide({ direction, raiseAt, clearAt }: PreviewRule): boolean {
  return direction === 'above' ? clearAt >= raiseAt : clearAt <= raiseAt;
}

/** What may change later. */
export function changesOf(draft: RuleDraft) {
  const numbers = numbersOf(draft);
  return {
    direction: numbers?.direction ?? 'above',
    raiseAt: numbers?.raiseAt ?? null,
    clearAt: numbers?.clearAt ?? null,
    holdOffS: numbers?.holdOffS ?? 0,
    note: draft.note.trim(),
    ...outcomeBody(draft),
  };
}

export function bodyOf(draft: RuleDraft) {
  return {
    ...changesOf(draft),
    deviceKind: draft.forOne ? null : draft.deviceKind,
    deviceId: draft.forOne ? draft.deviceId : null,
    basis: draft.basis,
    metric: hasMetric(draft.basis) ? draft.metric.trim() : null,
    kind: kindOf(draft),
  };
}

/** Silence and season have alarms of their own kind. */
function kindOf({ basis, kind }: RuleDraft): AlarmKind {
  if (basis === 'silence') return 'offline';
  return basis === 'season' ? 'anomaly' : kind;
}

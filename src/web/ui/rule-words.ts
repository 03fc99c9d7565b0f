import type { ThresholdView } from '#contract/sensing-views.ts';
import { alarms } from '#web/i18n/alarms.ts';
import { formatDuration, formatNumber } from '#web/i18n/format.ts';
import { useText } from '#web/i18n/area.ts';

type Rule = Pick<ThresholdView, 'basis' | 'metric' | 'direction' | 'raiseAt' | 'clearAt' | 'holdOffS' | 'note'>;

/** A threshold as one sentence: what is judged, when it rings, when it is over, how long it must last. */
export function useRuleWords(): (rule: Rule) => string {
  const { ruleOf, secondsOf } = useText(alarms).detail;
  const number = (value: number | null): string => (value === null ? '–' : formatNumber(value));
  return (rule) => {
    const parts = [judged(rule)];
    if (rule.holdOffS > 0)
      parts.push(ruleOf.hold(rule.holdOffS < 60 ? secondsOf(rule.holdOffS) : formatDuration(rule.holdOffS * 1000)));
    if (rule.note !== '') parts.push(rule.note);
    return parts.join(' · ');
  };

  function judged(rule: Rule): string {
    if (rule.basis === 'message') return ruleOf.message;
    if (rule.basis === 'silence') return ruleOf.silence(number(rule.raiseAt));
    const metric = rule.metric ?? '';
    const what = rule.basis === 'value' ? metric : ruleOf[rule.basis](metric);
    return ruleOf[rule.direction](what, number(rule.raiseAt), number(rule.clearAt));
  }
}

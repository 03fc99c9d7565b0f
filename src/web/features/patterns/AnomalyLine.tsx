import { formatNumber } from '#web/i18n/format.ts';
import type { Anomaly } from './queries.ts';
import { roughly, useSay } from './words.ts';

/** Hook: an anomaly in one sentence. */
export function useAnomalyWords(): (row: Anomaly) => string {
  const { t, kind, day } = useSay();
  return (row) => {
    const [when, what] = [day(row.day), kind(row.category)];
    if (row.side === 'fewer') return t.anomaly.fewer(when, row.areaName, what);
    if (row.expected < 0.5) return t.anomaly.moreFromNone(when, row.areaName, what);
    return t.anomaly.more(when, row.areaName, what, roughly(row.seen / row.expected));
  };
}

/** The sentence, its numbers, and whether anybody answered. */
export function AnomalyLine({ row }: { row: Anomaly }) {
  const { t } = useSay();
  const say = useAnomalyWords();
  const { seen, expected, low, high, untilHour, state } = row;
  return (
    <>
      <b>{say(row)}</b>
      <span>{t.anomaly.numbers(formatNumber(seen), roughly(expected), formatNumber(low), formatNumber(high))}</span>
      {untilHour < 24 && <span>{t.anomaly.untilHour(String(untilHour))}</span>}
      <span className={`tag patterns-state-${state}`}>{t.anomaly.states[state]}</span>
    </>
  );
}

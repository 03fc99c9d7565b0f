import { urgencyKinds } from '#contract/texts.ts';
import { useText } from '#web/i18n/area.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { texts } from '#web/i18n/texts.ts';
import { Sparkline } from '#web/ui/charts/Sparkline.tsx';
import type { Issue } from './queries.ts';

/** One issue in a line or two: what, where, how hot, how it goes. */
export function IssueLine({ issue }: { issue: Issue }) {
  const t = useText(texts).hot;
  return (
    <>
      <span className="hot-line-head">
        <b>{issue.title}</b>
        <span className="hot-heat">
          <Sparkline values={issue.daily} name={t.trend} tone="amber" />
          <strong>{t.heatOf(heat(issue.heat))}</strong>
        </span>
      </span>
      <span className="hot-line-more">
        <span>{issue.areaName}</span>
        <span>{t.events(formatNumber(issue.events))}</span>
        <span>{t.openEvents(formatNumber(issue.openEvents))}</span>
        <Change issue={issue} />
        <UrgencyTags words={issue.words} />
      </span>
    </>
  );
}

/** One figure behind the point. */
export const heat = (value: number): string => formatNumber(Math.round(value * 10) / 10);

export function Change({ issue: { heat: now, heatBefore } }: { issue: Pick<Issue, 'heat' | 'heatBefore'> }) {
  const t = useText(texts).hot;
  const change = Math.round((now - heatBefore) * 10) / 10;
  if (change === 0) return <span>{t.same}</span>;
  return (
    <span className={change > 0 ? 'hot-warmer' : undefined}>
      <span aria-hidden="true">{change > 0 ? '▲ ' : '▼ '}</span>
      {change > 0 ? t.warmer(heat(change)) : t.cooler(heat(-change))}
    </span>
  );
}

/** Danger first; each with the number of events it stands in. */
export function UrgencyTags({ words }: { words: Issue['words'] }) {
  const t = useText(texts).hot;
  return urgencyKinds.map((kind) => {
    const n = words[kind] ?? 0;
    return n === 0 ? null : (
      <span key={kind} className={kind === 'life' ? 'tag hot-life' : 'tag'}>
        {t.wordCount(t.kinds[kind], formatNumber(n))}
      </span>
    );
  });
}

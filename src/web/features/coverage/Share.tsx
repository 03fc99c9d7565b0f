import { useText } from '#web/i18n/area.ts';
import { coverage } from '#web/i18n/coverage.ts';
import { formatNumber } from '#web/i18n/format.ts';
import type { CoverageRow } from './queries.ts';

type ShareValue = CoverageRow['online'];

/** Two decimals always, so that figures stand under one another. */
function percentWords(percent: number): string {
  return percent.toFixed(2);
}

/** A share as a bar with its figure; what may not be told is said so. */
export function ShareBar({ share }: { share: ShareValue }) {
  const t = useText(coverage);
  if (share.whole === 0) return <span className="quiet">{t.nothing}</span>;
  if (share.percent === null) return <span className="quiet">{t.fewShort}</span>;
  return (
    <span className="coverage-share">
      <span className="coverage-bar" aria-hidden="true">
        <span style={{ inlineSize: `${Math.min(100, share.percent)}%` }} />
      </span>
      <b>{t.percent(percentWords(share.percent))}</b>
    </span>
  );
}

/** The figure of the area itself, large, with both sides of the fraction. */
export function ShareCard(props: {
  name: string;
  share: ShareValue;
  words: (part: string, whole: string) => string;
  more?: string;
}) {
  const t = useText(coverage);
  const { name, share, words } = props;
  return (
    <section className="coverage-card" aria-label={name}>
      <h2>{name}</h2>
      <p className="coverage-figure">{share.percent === null ? '—' : t.percent(percentWords(share.percent))}</p>
      {share.percent !== null && (
        <span className="coverage-bar" aria-hidden="true">
          <span style={{ inlineSize: `${Math.min(100, share.percent)}%` }} />
        </span>
      )}
      <p>{cardWords(t, share, words)}</p>
      {props.more !== undefined && <p className="quiet">{props.more}</p>}
    </section>
  );
}

function cardWords(
  t: { nothing: string; few: string },
  share: ShareValue,
  words: (part: string, whole: string) => string,
): string {
  if (share.whole === 0) return t.nothing;
  return share.part === null ? t.few : words(formatNumber(share.part), formatNumber(share.whole));
}

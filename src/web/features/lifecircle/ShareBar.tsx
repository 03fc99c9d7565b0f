import { useText } from '#web/i18n/area.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { lifecircle } from '#web/i18n/lifecircle.ts';

/** A share as a bar and in figures; both say the same. */
export function ShareBar({ percent }: { percent: number | null }) {
  const t = useText(lifecircle);
  if (percent === null) return <span className="quiet">{t.table.few}</span>;
  return (
    <span className="circle-share">
      <span className="circle-bar" aria-hidden="true">
        <span style={{ inlineSize: `${percent}%` }} />
      </span>
      <b>{t.matrix.percent(formatNumber(percent))}</b>
    </span>
  );
}

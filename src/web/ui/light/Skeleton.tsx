import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';

/** Grey lines where words will be; says "loading" to those who listen. */
export function Skeleton({ lines = 3 }: { lines?: number }) {
  const t = useText(common);
  return (
    <div className="skeleton" role="status">
      <span className="visually-hidden">{t.loading}</span>
      {Array.from({ length: lines }, (_, index) => (
        <span key={index} className="skeleton-line" style={{ width: `${100 - ((index * 23) % 45)}%` }} />
      ))}
    </div>
  );
}

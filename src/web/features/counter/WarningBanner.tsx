import { useText } from '#web/i18n/area.ts';
import { counter } from '#web/i18n/counter.ts';
import { formatTime } from '#web/i18n/format.ts';
import { Icon } from '#web/ui/icons/Icon.tsx';
import { useStanding } from './use-counter.ts';

/** Warnings that are running here. */
export function WarningBanner() {
  const t = useText(counter);
  const { station } = useStanding();
  if (station.warnings.length === 0) return null;
  return (
    <div className="counter-warnings" role="status">
      {station.warnings.map(({ kind, colour, headline, endsAt, heat }) => (
        <p key={`${kind} ${headline}`} className={`counter-warning counter-warning-${colour}`}>
          <Icon name={heat ? 'sun' : 'warning'} />
          <span>
            <strong>{headline}</strong> {t.until(formatTime(endsAt))}
          </span>
        </p>
      ))}
    </div>
  );
}

import { useText } from '#web/i18n/area.ts';
import { counter } from '#web/i18n/counter.ts';
import { formatTime } from '#web/i18n/format.ts';
import { Icon } from '#web/ui/icons/Icon.tsx';
import { useStanding } from './use-counter.ts';

/** Warnings that are running here, the gravest of each kind. */
export function WarningBanner() {
  const t = useText(counter);
  const { station } = useStanding();
  // The gravest come first.
  const warnings = station.warnings.filter(
    ({ kind }, at) => station.warnings.findIndex((one) => one.kind === kind) === at,
  );
  if (warnings.length === 0) return null;
  return (
    <div className="counter-warnings" role="status">
      {warnings.map(({ kind, colour, headline, endsAt, heat }) => (
        <p key={kind} className={`counter-warning counter-warning-${colour}`}>
          <Icon name={heat ? 'sun' : 'warning'} />
          <span>
            <strong>{headline}</strong> {t.until(formatTime(endsAt))}
          </span>
        </p>
      ))}
    </div>
  );
}

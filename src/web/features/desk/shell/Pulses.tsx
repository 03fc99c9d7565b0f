import { Go } from '#web/app/Go.tsx';
import { useText } from '#web/i18n/area.ts';
import { desk } from '#web/i18n/desk.ts';
import { words } from '#web/i18n/words.ts';
import { Icon } from '#web/ui/icons/Icon.tsx';
import { dismissPulse, useLive } from './live-store.ts';

const keys = ['p0', 'p1', 'p2', 'p3', 'p4'] as const;

/** New urgent events and new tasks of mine, above everything until seen. */
export function Pulses() {
  const t = useText(desk).pulse;
  const w = useText(words);
  const { pulses } = useLive();
  return (
    <div className="pulses" role="status" aria-live="assertive">
      {pulses.map((pulse) => (
        <div key={pulse.key} className={`pulse pulse-${pulse.kind === 'fresh' ? 'p' + pulse.priority : 'mine'}`}>
          <Icon name="bell" size={18} />
          <span>
            {pulse.kind === 'fresh'
              ? t.fresh(w.priorityCode[keys[pulse.priority] ?? 'p1'], pulse.number)
              : t.mine(pulse.number)}
          </span>
          <Go href={`/desk?open=true&event=${pulse.eventId}`} onClick={() => dismissPulse(pulse.key)}>
            {t.show}
          </Go>
          <button type="button" className="tool" aria-label={t.dismiss} onClick={() => dismissPulse(pulse.key)}>
            <Icon name="cross" size={16} />
          </button>
        </div>
      ))}
    </div>
  );
}

import { Button } from 'antd';
import { useText } from '#web/i18n/area.ts';
import { deskEvent } from '#web/i18n/desk-event.ts';
import { formatTime } from '#web/i18n/format.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { Icon } from '#web/ui/icons/Icon.tsx';
import { emergencyNumbers } from '../act/fields/CallField.tsx';
import type { ReportPartProps } from './ReportPage.tsx';

/** Life in danger: which of the three was called, with the moment; the event becomes P0 by the same tap. */
export function UrgentPart({ draft, set }: ReportPartProps) {
  const t = useText(deskEvent).report;
  const lang = languageChoice.use();
  const toggle = (number: string): void => {
    const made = draft.calls.some((one) => one.number === number);
    const calls = made
      ? draft.calls.filter((one) => one.number !== number)
      : [...draft.calls, { number, calledAt: new Date().toISOString(), opId: crypto.randomUUID() }];
    set({ calls, priority: calls.length > 0 ? 0 : draft.priority === 0 ? null : draft.priority });
  };
  return (
    <section className={`urgent${draft.priority === 0 ? ' urgent-on' : ''}`} aria-label={t.urgent}>
      <Icon name="phone" size={22} />
      <div>
        <b>{t.urgent}</b>
        <small>{t.urgentHint}</small>
        <small role="status">
          {draft.calls.map((one) => `${t.called(one.number)} ${formatTime(one.calledAt, lang)}`).join(' · ')}
        </small>
      </div>
      <span className="form-row">
        {emergencyNumbers.map((number) => {
          const made = draft.calls.some((one) => one.number === number);
          return (
            <Button
              key={number}
              size="large"
              danger
              type={made ? 'primary' : 'default'}
              aria-pressed={made}
              aria-label={t.called(number)}
              onClick={() => toggle(number)}
            >
              {number}
            </Button>
          );
        })}
      </span>
    </section>
  );
}

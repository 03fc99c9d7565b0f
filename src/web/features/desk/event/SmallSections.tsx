import { useText } from '#web/i18n/area.ts';
import { deskEvent } from '#web/i18n/desk-event.ts';
import { formatTime } from '#web/i18n/format.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { words } from '#web/i18n/words.ts';
import type { EventDetail } from '../queries.ts';
import { amountWords } from './Clocks.tsx';
import { Section } from './Section.tsx';

/** Events that were merged into this one; their reporters are told of it too. */
export function Merged({ event, onSelect }: { event: EventDetail; onSelect: (id: string) => void }) {
  const t = useText(deskEvent);
  if (event.mergedHere.length === 0) return null;
  return (
    <Section title={t.sections.merged}>
      <ul className="plain">
        {event.mergedHere.map((one) => (
          <li key={one.id}>
            <button type="button" className="link-button" onClick={() => onSelect(one.id)}>
              {one.number} {one.title}
            </button>
          </li>
        ))}
      </ul>
    </Section>
  );
}

export function Extensions({ event }: { event: EventDetail }) {
  const t = useText(deskEvent);
  const w = useText(words);
  const lang = languageChoice.use();
  if (event.extensions.length === 0) return null;
  return (
    <Section title={t.sections.extensions}>
      <ul className="plain">
        {event.extensions.map((one) => (
          <li key={one.id}>
            <i className={`tag ${one.status === 'asked' ? 'tag-urged' : ''}`}>{w.extension[one.status]}</i>{' '}
            {t.extension.asked(amountWords(one.kind, one.amount, lang, t.clock.amount), one.reason)}{' '}
            <small>{formatTime(one.askedAt, lang)}</small>
          </li>
        ))}
      </ul>
    </Section>
  );
}

export function Calls({ event }: { event: EventDetail }) {
  const t = useText(deskEvent);
  const lang = languageChoice.use();
  if (event.calls.length === 0) return null;
  return (
    <Section title={t.sections.calls}>
      <ul className="plain">
        {event.calls.map((one) => (
          <li key={one.id}>
            <b>{t.call.line(one.number, formatTime(one.calledAt, lang))}</b>{' '}
            {one.incidentNumber !== '' && t.call.incident(one.incidentNumber)} {one.note}
          </li>
        ))}
      </ul>
    </Section>
  );
}

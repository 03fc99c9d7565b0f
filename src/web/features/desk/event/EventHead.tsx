import { App } from 'antd';
import { useText } from '#web/i18n/area.ts';
import { deskEvent } from '#web/i18n/desk-event.ts';
import { formatDate, formatTime } from '#web/i18n/format.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { words } from '#web/i18n/words.ts';
import { Icon } from '#web/ui/icons/Icon.tsx';
import { PriorityMark } from '#web/ui/PriorityMark.tsx';
import { StatusMark } from '#web/ui/StatusMark.tsx';
import { DueClock } from '#web/ui/DueClock.tsx';
import { useCategories, useUnitName } from '../names.ts';
import { useNow } from '#web/app/now.ts';
import type { EventDetail } from '../queries.ts';
import { mainClock } from './Clocks.tsx';
import { clockFace, rowFace } from '#web/ui/clock-face.ts';

/** Number, title, how urgent, where it stands, whose it is, how much time is left. */
export function EventHead({ event, onSelect }: { event: EventDetail; onSelect: (id: string) => void }) {
  const t = useText(deskEvent);
  const w = useText(words);
  const lang = languageChoice.use();
  const now = useNow();
  const { nameOf } = useCategories();
  const unitName = useUnitName();
  const clock = mainClock(event.clocks, event.dueAt);
  const face = clock === undefined ? rowFace(event, now) : clockFace(clock, now);
  const category = nameOf(event.categoryCode);
  return (
    <header className="event-head">
      <div className="event-marks">
        <PriorityMark priority={event.priority} />
        <StatusMark status={event.status} />
        {event.dueAt !== null && <DueClock face={face} dueAt={event.dueAt} />}
        <span className="spring" />
        <NumberButton number={event.number} />
      </div>
      <h2>{event.title === '' ? category : event.title}</h2>
      <p className="event-line">
        <span>{category}</span>
        <span>{w.channel[event.channel]}</span>
        <span>{t.reportedAt(formatTime(event.reportedAt, lang))}</span>
        {event.reportCount > 1 && <span>{t.reporters(event.reportCount)}</span>}
      </p>
      <p className="event-line">
        <span>
          {t.owner} <b>{unitName(event.ownerUnit)}</b>
        </span>
        {event.supervised && <i className="tag tag-supervised">{t.supervised}</i>}
        {event.urges > 0 && <i className="tag tag-urged">{t.urged(event.urges)}</i>}
        {event.returns > 0 && <i className="tag">{t.returns(event.returns)}</i>}
        {event.reworks > 0 && <i className="tag">{t.reworks(event.reworks)}</i>}
        {event.reopens > 0 && <i className="tag">{t.reopens(event.reopens)}</i>}
        {event.rating !== null && <i className="tag tag-leaf">{t.rating(event.rating)}</i>}
        {event.reviewAt !== null && event.status === 'shelved' && (
          <i className="tag">{t.reviewAt(formatDate(event.reviewAt, lang))}</i>
        )}
        {event.mergedInto !== null && (
          <button
            type="button"
            className="link-button"
            onClick={() => event.mergedInto !== null && onSelect(event.mergedInto.id)}
          >
            {t.mergedInto(event.mergedInto.number)}
          </button>
        )}
      </p>
      {event.outside && (
        <p className="note">
          <Icon name="warning" size={18} /> {t.outside}
        </p>
      )}
    </header>
  );
}

function NumberButton({ number }: { number: string }) {
  const t = useText(deskEvent);
  const { message } = App.useApp();
  // Without TLS there is no clipboard: the number is then plain text to be marked and copied.
  if (typeof navigator.clipboard?.writeText !== 'function') return <span className="event-number">{number}</span>;
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(number);
    void message.success(t.copied);
  };
  return (
    <button
      type="button"
      className="event-number"
      title={t.copyNumber}
      aria-label={`${t.number} ${number}. ${t.copyNumber}`}
      onClick={() => void copy()}
    >
      {number}
      <Icon name="copy" size={13} />
    </button>
  );
}

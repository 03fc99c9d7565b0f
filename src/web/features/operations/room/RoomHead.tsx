import { useState } from 'react';
import { Button } from 'antd';
import { operationRoutes } from '#contract/operations.ts';
import { ask } from '#web/app/ask.ts';
import { Go } from '#web/app/Go.tsx';
import { useNow } from '#web/app/now.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { formatDuration, formatTime } from '#web/i18n/format.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { operations } from '#web/i18n/operations.ts';
import { Icon } from '#web/ui/icons/Icon.tsx';
import { PriorityMark } from '#web/ui/PriorityMark.tsx';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { StatusMark } from '#web/ui/StatusMark.tsx';
import { LittleForm, WordsField } from '../parts/Fields.tsx';
import { useCategoryName, useName } from '../parts/names.ts';
import { eventsKey, type Room } from '../queries.ts';

/** Which event, how urgent, where, since when, who leads. */
export function RoomHead({ room }: { room: Room }) {
  const t = useText(operations).room;
  const nameOf = useName();
  const categoryName = useCategoryName();
  const lang = languageChoice.use();
  const now = useNow();
  const [ending, setEnding] = useState(false);
  const { event, operation } = room;
  const since = operation?.openedAt ?? event.reportedAt;
  const until = operation?.endedAt ?? null;
  const span = (until === null ? now : Date.parse(until)) - Date.parse(since);
  const category = categoryName(event.categoryCode);
  return (
    <header className="room-head">
      <div className="room-marks">
        <Go href={`/desk?event=${event.id}`} className="room-back">
          <Icon name="back" size={16} />
          {t.back}
        </Go>
        <PriorityMark priority={event.priority} />
        <StatusMark status={event.status} />
        <span className="room-number">{event.number}</span>
        <span className="spring" />
        <time dateTime={since} title={formatTime(since, lang)} className="room-elapsed">
          {t.elapsed(formatDuration(span, lang))}
        </time>
        {room.may.end && (
          <button type="button" className="room-button" aria-expanded={ending} onClick={() => setEnding(!ending)}>
            {t.end}
          </button>
        )}
      </div>
      <h1>{event.title === '' ? category : event.title}</h1>
      <p className="room-facts">
        <span>
          {t.category} <b>{category}</b>
        </span>
        <span>
          {t.place} <b>{event.placeWords === '' ? t.placeUnknown : event.placeWords}</b>
        </span>
        <span>
          {t.lead} <b>{nameOf(room.leadUnit)}</b>
        </span>
        <span className="quiet room-keys">{t.keys}</span>
      </p>
      {until !== null && <p className="note">{t.ended(formatTime(until, lang))}</p>}
      {ending && <EndForm eventId={event.id} onClose={() => setEnding(false)} />}
    </header>
  );
}

function EndForm({ eventId, onClose }: { eventId: string; onClose: () => void }) {
  const t = useText(operations).room;
  const c = useText(common);
  const [reason, setReason] = useState('');
  const act = useAct(
    (text: string, opId) => ask(operationRoutes.end, { params: { id: eventId }, body: { opId, reason: text } }),
    { stale: [eventsKey], onDone: onClose },
  );
  const ready = reason.trim().length >= 2;
  const send = (): void => {
    if (ready) act.mutate(reason.trim());
  };
  return (
    <LittleForm label={t.end} onSend={send} onClose={onClose}>
      <WordsField first label={t.endWhy} hint={t.endHint} value={reason} onChange={setReason} />
      <ProblemNote error={act.error} />
      <div className="room-buttons">
        <Button type="primary" htmlType="submit" disabled={!ready} loading={act.isPending}>
          {t.end}
        </Button>
        <Button onClick={onClose}>{c.close}</Button>
      </div>
    </LittleForm>
  );
}

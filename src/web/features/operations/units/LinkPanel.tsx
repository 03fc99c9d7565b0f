import { Button } from 'antd';
import { useState } from 'react';
import { linkHours, operationRoutes } from '#contract/operations.ts';
import { ask } from '#web/app/ask.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { formatTime } from '#web/i18n/format.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { operations } from '#web/i18n/operations.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { LineField, LittleForm, WordsField } from '../parts/Fields.tsx';
import { useName } from '../parts/names.ts';
import { eventsKey, type Room, type Task, type TaskLink } from '../queries.ts';
import { LinkOnce } from './LinkOnce.tsx';

/** Lets a unit without accounts do its task by a signed link: make one, send it, take it back. */
export function LinkPanel({ task, room }: { task: Task; room: Room }) {
  const t = useText(operations).link;
  const nameOf = useName();
  const [phone, setPhone] = useState('');
  const [hours, setHours] = useState(`${linkHours.usual}`);
  const act = useAct(
    (body: { phone: string; hours: number }, opId) =>
      ask(operationRoutes.link, { params: { id: room.event.id }, body: { opId, taskId: task.id, ...body } }),
    { stale: [eventsKey] },
  );
  const many = Number(hours);
  const wrongHours = !Number.isInteger(many) || many < linkHours.min || many > linkHours.max;
  const wrongPhone = !/^[0-9+\- ]{0,20}$/.test(phone);
  const send = (): void => {
    if (!wrongHours && !wrongPhone) act.mutate({ phone: phone.trim(), hours: many });
  };
  const links = room.links.filter((link) => link.taskId === task.id);
  return (
    <div className="link-panel">
      <p className="quiet">{t.about}</p>
      {act.data === undefined ? (
        <LittleForm label={t.title(nameOf(task.unit))} onSend={send}>
          <div className="room-row">
            <LineField
              label={t.phone}
              type="tel"
              max={20}
              value={phone}
              error={wrongPhone ? t.phoneWrong : undefined}
              onChange={setPhone}
            />
            <LineField
              label={t.hours}
              type="number"
              min={linkHours.min}
              max={linkHours.max}
              value={hours}
              error={wrongHours ? t.hoursWrong(linkHours.min, linkHours.max) : undefined}
              onChange={setHours}
            />
          </div>
          <ProblemNote error={act.error} />
          <div className="room-buttons">
            <Button type="primary" htmlType="submit" disabled={wrongHours || wrongPhone} loading={act.isPending}>
              {t.make}
            </Button>
          </div>
        </LittleForm>
      ) : (
        <LinkOnce
          link={location.origin + act.data.path}
          unit={nameOf(task.unit)}
          place={room.event.placeWords === '' ? room.event.number : room.event.placeWords}
          phone={phone.trim()}
        />
      )}
      <h4 className="room-small-title">{t.list}</h4>
      {links.length === 0 && <p className="quiet">{t.none}</p>}
      <ul className="room-list">
        {links.map((link) => (
          <LinkLine key={link.id} link={link} eventId={room.event.id} />
        ))}
      </ul>
    </div>
  );
}

function LinkLine({ link, eventId }: { link: TaskLink; eventId: string }) {
  const t = useText(operations).link;
  const lang = languageChoice.use();
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  const act = useAct(
    (text: string, opId) =>
      ask(operationRoutes.revokeLink, { params: { id: eventId, linkId: link.id }, body: { opId, reason: text } }),
    { stale: [eventsKey], onDone: () => setAsking(false) },
  );
  const ready = reason.trim().length >= 2;
  const send = (): void => {
    if (ready) act.mutate(reason.trim());
  };
  const facts = [
    link.personName ?? '',
    link.phoneMasked,
    t.states[link.state],
    link.state === 'open' ? t.valid(formatTime(link.expiresAt, lang)) : '',
    t.used(link.openedCount),
  ].filter((one) => one !== '');
  return (
    <li>
      <p className="unit-line">
        <span>{facts.join(' · ')}</span>
        <span className="spring" />
        {link.state === 'open' && (
          <button type="button" className="link-button" aria-expanded={asking} onClick={() => setAsking(!asking)}>
            {t.revoke}
          </button>
        )}
      </p>
      {asking && (
        <LittleForm label={t.revoke} onSend={send} onClose={() => setAsking(false)}>
          <WordsField first rows={1} label={t.revokeWhy} hint={t.revokeHint} value={reason} onChange={setReason} />
          <ProblemNote error={act.error} />
          <div className="room-buttons">
            <Button danger htmlType="submit" disabled={!ready} loading={act.isPending}>
              {t.revoke}
            </Button>
          </div>
        </LittleForm>
      )}
    </li>
  );
}

import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { groupRoutes } from '#contract/groups.ts';
import { ask } from '#web/app/ask.ts';
import { Go } from '#web/app/Go.tsx';
import { may, useMe } from '#web/app/me.ts';
import { useShortcuts } from '#web/app/shortcuts.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { formatTime } from '#web/i18n/format.ts';
import { groups } from '#web/i18n/groups.ts';
import { words } from '#web/i18n/words.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { EventForm } from './EventForm.tsx';
import { groupKeys, messagesQuery, type GroupDetail, type GroupMessage } from './queries.ts';

/** What was said; keys choose a message, make it an event, begin an answer. */
export function TalkPart({ group }: { group: GroupDetail }) {
  const t = useText(groups);
  const me = useMe();
  const query = useQuery(messagesQuery(group.id));
  const [chosen, setChosen] = useState<string | null>(null);
  const [making, setMaking] = useState<string | null>(null);
  const answer = useRef<HTMLTextAreaElement>(null);
  const messages = query.data?.items ?? [];
  const talk = messages.filter(({ kind }) => kind === 'member');
  const at = talk.findIndex(({ id }) => id === chosen);
  const move = (step: number): void => {
    const next = talk[at < 0 ? talk.length - 1 : Math.min(talk.length - 1, Math.max(0, at + step))];
    if (next === undefined) return;
    setChosen(next.id);
    document.getElementById(`message-${next.id}`)?.scrollIntoView({ block: 'nearest' });
  };
  const mayMake = may(me, 'event.report');
  const make = (id: string | null): void => {
    const message = talk.find((one) => one.id === id);
    if (mayMake && message !== undefined && isOpen(message)) setMaking(message.id);
  };
  const newest = messages.at(-1)?.id;
  // What was said last is what one came for.
  useEffect(() => {
    if (newest !== undefined) document.getElementById(`message-${newest}`)?.scrollIntoView({ block: 'nearest' });
  }, [newest]);
  useShortcuts({
    j: () => move(1),
    k: () => move(-1),
    e: () => make(chosen ?? talk.findLast(isOpen)?.id ?? null),
    r: () => answer.current?.focus(),
  });
  return (
    <>
      <ProblemNote error={query.error} onRetry={() => void query.refetch()} />
      <ol className="groups-messages">
        {messages.map((message) => (
          <Message
            key={message.id}
            group={group}
            message={message}
            chosen={message.id === chosen}
            onMake={mayMake ? () => make(message.id) : null}
          />
        ))}
      </ol>
      {messages.length === 0 && query.isSuccess && <p className="quiet">{t.quiet}</p>}
      <Answer group={group} field={answer} waiting={messages.some((one) => one.waiting)} />
      <p className="quiet groups-keys">{t.keys}</p>
      {making !== null && <EventForm group={group} messageId={making} onClose={() => setMaking(null)} />}
    </>
  );
}

function isOpen(message: GroupMessage): boolean {
  return message.event === null && !message.hidden && !message.erased;
}

interface MessageProps {
  group: GroupDetail;
  message: GroupMessage;
  chosen: boolean;
  onMake: (() => void) | null;
}

function Message({ group, message, chosen, onMake }: MessageProps) {
  const t = useText(groups);
  const [hiding, setHiding] = useState(false);
  if (message.kind === 'status')
    return (
      <li id={`message-${message.id}`} className="groups-status">
        {message.text}
      </li>
    );
  const author = message.author === '' ? t.someone : message.author;
  return (
    <li
      id={`message-${message.id}`}
      className={`groups-message groups-${message.kind}`}
      aria-current={chosen ? 'true' : undefined}
    >
      <p className="groups-said">
        <b>{author}</b> <time dateTime={message.at}>{formatTime(message.at)}</time>
        {message.hasPhone && <span className="tag">{t.phone}</span>}
        {message.pollId !== null && <span className="tag">{t.underPoll}</span>}
        {message.waiting && <span className="groups-waiting">{t.unanswered}</span>}
      </p>
      {message.hidden && <p className="quiet">{t.hiddenFor(message.hiddenReason)}</p>}
      <p className="groups-words">{message.erased ? t.erased : message.text}</p>
      <Photos group={group} message={message} />
      <Mark message={message} />
      <div className="form-buttons">
        {message.kind === 'member' && onMake !== null && isOpen(message) && (
          <button type="button" className="tool tool-framed" onClick={onMake}>
            {t.toEvent}
          </button>
        )}
        {group.mayManage && !message.hidden && !message.erased && (
          <button type="button" className="tool" aria-expanded={hiding} onClick={() => setHiding(!hiding)}>
            {t.hide}
          </button>
        )}
      </div>
      {hiding && <HideForm group={group} message={message} onDone={() => setHiding(false)} />}
    </li>
  );
}

function Photos({ group, message }: { group: GroupDetail; message: GroupMessage }) {
  const t = useText(groups);
  return (
    <div className="groups-photos">
      {message.photos.map(({ id }, k) => (
        <a key={id} href={`/api/groups/${group.id}/photos/${id}?size=full`} target="_blank" rel="noreferrer">
          <img src={`/api/groups/${group.id}/photos/${id}?size=thumb`} alt={t.photo(k + 1)} loading="lazy" />
        </a>
      ))}
    </div>
  );
}

function Mark({ message: { event } }: { message: GroupMessage }) {
  const t = useText(groups);
  const w = useText(words);
  if (event === null) return null;
  return (
    <p>
      <Go href={`/desk?event=${event.id}`}>{t.event(event.number, w.status[event.status])}</Go>
    </p>
  );
}

function HideForm({ group, message, onDone }: { group: GroupDetail; message: GroupMessage; onDone: () => void }) {
  const t = useText(groups);
  const [reason, setReason] = useState('');
  const act = useAct(
    (input: { reason: string }, opId) =>
      ask(groupRoutes.hide, { params: { id: group.id, messageId: message.id }, body: { opId, ...input } }),
    { stale: [groupKeys.all], onDone },
  );
  return (
    <form
      className="groups-form"
      onSubmit={(event) => {
        event.preventDefault();
        act.mutate({ reason });
      }}
    >
      <label>
        {t.hideReason}
        <input
          value={reason}
          required
          minLength={2}
          maxLength={200}
          onChange={({ target }) => setReason(target.value)}
        />
      </label>
      <ProblemNote error={act.error} />
      <button type="submit" className="tool tool-framed" disabled={act.isPending}>
        {t.hide}
      </button>
    </form>
  );
}

interface AnswerProps {
  group: GroupDetail;
  field: React.RefObject<HTMLTextAreaElement | null>;
  waiting: boolean;
}

function Answer({ group, field, waiting }: AnswerProps) {
  const t = useText(groups);
  const [text, setText] = useState('');
  const say = useAct(
    (input: { text: string }, opId) => ask(groupRoutes.say, { params: { id: group.id }, body: { opId, ...input } }),
    { stale: [groupKeys.all], onDone: () => setText('') },
  );
  const settle = useAct((_input: null, opId) => ask(groupRoutes.settle, { params: { id: group.id }, body: { opId } }), {
    stale: [groupKeys.all],
  });
  return (
    <form
      className="groups-form groups-answer"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() !== '') say.mutate({ text });
      }}
    >
      <label>
        {t.say}
        <textarea ref={field} rows={2} maxLength={1000} value={text} onChange={({ target }) => setText(target.value)} />
      </label>
      <ProblemNote error={say.error ?? settle.error} />
      <div className="form-buttons">
        <button type="submit" className="tool tool-framed groups-main" disabled={say.isPending || text.trim() === ''}>
          {t.send}
        </button>
        {waiting && (
          <button
            type="button"
            className="tool tool-framed"
            disabled={settle.isPending}
            onClick={() => settle.mutate(null)}
          >
            {t.settle}
          </button>
        )}
      </div>
    </form>
  );
}

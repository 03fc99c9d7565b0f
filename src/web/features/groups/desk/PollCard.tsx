import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { groupRoutes } from '#contract/groups.ts';
import { ask } from '#web/app/ask.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { formatNumber, formatTime } from '#web/i18n/format.ts';
import { groups } from '#web/i18n/groups.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { commentsQuery, groupKeys, type GroupDetail, type GroupPoll } from './queries.ts';

interface PollProps {
  group: GroupDetail;
  poll: GroupPoll;
}

/** One poll: how it stands, what was said under it, its minutes once it is closed. */
export function PollCard({ group, poll }: PollProps) {
  const t = useText(groups).poll;
  const close = useAct(
    (_input: null, opId) => ask(groupRoutes.closePoll, { params: { id: group.id, pollId: poll.id }, body: { opId } }),
    { stale: [groupKeys.all] },
  );
  return (
    <article className="groups-card">
      <Standing poll={poll} />
      <Minutes group={group} poll={poll} />
      <ProblemNote error={close.error} />
      {group.mayManage && poll.closedAt === null && (
        <button
          type="button"
          className="tool tool-framed"
          disabled={close.isPending}
          onClick={() => close.mutate(null)}
        >
          {t.close}
        </button>
      )}
      <Comments group={group} poll={poll} />
    </article>
  );
}

function Standing({ poll }: { poll: GroupPoll }) {
  const t = useText(groups).poll;
  const { result } = poll;
  return (
    <>
      <h3>{poll.question}</h3>
      <p className="quiet">
        {[
          poll.closedAt === null ? t.until_(formatTime(poll.until)) : t.closed(formatTime(poll.closedAt)),
          poll.needed === 0
            ? t.took(formatNumber(poll.voters))
            : t.voters(formatNumber(poll.voters), formatNumber(poll.needed)),
          result === null || result.needed === 0 ? '' : result.reached ? t.reached : t.notReached,
        ]
          .filter((part) => part !== '')
          .join(' · ')}
      </p>
      <ul className="groups-options">
        {poll.options.map((option, k) => (
          <li key={option}>
            <span>{option}</span>
            {result !== null && <b>{t.votes(formatNumber(result.counts[k] ?? 0))}</b>}
          </li>
        ))}
      </ul>
    </>
  );
}

function Minutes({ group, poll }: PollProps) {
  const t = useText(groups).poll;
  const [writing, setWriting] = useState(false);
  if (poll.closedAt === null) return null;
  if (writing) return <MinutesForm group={group} poll={poll} onDone={() => setWriting(false)} />;
  return (
    <>
      {poll.minutes !== '' && (
        <p className="groups-words">
          <b>{t.minutes}</b> {poll.minutes}
        </p>
      )}
      {group.mayManage && (
        <button type="button" className="tool tool-framed" onClick={() => setWriting(true)}>
          {poll.minutes === '' ? t.write : t.rewrite}
        </button>
      )}
    </>
  );
}

function MinutesForm({ group, poll, onDone }: PollProps & { onDone: () => void }) {
  const t = useText(groups);
  const [minutes, setMinutes] = useState(poll.minutes);
  const act = useAct(
    (body: { minutes: string }, opId) =>
      ask(groupRoutes.writeMinutes, {
        params: { id: group.id, pollId: poll.id },
        body: { opId, version: poll.version, ...body },
      }),
    { stale: [groupKeys.all], onDone },
  );
  return (
    <form
      className="groups-form"
      onSubmit={(event) => {
        event.preventDefault();
        act.mutate({ minutes });
      }}
    >
      <label>
        {t.poll.minutes}
        <textarea
          required
          autoFocus
          rows={4}
          minLength={2}
          maxLength={4000}
          value={minutes}
          placeholder={t.poll.minutesHint}
          onChange={({ target }) => setMinutes(target.value)}
        />
      </label>
      <ProblemNote error={act.error} />
      <div className="form-buttons">
        <button type="submit" className="tool tool-framed groups-main" disabled={act.isPending}>
          {t.poll.saveMinutes}
        </button>
        <button type="button" className="tool tool-framed" onClick={onDone}>
          {t.edit.cancel}
        </button>
      </div>
    </form>
  );
}

function Comments({ group, poll }: PollProps) {
  const t = useText(groups).poll;
  const [shown, setShown] = useState(false);
  return (
    <>
      <button type="button" className="tool tool-framed" aria-expanded={shown} onClick={() => setShown(!shown)}>
        {t.comments(formatNumber(poll.comments))}
      </button>
      {shown && <CommentList group={group} poll={poll} />}
    </>
  );
}

function CommentList({ group, poll }: PollProps) {
  const t = useText(groups);
  const query = useQuery(commentsQuery(group.id, poll.id));
  const [text, setText] = useState('');
  const act = useAct(
    (body: { text: string }, opId) =>
      ask(groupRoutes.say, { params: { id: group.id }, body: { opId, pollId: poll.id, ...body } }),
    { stale: [groupKeys.all], onDone: () => setText('') },
  );
  return (
    <>
      <ProblemNote error={query.error} onRetry={() => void query.refetch()} />
      <ol className="groups-messages">
        {query.data?.items.map((one) => (
          <li key={one.id} className={`groups-message groups-${one.kind}`}>
            <p className="groups-said">
              <b>{one.author === '' ? t.someone : one.author}</b> <time dateTime={one.at}>{formatTime(one.at)}</time>
              {one.waiting && <span className="groups-waiting">{t.unanswered}</span>}
            </p>
            <p className="groups-words">
              {one.hidden ? t.hiddenFor(one.hiddenReason) : one.erased ? t.erased : one.text}
            </p>
          </li>
        ))}
      </ol>
      <form
        className="groups-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (text.trim() !== '') act.mutate({ text });
        }}
      >
        <label>
          {t.say}
          <textarea rows={2} maxLength={1000} value={text} onChange={({ target }) => setText(target.value)} />
        </label>
        <ProblemNote error={act.error} />
        <button type="submit" className="tool tool-framed groups-main" disabled={act.isPending || text.trim() === ''}>
          {t.send}
        </button>
      </form>
    </>
  );
}

import { useState } from 'react';
import { callAsMember } from '#web/app/group-api.ts';
import { newOpId } from '#web/app/op-id.ts';
import { useLoad } from '#web/app/use-load.ts';
import { useText } from '#web/i18n/area.ts';
import { formatNumber, formatTime } from '#web/i18n/format.ts';
import { groupHome } from '#web/i18n/group-home.ts';
import { Button } from '#web/ui/light/Button.tsx';
import { ErrorNote } from '#web/ui/light/ErrorNote.tsx';
import { TextArea } from '#web/ui/light/Field.tsx';
import { Skeleton } from '#web/ui/light/Skeleton.tsx';

interface CommentsProps {
  id: string;
  pollId: string;
  count: number;
  onDone: () => void;
}

/** What was said under a poll, shown when asked for, and a line to say something there. */
export function Comments(props: CommentsProps) {
  const t = useText(groupHome).home;
  const [shown, setShown] = useState(false);
  return (
    <>
      <button type="button" className="button button-quiet" aria-expanded={shown} onClick={() => setShown(!shown)}>
        {t.comments(formatNumber(props.count))}
      </button>
      {shown && <Said {...props} />}
    </>
  );
}

function Said({ id, pollId, count, onDone }: CommentsProps) {
  const t = useText(groupHome).home;
  const { value, error, reload } = useLoad(`${pollId} ${count}`, (signal) =>
    callAsMember('home', { params: { id }, query: { poll: pollId } }, { signal }),
  );
  return (
    <>
      {error !== undefined && <ErrorNote error={error} onRetry={reload} />}
      {value === undefined && error === undefined && <Skeleton lines={2} />}
      <ol className="group-messages">
        {value?.messages.map((one) => (
          <li key={one.id} className={`group-message${one.mine ? ' group-mine' : ''} group-${one.kind}`}>
            <p className="group-author">
              <b>{one.mine ? t.me : one.author === '' ? t.gone : one.author}</b>{' '}
              <time dateTime={one.at}>{formatTime(one.at)}</time>
            </p>
            <p className="group-words">{one.hidden ? t.hidden : one.erased ? t.erased : one.text}</p>
          </li>
        ))}
      </ol>
      <CommentForm id={id} pollId={pollId} onDone={onDone} />
    </>
  );
}

function CommentForm({ id, pollId, onDone }: Omit<CommentsProps, 'count'>) {
  const t = useText(groupHome).home;
  const [text, setText] = useState('');
  const [opId, setOpId] = useState(newOpId);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const send = async (): Promise<void> => {
    if (text.trim() === '') return;
    setBusy(true);
    setError(undefined);
    try {
      await callAsMember('say', { params: { id }, body: { opId, text, pollId } });
      setText('');
      setOpId(newOpId());
      onDone();
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      className="group-form"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <TextArea label={t.comment} value={text} rows={2} maxLength={1000} left={t.left} onChange={setText} />
      {error !== undefined && <ErrorNote error={error} />}
      <Button type="submit" icon="send" busy={busy}>
        {t.send}
      </Button>
    </form>
  );
}

import { useState } from 'react';
import { callAsMember } from '#web/app/group-api.ts';
import { newOpId } from '#web/app/op-id.ts';
import { useText } from '#web/i18n/area.ts';
import { formatNumber, formatTime } from '#web/i18n/format.ts';
import { groupHome } from '#web/i18n/group-home.ts';
import { Button } from '#web/ui/light/Button.tsx';
import { ErrorNote } from '#web/ui/light/ErrorNote.tsx';
import { Comments } from './Comments.tsx';
import type { Home } from './use-home.ts';

type Poll = Home['polls'][number];

/** 网格议事: what is asked, one's own vote, and results once they stand. */
export function Polls({ id, polls, onDone }: { id: string; polls: readonly Poll[]; onDone: () => void }) {
  const t = useText(groupHome).home;
  if (polls.length === 0) return <p className="part">{t.noPolls}</p>;
  return (
    <>
      {polls.map((poll) => (
        <article key={poll.id} className="part">
          <h2 className="part-title">{poll.question}</h2>
          {poll.note !== '' && <p className="group-words">{poll.note}</p>}
          <p className="group-author">
            {poll.closedAt === null ? t.until(formatTime(poll.until)) : t.closed(formatTime(poll.closedAt))} ·{' '}
            {t.voters(formatNumber(poll.voters))}
            {poll.needed > 0 && ` · ${t.needed(formatNumber(poll.needed))}`}
          </p>
          {poll.result === null ? <Choices id={id} poll={poll} onDone={onDone} /> : <Result poll={poll} />}
          {poll.minutes !== '' && (
            <>
              <h3>{t.minutes}</h3>
              <p className="group-words">{poll.minutes}</p>
            </>
          )}
          <Comments id={id} pollId={poll.id} count={poll.comments} onDone={onDone} />
        </article>
      ))}
    </>
  );
}

function Choices({ id, poll, onDone }: { id: string; poll: Poll; onDone: () => void }) {
  const t = useText(groupHome).home;
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState<number | null>(null);
  const vote = async (choice: number): Promise<void> => {
    setBusy(choice);
    setError(undefined);
    try {
      await callAsMember('vote', { params: { id, pollId: poll.id }, body: { opId: newOpId(), choice } });
      onDone();
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(null);
    }
  };
  return (
    <>
      <ul className="group-options">
        {poll.options.map((option, choice) => (
          <li key={option}>
            <Button
              wide
              pressed={poll.myChoice === choice}
              busy={busy === choice}
              {...(poll.myChoice === choice ? { icon: 'check' as const } : {})}
              onClick={() => void vote(choice)}
            >
              {option}
            </Button>
          </li>
        ))}
      </ul>
      <p className="field-hint">{poll.myChoice === null ? t.choose : t.chosen}</p>
      <p className="field-hint">{t.secret}</p>
      {error !== undefined && <ErrorNote error={error} />}
    </>
  );
}

function Result({ poll }: { poll: Poll }) {
  const t = useText(groupHome).home;
  const { result } = poll;
  if (result === null) return null;
  const share = (n: number): number => (result.voters === 0 ? 0 : Math.round((n * 100) / result.voters));
  return (
    <>
      <ul className="group-options">
        {poll.options.map((option, k) => {
          const n = result.counts[k] ?? 0;
          return (
            <li key={option} className="group-bar">
              <span>{option}</span>
              <span>{t.votes(formatNumber(n), `${share(n)}%`)}</span>
              <span className="group-bar-line" style={{ inlineSize: `${share(n)}%` }} aria-hidden="true" />
            </li>
          );
        })}
      </ul>
      {result.needed > 0 && <p>{result.reached ? t.reached : t.notReached}</p>}
    </>
  );
}

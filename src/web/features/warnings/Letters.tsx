import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { warningSourceRoutes } from '#contract/warning-sources.ts';
import { ask } from '#web/app/ask.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { formatTime } from '#web/i18n/format.ts';
import { warnings } from '#web/i18n/warnings.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { letterQuery, lettersQuery, warningKeys, type LetterRow } from './queries.ts';
import { Refusal } from './Refusal.tsx';

const stale = [warningKeys.sources, warningKeys.all];

/** Documents that could not be read: each with its error, to be read again or put away. */
export function Letters() {
  const t = useText(warnings).sources;
  const { data, error, refetch } = useQuery(lettersQuery);
  return (
    <section>
      <h2>{t.letters}</h2>
      <ProblemNote error={error} onRetry={() => void refetch()} />
      {data?.items.length === 0 && <p className="quiet">{t.noLetters}</p>}
      <ul className="warnings-rows">
        {data?.items.map((row) => (
          <Letter key={row.id} row={row} />
        ))}
      </ul>
    </section>
  );
}

function Letter({ row }: { row: LetterRow }) {
  const t = useText(warnings).sources;
  const { id } = row;
  const [reason, setReason] = useState('');
  const [shown, setShown] = useState(false);
  const replay = useAct(() => ask(warningSourceRoutes.replayLetter, { params: { id }, body: {} }), { stale });
  const discard = useAct(
    (words: string) => ask(warningSourceRoutes.discardLetter, { params: { id }, body: { reason: words } }),
    { stale },
  );
  const putAway = (event: FormEvent): void => {
    event.preventDefault();
    discard.mutate(reason.trim());
  };
  return (
    <li className="warning-source">
      <span className="warnings-marks">
        <b>{row.source ?? t.upload}</b>
        <time className="quiet" dateTime={row.lastAt}>
          {formatTime(row.lastAt)}
        </time>
        <span className="quiet">{t.times(row.times)}</span>
      </span>
      <span className="warning-trouble" lang="en">
        {row.error}
      </span>
      <form className="warnings-marks" onSubmit={putAway}>
        <button type="button" className="tool tool-framed" onClick={() => setShown(!shown)} aria-expanded={shown}>
          {t.show}
        </button>
        <button
          type="button"
          className="tool tool-framed"
          disabled={replay.isPending}
          onClick={() => replay.mutate(undefined)}
        >
          {t.replay}
        </button>
        <label className="warning-inline">
          <span>{t.reason}</span>
          <input
            required
            minLength={2}
            maxLength={200}
            value={reason}
            onChange={({ target }) => setReason(target.value)}
          />
        </label>
        <button type="submit" className="tool tool-framed" disabled={discard.isPending}>
          {t.discard}
        </button>
      </form>
      <Refusal error={replay.error ?? discard.error} />
      {shown && <LetterText id={id} />}
    </li>
  );
}

function LetterText({ id }: { id: string }) {
  const t = useText(warnings).sources;
  const { data } = useQuery(letterQuery(id));
  return data === undefined ? null : (
    <textarea className="warning-text" readOnly rows={12} aria-label={t.show} value={data.text} />
  );
}

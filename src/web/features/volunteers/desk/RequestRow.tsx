import { formatDate } from '#web/i18n/format.ts';
import { useState } from 'react';
import { volunteerRoutes } from '#contract/volunteers.ts';
import { ask } from '#web/app/ask.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { volunteers } from '#web/i18n/volunteers.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { usePosts } from './Parts.tsx';
import { volunteersKey, type Request } from './queries.ts';
import { clockOf, dayIn } from '#web/i18n/local-time.ts';
import { dayWords, momentOf } from './times.ts';

/** A volunteer says a record is wrong: it is put right here, or kept, and either way they are told why. */
export function RequestRow({ one }: { one: Request }) {
  const t = useText(volunteers);
  const lang = languageChoice.use();
  const { post } = usePosts();
  const day = dayIn(one.startsAt);
  const [from, setFrom] = useState(clockOf(one.attendance.arrivedAt ?? one.startsAt));
  const [until, setUntil] = useState(clockOf(one.attendance.leftAt ?? one.endsAt));
  const [answer, setAnswer] = useState('');
  const confirmed = one.attendance.presence !== null;
  const act = useAct(
    (fix: boolean, opId) => {
      const correction = {
        version: one.signUpVersion,
        presence: 'came' as const,
        arrivedAt: momentOf(one, from),
        leftAt: momentOf(one, until),
      };
      return ask(volunteerRoutes.answerRequest, {
        params: { id: one.id },
        body: { opId, answer, ...(fix ? { correction } : {}) },
      });
    },
    { stale: [volunteersKey] },
  );
  const blocked = act.isPending || answer.trim().length < 2;
  return (
    <li className="roster-person">
      <div className="roster-line">
        <strong>
          {one.name} {one.phoneTail}
        </strong>
        <span className="quiet">
          {dayWords(lang, day)} {clockOf(one.startsAt)}–{clockOf(one.endsAt)} {post(one.post)}
        </span>
        <span className="roster-mark">{t.requests.due(formatDate(one.dueDay))}</span>
      </div>
      <p>{one.said}</p>
      <form
        className="roster-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (!blocked && confirmed) act.mutate(true);
        }}
      >
        {confirmed && (
          <>
            <label className="roster-field">
              <span>{t.shift.arrivedAt}</span>
              <input type="time" required value={from} onChange={({ target }) => setFrom(target.value)} />
            </label>
            <label className="roster-field">
              <span>{t.shift.leftAt}</span>
              <input type="time" required value={until} onChange={({ target }) => setUntil(target.value)} />
            </label>
          </>
        )}
        <label className="roster-field roster-wide">
          <span>{t.requests.answer}</span>
          <input value={answer} maxLength={300} onChange={({ target }) => setAnswer(target.value)} />
        </label>
        {confirmed && (
          <button type="submit" className="tool tool-main" disabled={blocked}>
            {t.requests.fix}
          </button>
        )}
        <button type="button" className="tool tool-framed" disabled={blocked} onClick={() => act.mutate(false)}>
          {t.requests.keep}
        </button>
        <ProblemNote error={act.error} />
      </form>
    </li>
  );
}

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { careRoutes } from '#contract/care.ts';
import { visitPastRoutes } from '#contract/visits-past.ts';
import { ask } from '#web/app/ask.ts';
import { Go } from '#web/app/Go.tsx';
import { useCareTags } from '#web/app/ground-words.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { formatNumber, formatTime } from '#web/i18n/format.ts';
import { visits } from '#web/i18n/visits.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { heldQuery, visitKeys, type HeldPerson } from './queries.ts';

/** Who was told to have moved or died: somebody makes sure, then the record goes, or the visits go on. */
export function Held() {
  const t = useText(visits).held;
  const c = useText(common);
  const { data, error, refetch } = useQuery(heldQuery);
  return (
    <>
      <p className="quiet">{t.lead}</p>
      <ProblemNote error={error} onRetry={() => void refetch()} />
      {data === undefined && error === null && (
        <p className="waiting" role="status">
          {c.loading}
        </p>
      )}
      {data?.items.length === 0 && <p className="visits-none">{t.none}</p>}
      {data !== undefined && data.items.length > 0 && (
        <>
          <p className="quiet" role="status">
            {t.total(formatNumber(data.total))}
          </p>
          <ul className="visits-held">
            {data.items.map((person) => (
              <Person key={`${person.personId} ${person.careVersion}`} person={person} />
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function Person({ person }: { person: HeldPerson }) {
  const all = useText(visits);
  const t = all.held;
  const { nameOf } = useCareTags();
  const [leaving, setLeaving] = useState(false);
  const resume = useAct(
    (_: undefined, opId) =>
      ask(visitPastRoutes.resume, { params: { id: person.personId }, body: { opId, reason: '' } }),
    { stale: [visitKeys.held, visitKeys.plan] },
  );
  return (
    <li>
      <p>
        <b>{person.name}</b> <span className="tag">{all.outcome[person.outcome]}</span>
        <span className="quiet visits-line">{[person.address, person.areaName].filter(Boolean).join(' · ')}</span>
        <span className="quiet visits-line">{person.tags.map(nameOf).join(all.comma)}</span>
        <span className="quiet visits-line">{t.since(formatTime(person.heldAt))}</span>
        <Go href={`/desk/care?row=${person.personId}`}>{t.look}</Go>
      </p>
      {leaving ? (
        <Leave person={person} onClose={() => setLeaving(false)} />
      ) : (
        <div className="visits-form">
          {person.mayRetire && (
            <button
              type="button"
              className="tool tool-framed"
              aria-label={t.leaveWhom(person.name)}
              onClick={() => setLeaving(true)}
            >
              {t.leave}
            </button>
          )}
          <button
            type="button"
            className="tool tool-framed"
            aria-label={t.mistakeOf(person.name)}
            disabled={resume.isPending}
            onClick={() => resume.mutate(undefined)}
          >
            {t.mistake}
          </button>
          <ProblemNote error={resume.error} />
        </div>
      )}
    </li>
  );
}

/** The reason stands there already; it may be changed. */
function Leave({ person, onClose }: { person: HeldPerson; onClose: () => void }) {
  const all = useText(visits);
  const t = all.held;
  const [reason, setReason] = useState<string>(t.reasons[person.outcome]);
  const act = useAct(
    (said: string, opId) =>
      ask(careRoutes.retire, {
        params: { id: person.personId },
        body: { opId, version: person.careVersion, reason: said },
      }),
    { stale: [visitKeys.held, visitKeys.plan, ['care']] },
  );
  return (
    <form
      className="visits-form"
      onSubmit={(pressed) => {
        pressed.preventDefault();
        act.mutate(reason.trim());
      }}
    >
      <input
        type="text"
        aria-label={t.reason}
        minLength={2}
        maxLength={500}
        required
        value={reason}
        onChange={({ target }) => setReason(target.value)}
      />
      <button type="submit" className="tool tool-framed" disabled={act.isPending || reason.trim().length < 2}>
        {t.confirm}
      </button>
      <button type="button" className="tool" onClick={onClose}>
        {all.cancel}
      </button>
      <ProblemNote error={act.error} />
    </form>
  );
}

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { forceRoutes } from '#contract/force.ts';
import { ask } from '#web/app/ask.ts';
import { ProblemError } from '#web/app/problem.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { force } from '#web/i18n/force.ts';
import { formatNumber, formatTime } from '#web/i18n/format.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { Answer } from '#web/ui/Answer.tsx';
import { Pick, useForceWords, useRoleName } from './Parts.tsx';
import { reachableQuery, type Reachable } from './queries.ts';

/** Who can be at this grid now, those to call first; telephones open one by one, and each look is recorded. */
export function ReachPart({ area, name, onBack }: { area: string; name: string; onBack: () => void }) {
  const t = useText(force).reach;
  const [offer, setOffer] = useState('');
  const { offers, offerName } = useForceWords();
  const query = useQuery(reachableQuery(area, offer));
  return (
    <>
      <button type="button" className="tool force-back" onClick={onBack}>
        {t.back}
      </button>
      <div className="force-head">
        <h2>{t.title(name)}</h2>
        <Pick
          label={t.offer}
          value={offer}
          choices={[
            { value: '', words: t.any },
            ...offers.map(({ code }) => ({ value: code, words: offerName(code) })),
          ]}
          onChange={setOffer}
        />
      </div>
      <Answer query={query}>
        {({ items }) => (
          <>
            <p className="quiet" role="status">
              {items.length === 0 ? t.nobody : t.shown(formatNumber(items.length))}
            </p>
            <ul className="force-people">
              {items.map((one) => (
                <Person key={one.id} person={one} />
              ))}
            </ul>
          </>
        )}
      </Answer>
    </>
  );
}

function Person({ person }: { person: Reachable }) {
  const t = useText(force).reach;
  const roleName = useRoleName();
  const { offerName } = useForceWords();
  const roles = person.kind === 'member' ? t.helper : person.roles.map(roleName).join(' ');
  return (
    <li>
      <div className="force-person">
        <b>{person.name}</b>
        <span className={`force-state force-${person.state}`}>{t.state[person.state]}</span>
        {person.until !== null && <span className="quiet">{t.until(formatTime(person.until))}</span>}
        {person.cover !== null && <span>{t.cover(person.cover)}</span>}
        <span className="quiet">
          {roles} · {person.areaName}
        </span>
        {person.channels.includes('push') && <span className="quiet">{t.push}</span>}
      </div>
      {person.offers.length > 0 && (
        <div className="force-tags">
          {person.offers.map((code) => (
            <span key={code} className="tag">
              {offerName(code)}
            </span>
          ))}
        </div>
      )}
      <Phone person={person} />
    </li>
  );
}

function Phone({ person: { kind, id, phone } }: { person: Reachable }) {
  const t = useText(force).reach;
  const [purpose, setPurpose] = useState('');
  const act = useAct((words: string, opId) => ask(forceRoutes.phone, { body: { opId, kind, id, purpose: words } }));
  if (phone === null) return <span className="quiet">{t.noPhone}</span>;
  const asksWhy = act.error instanceof ProblemError && act.error.code === 'reason_needed';
  return (
    <form
      className="force-tools"
      onSubmit={(event) => {
        event.preventDefault();
        act.mutate(purpose);
      }}
    >
      {act.data === undefined ? (
        <>
          <span className="force-phone">{phone}</span>
          {asksWhy && (
            <label className="force-field">
              <span>{t.purpose}</span>
              <input
                required
                minLength={2}
                maxLength={200}
                value={purpose}
                onChange={({ target }) => setPurpose(target.value)}
              />
            </label>
          )}
          <button type="submit" className="tool tool-framed" disabled={act.isPending}>
            {t.show}
          </button>
        </>
      ) : (
        <>
          <span className="force-phone">{act.data.phone}</span>
          <a className="tool tool-framed" href={`tel:${act.data.phone}`}>
            {t.call}
          </a>
        </>
      )}
      {!asksWhy && <ProblemNote error={act.error} />}
    </form>
  );
}

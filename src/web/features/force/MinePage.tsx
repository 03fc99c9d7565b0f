import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { forceRoutes } from '#contract/force.ts';
import { ask } from '#web/app/ask.ts';
import { Go } from '#web/app/Go.tsx';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { force } from '#web/i18n/force.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { fromLocal, toLocal } from '#web/i18n/local-time.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { Answer } from '#web/ui/Answer.tsx';
import { Feeds, Shifts } from './MineDuty.tsx';
import { Line, OfferTicks, Pick, useForceWords, useNamed } from './Parts.tsx';
import { burdenQuery, forceKey, mineQuery, type Mine } from './queries.ts';
import './force.css';

const stale = [forceKey];

/** One's own page: nobody else sees it. */
export function MinePage() {
  const t = useText(force).mine;
  return (
    <div className="page-flow force">
      <h1>{t.title}</h1>
      <p className="quiet">{t.lead}</p>
      <Answer query={useQuery(mineQuery)}>
        {(mine) => (
          <div className="force-cards">
            <Say mine={mine} />
            <Leave mine={mine} />
            <Shifts mine={mine} />
            <Feeds mine={mine} />
          </div>
        )}
      </Answer>
      <Burden />
    </div>
  );
}

function Say({ mine: { said, phoneKnown } }: { mine: Mine }) {
  const t = useText(force).mine;
  const [state, setState] = useState(said.state);
  const [until, setUntil] = useState(toLocal(said.until ?? ''));
  const [offers, setOffers] = useState(said.offers);
  const act = useAct(
    (wish: { state: Mine['said']['state']; until: string | null; offers: string[] }, opId) =>
      ask(forceRoutes.say, { body: { opId, ...wish } }),
    { stale },
  );
  const states = ['none', 'available', 'away'] as const;
  return (
    <form
      className="force-form"
      onSubmit={(event) => {
        event.preventDefault();
        act.mutate({ state, until: state === 'none' || until === '' ? null : fromLocal(until), offers });
      }}
    >
      <h2>{t.say}</h2>
      <p className="quiet">{t.sayNote}</p>
      {!phoneKnown && (
        <p className="force-gap">
          {t.noPhone} <Go href="/desk/me/notices">{t.settings}</Go>
        </p>
      )}
      <Pick
        label={t.say}
        value={state}
        choices={states.map((one) => ({ value: one, words: t.states[one] }))}
        onChange={(next) => setState(states.find((one) => one === next) ?? 'none')}
      />
      {state !== 'none' && <Line label={t.until} type="datetime-local" required value={until} onChange={setUntil} />}
      <OfferTicks value={offers} onChange={setOffers} />
      <ProblemNote error={act.error} />
      <SaveButton pending={act.isPending} />
    </form>
  );
}

function SaveButton({ pending }: { pending: boolean }) {
  return (
    <button type="submit" className="tool tool-framed" disabled={pending}>
      {useText(force).save}
    </button>
  );
}

function Leave({ mine }: { mine: Mine }) {
  const t = useText(force);
  const withdraw = useAct((id: string, opId) => ask(forceRoutes.withdrawLeave, { params: { id }, body: { opId } }), {
    stale,
  });
  return (
    <section className="force-form">
      <h2>{t.mine.leave}</h2>
      <ul className="force-people">
        {mine.leaves.map((one) => (
          <li key={one.id}>
            <div className="force-person">
              <b>{t.days(one.firstDay, one.lastDay)}</b>
              <span className="force-state">{t.leave.states[one.state]}</span>
              <span className="quiet">
                {one.cover?.name ?? (one.state === 'asked' ? t.mine.nobody : t.leave.nobody)}
              </span>
              {(one.state === 'asked' || one.state === 'granted') && (
                <button
                  type="button"
                  className="tool tool-framed"
                  disabled={withdraw.isPending}
                  onClick={() => withdraw.mutate(one.id)}
                >
                  {t.mine.withdraw}
                </button>
              )}
            </div>
          </li>
        ))}
      </ul>
      <ProblemNote error={withdraw.error} />
      {mine.standingIn.length > 0 && <h3>{t.mine.standing}</h3>}
      {mine.standingIn.map((one) => (
        <p key={`${one.name} ${one.firstDay}`}>{t.mine.standingFor(one.name, t.days(one.firstDay, one.lastDay))}</p>
      ))}
      <AskLeave colleagues={mine.colleagues} />
    </section>
  );
}

function AskLeave({ colleagues }: Pick<Mine, 'colleagues'>) {
  const t = useText(force).mine;
  const { reasons, reasonName } = useForceWords();
  const [firstDay, setFirst] = useState('');
  const [lastDay, setLast] = useState('');
  const [reason, setReason] = useState('annual');
  const [cover, setCover] = useState('');
  const act = useAct(
    (wish: { firstDay: string; lastDay: string; reason: string; coverId: string | null }, opId) =>
      ask(forceRoutes.askLeave, { body: { opId, ...wish } }),
    { stale },
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        act.mutate({ firstDay, lastDay, reason, coverId: cover === '' ? null : cover });
      }}
    >
      <Line label={t.first} type="date" required value={firstDay} onChange={setFirst} />
      <Line label={t.last} type="date" required value={lastDay} onChange={setLast} />
      <Pick
        label={t.reason}
        value={reason}
        choices={reasons.map(({ code }) => ({ value: code, words: reasonName(code) }))}
        onChange={setReason}
      />
      <Pick
        label={t.cover}
        value={cover}
        choices={[{ value: '', words: t.nobody }, ...colleagues.map(({ id, name }) => ({ value: id, words: name }))]}
        onChange={setCover}
      />
      <ProblemNote error={act.error} />
      <button type="submit" className="tool tool-framed" disabled={act.isPending}>
        {t.ask}
      </button>
    </form>
  );
}

/** Forms, photos and minutes asked of oneself, week by week. */
function Burden() {
  const t = useText(force);
  const named = useNamed();
  const query = useQuery(burdenQuery);
  return (
    <section className="force-form">
      <h2>{t.mine.burden}</h2>
      <p className="quiet">{t.mine.burdenNote}</p>
      <Answer query={query}>
        {({ weeks }) => (
          <div className="force-scroll">
            <table className="force-table">
              <thead>
                <tr>
                  <th scope="col">{t.mine.week}</th>
                  <th scope="col">{t.mine.forms}</th>
                  <th scope="col">{t.mine.photos}</th>
                  <th scope="col">{t.mine.minutes}</th>
                  <th scope="col">{t.mine.asked}</th>
                  <th scope="col">{t.mine.most}</th>
                </tr>
              </thead>
              <tbody>
                {weeks.map((week) => (
                  <tr key={week.monday}>
                    <th scope="row">{week.monday}</th>
                    <td className="force-number">{formatNumber(week.forms)}</td>
                    <td className="force-number">{formatNumber(week.photos)}</td>
                    <td className="force-number">{formatNumber(week.minutes)}</td>
                    <td className="force-number">{formatNumber(week.askedMinutes)}</td>
                    <td>
                      {week.acts
                        .toSorted((a, b) => b.minutes - a.minutes)
                        .slice(0, 3)
                        .map((one) => t.mine.times(named(one), formatNumber(one.times)))
                        .join(t.comma)}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Answer>
    </section>
  );
}

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { inspectionRoutes } from '#contract/inspections.ts';
import { riskRoutes } from '#contract/risk-points.ts';
import { ask } from '#web/app/ask.ts';
import { Go } from '#web/app/Go.tsx';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { formatDate, formatTime } from '#web/i18n/format.ts';
import { inspections } from '#web/i18n/inspections.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { groundKeys, lookHistoryQuery, type LookHistory, type RiskDetail } from './queries.ts';
import { Late } from './RiskLine.tsx';

/** What is asked at a point now, what was seen there over time, and what came of it. */
export function RiskLooks({ point }: { point: RiskDetail }) {
  const t = useText(inspections);
  const { data, error, refetch } = useQuery(lookHistoryQuery(point.id));
  if (data === undefined) return <ProblemNote error={error} onRetry={() => void refetch()} />;
  return (
    <>
      <Asked history={data} />
      <Proposal point={point} history={data} />
      <Photos history={data} />
      <Events history={data} />
      <section className="ground-looks" aria-label={t.looks}>
        <h3>{t.looks}</h3>
        {data.items.length === 0 ? <p className="quiet">{t.noLooks}</p> : <Looks history={data} />}
      </section>
    </>
  );
}

function Asked({ history: { task } }: { history: LookHistory }) {
  const t = useText(inspections);
  if (task === null) return null;
  return (
    <p className="ground-plain" role="status">
      <Late dueAt={task.dueAt} /> {t.waiting(t.asked[task.reason], formatTime(task.dueAt))}
      {task.reasonWords !== '' && ` · ${task.reasonWords}`}
      {task.rung > 0 && ` · ${task.rung === 1 ? t.told.unit : t.told.street}`}
    </p>
  );
}

/** The state that the last look speaks for, as a proposal: people decide. */
function Proposal({ point, history }: { point: RiskDetail; history: LookHistory }) {
  const t = useText(inspections);
  const to = proposalOf(point, history);
  const act = useAct(
    (state: 'open' | 'controlled', opId) =>
      ask(riskRoutes.edit, { params: { id: point.id }, body: { opId, version: point.version, state } }),
    { stale: [groundKeys.risks] },
  );
  if (to === null) return null;
  return (
    <>
      <p className="ground-plain ground-proposal">
        {t.propose[to]}{' '}
        <button type="button" className="tool tool-framed" disabled={act.isPending} onClick={() => act.mutate(to)}>
          {t.accept}
        </button>
      </p>
      <ProblemNote error={act.error} />
    </>
  );
}

function proposalOf({ mayEdit, state, lastLookResult }: RiskDetail, { events }: LookHistory) {
  if (!mayEdit || lastLookResult === null) return null;
  if (lastLookResult === 'finding') return state === 'controlled' ? 'open' : null;
  return state === 'open' && !events.some(({ open }) => open) ? 'controlled' : null;
}

interface Shot {
  id: string;
  at: string;
  full: string;
  thumb: string;
}

function shotsOf({ items }: LookHistory): Shot[] {
  return items.toReversed().flatMap((look) =>
    look.photos.map(({ id }) => {
      const path = inspectionRoutes.photo.path.replace(':id', look.id).replace(':photoId', id);
      return { id, at: look.at, full: path, thumb: `${path}?size=thumb` };
    }),
  );
}

/** The strip of time, and the first beside the one chosen. */
function Photos({ history }: { history: LookHistory }) {
  const t = useText(inspections);
  const shots = shotsOf(history);
  const [chosen, choose] = useState<string | null>(null);
  const [first] = shots;
  const later = shots.find(({ id }) => id === chosen) ?? shots.at(-1);
  if (first === undefined || later === undefined) return null;
  return (
    <section className="ground-photos" aria-label={t.photos}>
      <h3>{t.photos}</h3>
      <ul className="ground-strip">
        {shots.map((shot) => (
          <li key={shot.id}>
            <button type="button" aria-pressed={shot.id === later.id} onClick={() => choose(shot.id)}>
              <img src={shot.thumb} alt={t.photo(formatTime(shot.at))} loading="lazy" />
              <small>{formatDate(shot.at)}</small>
            </button>
          </li>
        ))}
      </ul>
      {later.id !== first.id && (
        <div className="ground-compare" role="group" aria-label={t.compare}>
          <Side words={t.earlier} shot={first} />
          <Side words={t.later} shot={later} />
        </div>
      )}
    </section>
  );
}

function Side({ words, shot }: { words: string; shot: Shot }) {
  const t = useText(inspections);
  return (
    <figure>
      <a href={shot.full} target="_blank" rel="noreferrer">
        <img src={shot.full} alt={t.photo(formatTime(shot.at))} loading="lazy" />
      </a>
      <figcaption>
        {words} · {formatDate(shot.at)}
      </figcaption>
    </figure>
  );
}

function Events({ history: { events } }: { history: LookHistory }) {
  const t = useText(inspections);
  if (events.length === 0) return null;
  return (
    <section aria-label={t.events}>
      <h3>{t.events}</h3>
      <ul className="ground-list-plain">
        {events.map(({ id, number, title, open }) => (
          <li key={id}>
            <Go href={`/desk?event=${id}`}>{title}</Go>{' '}
            <span className="quiet">
              {number} · {open ? t.eventOpen : t.eventDone}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Looks({ history: { items } }: { history: LookHistory }) {
  const t = useText(inspections);
  const lang = languageChoice.use();
  return (
    <ol className="ground-list-plain">
      {items.map((look) => {
        const wrong = look.answers.filter(({ ok }) => !ok).map((one) => (lang === 'zh' ? one.words : one.wordsEn));
        return (
          <li key={look.id}>
            <span className={`tag${look.result === 'finding' ? ' ground-urgent' : ''}`}>{t.results[look.result]}</span>{' '}
            {formatTime(look.at)}
            {look.byName !== null && ` · ${look.byName}`}
            {wrong.length > 0 && <p>{t.noted(wrong.join(t.between))}</p>}
            {look.note !== '' && <p className="quiet">{look.note}</p>}
          </li>
        );
      })}
    </ol>
  );
}

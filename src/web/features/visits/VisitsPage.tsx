import { useInfiniteQuery } from '@tanstack/react-query';
import { may, useMe } from '#web/app/me.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { visits } from '#web/i18n/visits.ts';
import { MoreButton } from '#web/ui/MoreButton.tsx';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { Figures } from './Figures.tsx';
import { Held } from './Held.tsx';
import { PlanMap } from './PlanMap.tsx';
import { PlanTable } from './PlanTable.tsx';
import { Rules } from './Rules.tsx';
import { Waiting } from './Waiting.tsx';
import { planQuery, type PlanWorker } from './queries.ts';
import { planStates, tabs, useVisitsSearch } from './search.ts';
import './visits.css';

/** Who is to be visited, by whom, and how it goes: the plan of a day, figures of a period, the rules behind both. */
export function VisitsPage() {
  const t = useText(visits);
  const [search, go] = useVisitsSearch();
  const plans = may(useMe(), 'visit.plan');
  if (!plans)
    return (
      // Nothing in it takes the focus: the keyboard must still be able to scroll it.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      <div className="page-flow visits" tabIndex={0}>
        <header>
          <h1>{t.title}</h1>
          <p className="quiet">{t.waits.lead}</p>
        </header>
        <Waiting />
      </div>
    );
  return (
    <div className="page-flow visits">
      <header>
        <h1>{t.title}</h1>
        <p className="quiet">{t.lead}</p>
      </header>
      <nav className="visits-tabs" aria-label={t.tabs}>
        {tabs.map((tab) => (
          <button
            key={tab}
            type="button"
            className="tool tool-framed"
            aria-current={tab === search.tab ? 'page' : undefined}
            onClick={() => go({ tab })}
          >
            {t.tab[tab]}
          </button>
        ))}
      </nav>
      {search.tab === 'plan' && <Plan />}
      {search.tab === 'held' && <Held />}
      {search.tab === 'figures' && <Figures />}
      {search.tab === 'rules' && <Rules />}
    </div>
  );
}

function Plan() {
  const t = useText(visits);
  const c = useText(common);
  const [search, go] = useVisitsSearch();
  const plan = useInfiniteQuery(planQuery(search));
  const first = plan.data?.pages[0];
  const rows = plan.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <>
      <Filters />
      <ProblemNote error={plan.error} onRetry={() => void plan.refetch()} />
      {first === undefined && plan.error === null && (
        <p className="waiting" role="status">
          {c.loading}
        </p>
      )}
      {first !== undefined && (
        <>
          <Workers workers={first.workers} chosen={search.worker} onChoose={(worker) => go({ worker })} />
          <p className="quiet" role="status">
            {t.total(formatNumber(first.total))}
          </p>
          {rows.length === 0 ? (
            <p className="visits-none">{t.none}</p>
          ) : (
            <div className="visits-plan">
              <PlanTable rows={rows} />
              <PlanMap rows={rows} oneWorker={search.worker !== undefined} />
            </div>
          )}
          <MoreButton list={plan} words={t.more} />
        </>
      )}
    </>
  );
}

function Filters() {
  const t = useText(visits);
  const [search, go] = useVisitsSearch();
  return (
    <div className="visits-filters">
      <label>
        {t.day}
        <input
          type="date"
          value={search.day ?? ''}
          onChange={({ target }) => go({ day: target.value === '' ? undefined : target.value })}
        />
      </label>
      <label>
        {t.state}
        <select
          value={search.state ?? ''}
          onChange={({ target }) => go({ state: planStates.find((one) => one === target.value) })}
        >
          <option value="">{t.all}</option>
          {planStates.map((state) => (
            <option key={state} value={state}>
              {t.states[state]}
            </option>
          ))}
        </select>
      </label>
      {search.day === undefined && <span className="quiet">{t.todayWords}</span>}
    </div>
  );
}

interface WorkersProps {
  workers: readonly PlanWorker[];
  chosen: string | undefined;
  onChoose: (worker: string | undefined) => void;
}

/** The day by worker. In the order of what is left, which is no ranking: whoever has most left may need help. */
function Workers({ workers, chosen, onChoose }: WorkersProps) {
  const t = useText(visits);
  if (workers.length === 0) return null;
  return (
    <details className="visits-workers" open>
      <summary>{t.byWorker}</summary>
      <ul>
        {workers.map(({ id, name, due, done, late, noAnswer }) => {
          const key = id ?? 'none';
          return (
            <li key={key}>
              <button
                type="button"
                aria-pressed={chosen === key}
                className="visits-worker"
                onClick={() => onChoose(chosen === key ? undefined : key)}
              >
                <b>{name ?? t.noWorker}</b>
                <span>{t.counts(formatNumber(due), formatNumber(done))}</span>
                {late > 0 && <span className="visits-late">{t.late(formatNumber(late))}</span>}
                {noAnswer > 0 && <span className="visits-miss">{t.missed(formatNumber(noAnswer))}</span>}
              </button>
            </li>
          );
        })}
      </ul>
    </details>
  );
}

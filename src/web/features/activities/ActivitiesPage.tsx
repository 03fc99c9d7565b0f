import { useNavigate, useSearch } from '@tanstack/react-router';
import { activityStates } from '#contract/activities.ts';
import { useText } from '#web/i18n/area.ts';
import { activities } from '#web/i18n/activities.ts';
import { ActivityList } from './ActivityList.tsx';
import { parseActivitiesSearch, type ActivitiesSearch } from './queries.ts';
import './activities.css';

/** The activities of all stations one sees. */
export function ActivitiesPage() {
  const t = useText(activities);
  const search = parseActivitiesSearch(useSearch({ strict: false }));
  const navigate = useNavigate();
  const go = (change: { [K in keyof ActivitiesSearch]: ActivitiesSearch[K] | undefined }): void => {
    const next = Object.entries({ ...search, ...change }).filter(([, value]) => value !== undefined);
    void navigate({ to: '.', search: Object.fromEntries(next) as never, replace: true });
  };
  const dayOf = (text: string): string | undefined => (text === '' ? undefined : text);
  return (
    <div className="page-flow activities">
      <header>
        <h1>{t.title}</h1>
        <p className="quiet">{t.lead}</p>
      </header>
      <div className="activities-tools">
        <label>
          {t.state}
          <select
            value={search.state ?? ''}
            onChange={({ target }) => go({ state: activityStates.find((one) => one === target.value) })}
          >
            <option value="">{t.anyState}</option>
            {activityStates.map((state) => (
              <option key={state} value={state}>
                {t.states[state]}
              </option>
            ))}
          </select>
        </label>
        <label>
          {t.from}
          <input type="date" value={search.from ?? ''} onChange={({ target }) => go({ from: dayOf(target.value) })} />
        </label>
        <label>
          {t.to}
          <input type="date" value={search.to ?? ''} onChange={({ target }) => go({ to: dayOf(target.value) })} />
        </label>
      </div>
      <ActivityList search={search} />
    </div>
  );
}

import { useQuery } from '@tanstack/react-query';
import { scenarioStates } from '#contract/planning-views.ts';
import { may, useMe } from '#web/app/me.ts';
import { useText } from '#web/i18n/area.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { planning } from '#web/i18n/planning.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { ScenarioForm } from '../form/ScenarioForm.tsx';
import { scenariosQuery } from '../queries.ts';
import { parsePlannerSearch, useSearchOf, type PlannerSearch } from '../search.ts';
import { usePlanningWords } from '../words.ts';
import { AreaFilter, ClassFilter } from './Filters.tsx';
import { ScenarioTable } from './ScenarioTable.tsx';
import '../planning.css';

/** All scenarios one sees, side by side; and the form of a new one. */
export function PlannerPage() {
  const t = useText(planning);
  const [search, go] = useSearchOf(parsePlannerSearch);
  const mayPlan = may(useMe(), 'circle.plan');
  return (
    <div className="page-flow planning">
      <header className="planning-head">
        <h1>{t.title}</h1>
        {mayPlan && search.new !== true && (
          <button type="button" className="tool tool-framed planning-main" onClick={() => go({ new: true })}>
            {t.make}
          </button>
        )}
      </header>
      <p className="quiet">{t.lead}</p>
      {mayPlan && search.new === true ? (
        <ScenarioForm
          start={{ area: search.area, classCode: search.class, demandId: search.demand ?? null }}
          onClose={() => go({ new: undefined })}
        />
      ) : (
        <List search={search} go={go} />
      )}
    </div>
  );
}

interface ListProps {
  search: PlannerSearch;
  go: (change: Partial<PlannerSearch>) => void;
}

function List({ search, go }: ListProps) {
  const t = useText(planning);
  const { nameOf } = usePlanningWords();
  const { data, error } = useQuery(scenariosQuery(search));
  const mayPlan = may(useMe(), 'circle.plan');
  return (
    <>
      <form className="planning-filters" role="search" aria-label={t.filters}>
        <ClassFilter value={search.class} onChange={(code) => go({ class: code })} />
        <AreaFilter value={search.area} onChange={(code) => go({ area: code })} />
        <label>
          {t.state}
          <select
            value={search.state ?? ''}
            onChange={({ target }) => go({ state: scenarioStates.find((one) => one === target.value) })}
          >
            <option value="">{t.anyState}</option>
            {scenarioStates.map((state) => (
              <option key={state} value={state}>
                {t.states[state]}
              </option>
            ))}
          </select>
        </label>
      </form>
      <ProblemNote error={error} />
      {mayPlan && search.class !== undefined && search.area !== undefined && (
        <p>
          <button type="button" className="tool tool-framed" onClick={() => go({ new: true })}>
            {t.making(nameOf('classes', search.class))}
          </button>
        </p>
      )}
      {data !== undefined && (
        <>
          <p className="quiet" role="status">
            {data.total > 0 ? t.count(formatNumber(data.total)) : search.class === undefined ? t.none : t.noneHere}
          </p>
          {data.items.length > 0 && <ScenarioTable rows={data.items} />}
        </>
      )}
    </>
  );
}

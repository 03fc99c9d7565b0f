import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { inspectionReasons } from '#contract/inspections.ts';
import { Go } from '#web/app/Go.tsx';
import { useRiskKinds } from '#web/app/ground-words.ts';
import { mainOffice, useMe } from '#web/app/me.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { formatNumber, formatTime } from '#web/i18n/format.ts';
import { ground } from '#web/i18n/ground.ts';
import { inspections } from '#web/i18n/inspections.ts';
import { MoreButton } from '#web/ui/MoreButton.tsx';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { ShapeMark } from '#web/ui/ShapeMark.tsx';
import { FilterTick } from '#web/ui/FilterParts.tsx';
import { AreaChoice, FilterChoice } from './Parts.tsx';
import { Cycles } from './Cycles.tsx';
import { lookTasksQuery, streetUnitsQuery, type LookTask } from './queries.ts';
import { levelKeyOf, levelShapeOf } from './risk-words.ts';
import { Late } from './RiskLine.tsx';
import { useGroundSearch } from './search.ts';
import './ground.css';
import './inspections.css';

const tabs = ['tasks', 'cycles'] as const;

/** Who should look where, and by what rules that is asked. */
export function InspectionsPage() {
  const t = useText(inspections).board;
  const [search, go] = useGroundSearch();
  const shown = search.tab === 'cycles' ? 'cycles' : 'tasks';
  return (
    <div className="page-flow looks">
      <header>
        <h1>{t.title}</h1>
        <p className="quiet">{t.lead}</p>
      </header>
      <nav className="looks-tabs" aria-label={t.tabs}>
        {tabs.map((tab) => (
          <button
            key={tab}
            type="button"
            className="tool tool-framed"
            aria-current={tab === shown ? 'page' : undefined}
            onClick={() => go({ tab })}
          >
            {t.tab[tab]}
          </button>
        ))}
      </nav>
      {shown === 'tasks' ? <Tasks /> : <Cycles />}
    </div>
  );
}

function Tasks() {
  const t = useText(inspections).board;
  const g = useText(ground);
  const c = useText(common);
  const [search] = useGroundSearch();
  const list = useInfiniteQuery(lookTasksQuery(search));
  const rows = list.data?.pages.flatMap(({ items }) => items);
  const total = list.data?.pages[0]?.total ?? 0;
  return (
    <>
      <Filters />
      <ProblemNote error={list.error} onRetry={() => void list.refetch()} />
      {rows === undefined && list.error === null && (
        <p className="waiting" role="status">
          {c.loading}
        </p>
      )}
      {rows !== undefined && (
        <p className="quiet" role="status">
          {total === 0 ? t.none : t.total(formatNumber(total))}
        </p>
      )}
      {rows !== undefined && rows.length > 0 && (
        <ul className="pick-rows ground-rows" aria-label={t.tab.tasks}>
          {rows.map((task) => (
            <li key={task.id}>
              <Task task={task} />
            </li>
          ))}
        </ul>
      )}
      <MoreButton list={list} words={g.more} />
    </>
  );
}

function Filters() {
  const t = useText(inspections);
  const g = useText(ground).risk;
  const me = useMe();
  const { kinds, nameOf } = useRiskKinds();
  const [search, go] = useGroundSearch();
  const own = me === null ? '' : (mainOffice(me)?.areaCode ?? '');
  const units = useQuery(streetUnitsQuery(search.area ?? own)).data?.items ?? [];
  return (
    <div className="ground-filters">
      <AreaChoice value={search.area} onChange={(area) => go({ area, unit: undefined })} />
      <FilterChoice
        label={g.kind}
        value={search.kind ?? ''}
        choices={kinds.map(({ code }) => ({ value: code, words: nameOf(code) }))}
        onChange={(kind) => go({ kind })}
      />
      <FilterChoice
        label={t.board.why}
        value={search.reason ?? ''}
        choices={inspectionReasons.map((value) => ({ value, words: t.asked[value] }))}
        onChange={(reason) => go({ reason })}
      />
      <FilterChoice
        label={t.unit}
        value={search.unit ?? ''}
        choices={units.map(({ id, name }) => ({ value: id, words: name }))}
        onChange={(unit) => go({ unit })}
      />
      <FilterTick
        label={t.overdueOnly}
        on={search.overdue === '1'}
        onChange={(on) => go({ overdue: on ? '1' : undefined })}
      />
    </div>
  );
}

/** One look that is asked for: where, why and until when, who. Opens the point. */
function Task({ task }: { task: LookTask }) {
  const t = useText(inspections);
  const { nameOf } = useRiskKinds();
  const told = task.rung === 0 ? null : task.rung === 1 ? t.told.unit : t.told.street;
  const who = [task.responsibleName, task.unitName].filter(Boolean).join(' · ');
  return (
    <Go className="pick-row ground-row looks-row" href={`/desk/risk-points?row=${task.pointId}`}>
      <span>
        <span className="ground-row-head">
          <ShapeMark shape={levelShapeOf(task.level)} words={t.levelMarks[levelKeyOf(task.level)]} />
          <b>{task.name}</b>
        </span>
        <span className="quiet looks-line">
          {[nameOf(task.kind), task.placeWords, task.areaName].filter(Boolean).join(' · ')}
        </span>
      </span>
      <span>
        <span className="ground-row-head">
          <Late dueAt={task.dueAt} />
          <span>{t.board.by(formatTime(task.dueAt))}</span>
        </span>
        <span className="quiet looks-line">{[t.asked[task.reason], task.reasonWords].filter(Boolean).join(' · ')}</span>
      </span>
      <span>
        {who === '' ? <span className="quiet">{t.board.nobody}</span> : who}
        {told !== null && <span className="quiet looks-line">{told}</span>}
      </span>
    </Go>
  );
}

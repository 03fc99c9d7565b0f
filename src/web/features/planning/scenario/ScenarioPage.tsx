import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { Go } from '#web/app/Go.tsx';
import { useText } from '#web/i18n/area.ts';
import { formatTime } from '#web/i18n/format.ts';
import { planning } from '#web/i18n/planning.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { ScenarioForm } from '../form/ScenarioForm.tsx';
import { scenarioQuery, type Scenario } from '../queries.ts';
import { useFigures, usePlanningWords } from '../words.ts';
import { Answered } from './Answered.tsx';
import { SetAside } from './SetAside.tsx';
import { WorkPart } from './WorkPart.tsx';
import '../planning.css';

/** One scenario: what was asked, what came out and why it is right, what was decided. */
export function ScenarioPage() {
  const t = useText(planning);
  const { id = '' } = useParams({ strict: false });
  const { data, error } = useQuery(scenarioQuery(id));
  return (
    <div className="page-flow planning">
      <nav className="planning-no-print">
        <Go href="/desk/planner">‹ {t.backToList}</Go>
      </nav>
      <ProblemNote error={error} />
      {data !== undefined && <Whole scenario={data} />}
    </div>
  );
}

function Whole({ scenario }: { scenario: Scenario }) {
  const t = useText(planning);
  const [editing, setEditing] = useState<'change' | 'copy' | null>(null);
  if (editing !== null)
    return (
      <ScenarioForm
        start={{ demandId: scenario.demandId, like: scenario }}
        {...(editing === 'change' ? { scenario } : {})}
        onClose={() => setEditing(null)}
      />
    );
  return (
    <>
      <header className="planning-head">
        <h1>{scenario.title}</h1>
        <span className={`tag planning-${scenario.state}`}>{t.states[scenario.state]}</span>
      </header>
      <Asked scenario={scenario} />
      {scenario.state === 'set_aside' && <p className="note-line">{t.aside.was(scenario.reason)}</p>}
      {scenario.state === 'draft' && <WorkPart scenario={scenario} onEdit={() => setEditing('change')} />}
      {scenario.answer !== null && (
        <Answered scenario={scenario} answer={scenario.answer} onCopy={() => setEditing('copy')} />
      )}
      {scenario.mayPlan && (scenario.state === 'draft' || scenario.state === 'answered') && (
        <SetAside scenario={scenario} />
      )}
    </>
  );
}

/** The question in one paragraph. */
function Asked({ scenario }: { scenario: Scenario }) {
  const t = useText(planning);
  const say = useFigures();
  const { nameOf } = usePlanningWords();
  const { choose, budgetYuan, moment, candidates, goal } = scenario;
  const clock = (minute: number): string =>
    `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
  return (
    <div className="planning-asked">
      <p>
        {t.asked(
          scenario.areaName,
          nameOf('classes', scenario.classCode),
          String(scenario.limitMin),
          nameOf('profiles', scenario.profile),
        )}{' '}
        {t.bounded(
          String(candidates.length),
          choose === null ? t.anyNumber : t.atMost(String(choose)),
          budgetYuan === null ? '' : t.within(say.money(budgetYuan)),
        )}{' '}
        <strong>{t.goals[goal]}</strong>
        {t.weighs(nameOf('weightings', scenario.weighting))}
        {moment !== null && t.onlyOpen(t.form.weekdays[moment.weekday - 1] ?? '', clock(moment.minute))}
      </p>
      {scenario.note !== '' && <p>{scenario.note}</p>}
      <p className="quiet">{t.madeBy(scenario.madeBy ?? t.dash, formatTime(scenario.createdAt))}</p>
    </div>
  );
}

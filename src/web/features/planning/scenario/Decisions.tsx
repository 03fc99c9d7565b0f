import { useState } from 'react';
import { Go } from '#web/app/Go.tsx';
import { may, useMe } from '#web/app/me.ts';
import { useText } from '#web/i18n/area.ts';
import { formatTime } from '#web/i18n/format.ts';
import { planning } from '#web/i18n/planning.ts';
import type { Scenario } from '../queries.ts';
import type { Answer } from './names.ts';
import { DecideForm } from './DecideForm.tsx';

type Decision = Scenario['decisions'][number];

/** What was decided, by whom and why; and the form for whoever may decide. */
export function Decisions({ scenario, answer }: { scenario: Scenario; answer: Answer }) {
  const t = useText(planning).decide;
  const [open, setOpen] = useState(false);
  const { decisions, mayDecide, state } = scenario;
  const me = useMe();
  const latest = decisions.find(({ superseded }) => !superseded);
  const isAgain = latest !== undefined;
  const mayNow = mayDecide && (state === 'answered' || isAgain) && answer.figures.chosen.length > 0;
  return (
    <section className="planning-card" aria-labelledby="planning-decide">
      <h2 id="planning-decide">{t.title}</h2>
      {decisions.map((decision) => (
        <DecisionPart key={decision.id} decision={decision} />
      ))}
      {!isAgain && !mayDecide && <p className="quiet">{may(me, 'circle.decide') ? t.notYours : t.notAllowed}</p>}
      {mayNow && !open && (
        <p className="planning-no-print">
          <button
            type="button"
            className={`tool tool-framed${isAgain ? '' : ' planning-main'}`}
            onClick={() => setOpen(true)}
          >
            {isAgain ? t.supersede : t.open}
          </button>
        </p>
      )}
      {mayNow && open && (
        <DecideForm
          scenario={scenario}
          answer={answer}
          supersedes={latest?.id ?? null}
          onClose={() => setOpen(false)}
        />
      )}
    </section>
  );
}

function DecisionPart({ decision }: { decision: Decision }) {
  const t = useText(planning);
  const d = t.decide;
  const { chosen, projects, compared } = decision;
  return (
    <article className={decision.superseded ? 'planning-old' : undefined}>
      <p className="planning-says">
        {d.took(chosen.map(({ name }) => name).join(t.sep))}
        {decision.superseded && <span className="tag planning-open"> {d.superseded}</span>}
      </p>
      <p>{decision.reason}</p>
      <p className="quiet">
        {d.made(decision.decidedBy ?? t.dash, formatTime(decision.decidedAt))} · {d.no(decision.minutesNo)}
      </p>
      {compared.length > 0 && (
        <p className="quiet">
          {d.compared}:{' '}
          {compared.map(({ id, title }, k) => (
            <span key={id}>
              {k > 0 && t.sep}
              <Go href={`/desk/planner/${id}`}>{title}</Go>
            </span>
          ))}
        </p>
      )}
      <p className="planning-buttons planning-no-print">
        <a className="tool tool-framed" href={`/api/planning/decisions/${decision.id}/document`} download>
          {d.document}
        </a>
        {projects.map(({ id, name, state }) => (
          <Go key={id} className="tool tool-framed" href={`/desk/projects/${id}`}>
            {d.projects}: {name} · {t.project.states[state]}
          </Go>
        ))}
      </p>
    </article>
  );
}

import { Button } from 'antd';
import { useState } from 'react';
import { planCode, planRoutes, type PlanBody } from '#contract/operations-plans.ts';
import { ask } from '#web/app/ask.ts';
import { useGo } from '#web/app/Go.tsx';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { plans } from '#web/i18n/plans.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { LineField } from '../parts/Fields.tsx';
import { plansKey } from '../queries.ts';
import { PlanHeadFields } from './PlanHeadFields.tsx';
import { PlanProblems } from './PlanProblems.tsx';
import { PlanSteps } from './PlanSteps.tsx';
import { addStep, emptyPlan, problemsOf } from './plan-draft.ts';

/** A plan of its own code, as a draft. */
export function CreatePlan() {
  const t = useText(plans).page;
  const go = useGo();
  const [code, setCode] = useState('');
  const [body, setBody] = useState<PlanBody>(() => addStep(emptyPlan));
  const fitCode = planCode.safeParse(code).success && code !== 'new';
  const act = useAct(
    (wish: { code: string; body: PlanBody }, opId) => ask(planRoutes.create, { body: { opId, ...wish } }),
    { stale: [plansKey], onDone: (made) => go(`/desk/plans/${made.code}`, { replace: true }) },
  );
  return (
    <>
      <section className="ops-part">
        <LineField
          label={t.code}
          max={40}
          value={code}
          error={fitCode || code === '' ? undefined : t.codeHint}
          onChange={setCode}
        />
        {code === '' && <small>{t.codeHint}</small>}
      </section>
      <PlanHeadFields body={body} onChange={setBody} />
      <PlanSteps body={body} onChange={setBody} />
      <PlanProblems body={body} />
      <ProblemNote error={act.error} />
      <div className="plan-foot">
        <Button
          type="primary"
          disabled={!fitCode || problemsOf(body).length > 0}
          loading={act.isPending}
          onClick={() => act.mutate({ code, body })}
        >
          {t.create}
        </Button>
      </div>
    </>
  );
}

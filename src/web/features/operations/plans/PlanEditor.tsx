import { App, Button } from 'antd';
import { useState } from 'react';
import { planRoutes, type PlanBody } from '#contract/operations-plans.ts';
import { ask } from '#web/app/ask.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { plans } from '#web/i18n/plans.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { LittleForm, WordsField } from '../parts/Fields.tsx';
import { plansKey, type Plan } from '../queries.ts';
import { DiffList } from './DiffList.tsx';
import { PlanHeadFields } from './PlanHeadFields.tsx';
import { PlanProblems } from './PlanProblems.tsx';
import { PlanSteps } from './PlanSteps.tsx';
import { diffOf, problemsOf } from './plan-draft.ts';

/** Edits a draft; what is in force stays as it is until the draft is published. */
export function PlanEditor({ plan, start }: { plan: Plan; start: PlanBody }) {
  const t = useText(plans).page;
  const { message } = App.useApp();
  const [body, setBody] = useState(start);
  const params = { code: plan.code };
  const save = useAct(
    (next: PlanBody, opId) =>
      ask(planRoutes.edit, { params, body: { opId, draftVersion: plan.draftVersion, body: next } }),
    { stale: [plansKey], onDone: () => void message.success(t.saved) },
  );
  const changed = diffOf(start, body).length > 0;
  const fit = problemsOf(body).length === 0;
  return (
    <>
      <PlanHeadFields body={body} onChange={setBody} />
      <PlanSteps body={body} onChange={setBody} />
      <PlanProblems body={body} />
      {plan.body !== null && (
        <section className="ops-part">
          <h2>{t.changes}</h2>
          <DiffList before={plan.body} after={body} />
        </section>
      )}
      <ProblemNote error={save.error} />
      <div className="plan-foot">
        <Button type="primary" disabled={!changed || !fit} loading={save.isPending} onClick={() => save.mutate(body)}>
          {t.save}
        </Button>
        {changed && <span role="status">{t.unsaved}</span>}
        {!changed && plan.draft !== null && <Publish plan={plan} />}
        <span className="spring" />
        {plan.state !== 'retired' && <Retire code={plan.code} />}
      </div>
    </>
  );
}

function Publish({ plan }: { plan: Plan }) {
  const t = useText(plans).page;
  const { message } = App.useApp();
  const [note, setNote] = useState('');
  const act = useAct(
    (text: string, opId) =>
      ask(planRoutes.publish, {
        params: { code: plan.code },
        body: { opId, draftVersion: plan.draftVersion, note: text },
      }),
    { stale: [plansKey], onDone: ({ version }) => void message.success(t.published(version)) },
  );
  const send = (): void => act.mutate(note.trim());
  return (
    <LittleForm label={t.publish} onSend={send}>
      <WordsField rows={1} label={t.publishNote} value={note} onChange={setNote} />
      <ProblemNote error={act.error} />
      <Button htmlType="submit" loading={act.isPending}>
        {t.publish}
      </Button>
    </LittleForm>
  );
}

function Retire({ code }: { code: string }) {
  const t = useText(plans).page;
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  const act = useAct(
    (text: string, opId) => ask(planRoutes.retire, { params: { code }, body: { opId, reason: text } }),
    { stale: [plansKey], onDone: () => setAsking(false) },
  );
  const ready = reason.trim().length >= 2;
  const send = (): void => {
    if (ready) act.mutate(reason.trim());
  };
  if (!asking)
    return (
      <button type="button" className="link-button" onClick={() => setAsking(true)}>
        {t.retire}
      </button>
    );
  return (
    <LittleForm label={t.retire} onSend={send} onClose={() => setAsking(false)}>
      <WordsField first rows={1} label={t.retireWhy} value={reason} onChange={setReason} />
      <ProblemNote error={act.error} />
      <Button danger htmlType="submit" disabled={!ready} loading={act.isPending}>
        {t.retire}
      </Button>
    </LittleForm>
  );
}

import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { Go } from '#web/app/Go.tsx';
import { may, useMe } from '#web/app/me.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { plans } from '#web/i18n/plans.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { useName } from '../parts/names.ts';
import { Page } from '../parts/Page.tsx';
import { planQuery, type Plan } from '../queries.ts';
import { CreatePlan } from './CreatePlan.tsx';
import { PlanBodyView } from './PlanBodyView.tsx';
import { PlanEditor } from './PlanEditor.tsx';
import { Versions } from './Versions.tsx';
import { emptyPlan } from './plan-draft.ts';

/** One plan: what it says, how it came to say so, and the editor. `new` in place of a code makes one. */
export function PlanPage() {
  const t = useText(plans);
  const { code = '' } = useParams({ strict: false });
  const back = (
    <Go className="ops-link" href="/desk/plans">
      {t.page.back}
    </Go>
  );
  return code === 'new' ? (
    <Page title={t.list.fresh} back={back}>
      <CreatePlan />
    </Page>
  ) : (
    <OnePlan key={code} code={code} back={back} />
  );
}

const tabs = ['view', 'edit', 'versions'] as const;

function OnePlan({ code, back }: { code: string; back: ReactNode }) {
  const t = useText(plans);
  const c = useText(common);
  const nameOf = useName();
  const me = useMe();
  const plan = useQuery(planQuery(code, null));
  const [tab, setTab] = useState<(typeof tabs)[number]>('view');
  const { data } = plan;
  if (data === undefined)
    return (
      <Page title={t.list.title} back={back}>
        {plan.error === null ? (
          <p role="status">{c.loading}</p>
        ) : (
          <ProblemNote error={plan.error} onRetry={() => void plan.refetch()} />
        )}
      </Page>
    );
  const mayEdit = may(me, 'plan.edit');
  return (
    <Page
      title={nameOf(data)}
      lead={`${t.list.states[data.state]} · ${t.list.versionOf(data.version)}`}
      back={back}
      actions={tabs.map((one) =>
        one === 'edit' && !mayEdit ? null : (
          <button
            key={one}
            type="button"
            className="room-button"
            aria-pressed={tab === one}
            onClick={() => setTab(one)}
          >
            {t.page[one]}
          </button>
        ),
      )}
    >
      {data.retiredReason !== null && <p className="note">{t.page.retired(data.retiredReason)}</p>}
      {tab === 'view' && <Contents plan={data} mayEdit={mayEdit} />}
      {tab === 'edit' && mayEdit && (
        <PlanEditor key={data.draftVersion} plan={data} start={data.draft ?? data.body ?? emptyPlan} />
      )}
      {tab === 'versions' && <Versions plan={data} />}
    </Page>
  );
}

function Contents({ plan, mayEdit }: { plan: Plan; mayEdit: boolean }) {
  const t = useText(plans).page;
  const body = plan.body ?? plan.draft;
  return (
    <>
      {plan.body === null && <p className="quiet">{t.unpublished}</p>}
      {!mayEdit && <p className="quiet">{t.readOnly}</p>}
      {body !== null && <PlanBodyView body={body} />}
    </>
  );
}

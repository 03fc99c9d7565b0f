import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { operationRoutes } from '#contract/operations.ts';
import { ask } from '#web/app/ask.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { operations } from '#web/i18n/operations.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { useName } from '../parts/names.ts';
import { eventsKey, fittingQuery } from '../queries.ts';
import './section.css';

export interface OpenPlanProps {
  eventId: string;
  mayOpen: boolean;
  onOpened?: () => void;
}

/** Which plans fit the event and why; one press opens the joint room with that plan, or without any. */
export function OpenPlan({ eventId, mayOpen, onOpened }: OpenPlanProps) {
  const t = useText(operations).section;
  const nameOf = useName();
  const fitting = useQuery({ ...fittingQuery(eventId), enabled: mayOpen });
  const act = useAct(
    (planCode: string | null, opId) => ask(operationRoutes.open, { params: { id: eventId }, body: { opId, planCode } }),
    { stale: [eventsKey], ...(onOpened === undefined ? {} : { onDone: onOpened }) },
  );
  if (!mayOpen) return <p className="quiet">{t.none}</p>;
  const plans = fitting.data?.items ?? [];
  return (
    <div className="open-plan">
      {fitting.data !== undefined && <p className="quiet">{plans.length === 0 ? t.noPlan : t.fits}</p>}
      {plans.map((plan) => (
        <p key={plan.code} className="open-plan-line">
          <Button type="primary" loading={act.isPending} onClick={() => act.mutate(plan.code)}>
            {t.open(nameOf(plan))}
          </Button>
          <small>{plan.because.map((why) => t.because[why]).join(t.comma)}</small>
        </p>
      ))}
      <p>
        <button type="button" className="link-button" disabled={act.isPending} onClick={() => act.mutate(null)}>
          {t.openEmpty}
        </button>
      </p>
      <ProblemNote error={fitting.error ?? act.error} />
    </div>
  );
}

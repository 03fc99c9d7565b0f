import { useRiskKinds } from '#web/app/ground-words.ts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { riskRoutes } from '#contract/risk-points.ts';
import { ask } from '#web/app/ask.ts';
import { may, useMe } from '#web/app/me.ts';
import { usePlanName } from '#web/app/plan-names.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { formatNumber, formatTime } from '#web/i18n/format.ts';
import { ground } from '#web/i18n/ground.ts';
import { inspections } from '#web/i18n/inspections.ts';
import { ShapeMark } from '#web/ui/ShapeMark.tsx';
import { PaneFrame } from '#web/ui/PaneFrame.tsx';
import { CareAround } from './CareAround.tsx';
import { Fact, RetireForm } from './Parts.tsx';
import { groundKeys, lookHistoryQuery, riskQuery, type RiskDetail } from './queries.ts';
import { levelKeyOf, levelShapeOf } from './risk-words.ts';
import { RiskForm } from './RiskForm.tsx';
import { RiskLooks } from './RiskLooks.tsx';

/** One risk point in full. */
export function RiskPane({ id, onBack }: { id: string; onBack: () => void }) {
  return (
    <PaneFrame area="ground" back={useText(ground).back} query={useQuery(riskQuery(id))} onBack={onBack}>
      {(found) => <Facts point={found} />}
    </PaneFrame>
  );
}

function Facts({ point }: { point: RiskDetail }) {
  const t = useText(ground);
  const i = useText(inspections);
  const { nameOf } = useRiskKinds();
  const me = useMe();
  const planName = usePlanName();
  const cycleDays = useQuery(lookHistoryQuery(point.id)).data?.cycleDays;
  const [open, setOpen] = useState<'edit' | 'retire' | null>(null);
  const close = (): void => setOpen(null);
  return (
    <>
      <h2>{point.name}</h2>
      <dl className="named-facts ground-facts">
        <Fact name={t.risk.level}>
          <ShapeMark shape={levelShapeOf(point.level)} words={t.risk.levels[levelKeyOf(point.level)]} />
        </Fact>
        <Fact name={t.risk.kind}>{nameOf(point.kind)}</Fact>
        <Fact name={t.risk.state}>{t.risk.states[point.state]}</Fact>
        <Fact name={t.risk.code}>{point.code}</Fact>
        <Fact name={t.placeWords}>{point.placeWords}</Fact>
        <Fact name={t.area}>{point.areaName}</Fact>
        <Fact name={t.risk.unit}>{point.unitName}</Fact>
        <Fact name={t.responsible}>{point.responsibleName}</Fact>
        <Fact name={i.cycle}>{cycleDays === undefined ? '' : i.cycleDays(formatNumber(cycleDays))}</Fact>
        <Fact name={i.due}>{point.lookDueAt === null ? '' : formatTime(point.lookDueAt)}</Fact>
        <Fact name={i.plan}>{point.planCode === null ? '' : planName(point.planCode)}</Fact>
        <Fact name={t.risk.note}>{point.note}</Fact>
      </dl>
      {may(me, 'care.glance') && <CareAround id={point.id} />}
      <RiskLooks point={point} />
      <p className="quiet">
        {point.retiredAt === null ? t.updated(formatTime(point.updatedAt)) : t.retired(formatTime(point.retiredAt))}
      </p>
      {point.mayEdit && (
        <div className="form-buttons">
          <button type="button" className="tool tool-framed" onClick={() => setOpen('edit')}>
            {t.edit}
          </button>
          <button type="button" className="tool tool-framed" onClick={() => setOpen('retire')}>
            {t.risk.retire}
          </button>
        </div>
      )}
      {open === 'edit' && <RiskForm point={point} onClose={close} onSaved={close} />}
      {open === 'retire' && <Retire point={point} onClose={close} />}
    </>
  );
}

function Retire({ point, onClose }: { point: RiskDetail; onClose: () => void }) {
  const t = useText(ground).risk;
  const act = useAct(
    (reason: string, opId) =>
      ask(riskRoutes.retire, { params: { id: point.id }, body: { opId, version: point.version, reason } }),
    { stale: [groundKeys.risks], onDone: onClose },
  );
  return (
    <RetireForm
      title={t.retire}
      words={t.retireWords}
      busy={act.isPending}
      error={act.error}
      onSend={(reason) => act.mutate(reason)}
      onClose={onClose}
    />
  );
}

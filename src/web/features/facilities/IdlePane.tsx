import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { idleRoutes } from '#contract/idle.ts';
import { ask } from '#web/app/ask.ts';
import { useFacilityWords } from '#web/app/facility-words.ts';
import { Go } from '#web/app/Go.tsx';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { facilities } from '#web/i18n/facilities.ts';
import { formatDate, formatNumber } from '#web/i18n/format.ts';
import { PaneFrame } from '#web/ui/PaneFrame.tsx';
import { HistoryPart } from './HistoryPart.tsx';
import { IdleForm } from './IdleForm.tsx';
import { IdlePhotos } from './IdlePhotos.tsx';
import { dayTime, Fact, ReasonForm } from './Parts.tsx';
import { facilityKeys, idleHistoryQuery, idleQuery, type IdleDetail } from './queries.ts';

/** One idle resource in full. */
export function IdlePane({ id, onBack }: { id: string; onBack: () => void }) {
  return (
    <PaneFrame area="fac" back={useText(facilities).back} query={useQuery(idleQuery(id))} onBack={onBack}>
      {(found) => <Whole idle={found} />}
    </PaneFrame>
  );
}

function Whole({ idle }: { idle: IdleDetail }) {
  const t = useText(facilities);
  const i = t.idle;
  const { className, ownerName } = useFacilityWords();
  return (
    <>
      <h2>
        {idle.name} <span className={`tag${idle.state === 'idle' ? '' : ' fac-warn'}`}>{i.states[idle.state]}</span>
      </h2>
      <dl className="named-facts fac-facts">
        <Fact name={i.area}>{formatNumber(idle.areaM2)}</Fact>
        <Fact name={i.condition}>{i.conditions[idle.condition]}</Fact>
        <Fact name={i.uses}>{idle.uses.length === 0 ? i.usesNone : idle.uses.map(className).join(' · ')}</Fact>
        <Fact name={i.freeFrom}>{idle.freeFrom === null ? i.now : formatDate(dayTime(idle.freeFrom))}</Fact>
        <Fact name={i.ownerKind}>{ownerName(idle.ownerKind)}</Fact>
        <Fact name={i.owner}>{idle.owner}</Fact>
        <Fact name={t.area}>{idle.areaName}</Fact>
        <Fact name={t.address}>{idle.address}</Fact>
        <Fact name={t.code}>{idle.code}</Fact>
        {idle.note !== '' && <Fact name={t.note}>{idle.note}</Fact>}
      </dl>
      {idle.reservedFor !== null && (
        <p>
          <Go href={`/desk/projects/${idle.reservedFor}`}>{i.project}</Go>
        </p>
      )}
      {idle.mayEdit && <Acts idle={idle} />}
      <IdlePhotos idle={idle} />
      <HistoryPart query={useQuery(idleHistoryQuery(idle.id))} />
    </>
  );
}

function Acts({ idle }: { idle: IdleDetail }) {
  const t = useText(facilities);
  const [open, setOpen] = useState<'edit' | 'withdraw' | null>(null);
  const shut = (): void => setOpen(null);
  const isGone = idle.state === 'withdrawn';
  const act = useAct(
    (reason: string, opId) =>
      ask(isGone ? idleRoutes.bringBack : idleRoutes.withdraw, {
        params: { id: idle.id },
        body: { opId, version: idle.version, reason },
      }),
    { stale: [facilityKeys.idle], onDone: shut },
  );
  return (
    <>
      <div className="form-buttons">
        <button type="button" className="tool tool-framed" onClick={() => setOpen('edit')}>
          {t.edit}
        </button>
        {(isGone || idle.state === 'idle') && (
          <button type="button" className="tool tool-framed" onClick={() => setOpen('withdraw')}>
            {isGone ? t.idle.bringBack : t.idle.withdraw}
          </button>
        )}
      </div>
      {open === 'edit' && <IdleForm idle={idle} onClose={shut} onSaved={shut} />}
      {open === 'withdraw' && (
        <ReasonForm
          title={isGone ? t.idle.bringBack : t.idle.withdraw}
          words={isGone ? t.idle.bringBackWords : t.idle.withdrawWords}
          busy={act.isPending}
          error={act.error}
          onSend={(reason) => act.mutate(reason)}
          onClose={shut}
        />
      )}
    </>
  );
}

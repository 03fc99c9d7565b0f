import { Button } from 'antd';
import { useState } from 'react';
import { rehearsalRoutes } from '#contract/rehearsals.ts';
import { ask } from '#web/app/ask.ts';
import { useText } from '#web/i18n/area.ts';
import { formatTime } from '#web/i18n/format.ts';
import { rehearsals } from '#web/i18n/rehearsals.ts';
import { Confirm } from '../shared/Confirm.tsx';
import { useAct } from '../shared/use-act.ts';
import { rehearsalsKey, type RehearsalDetail } from './queries.ts';

const routes = { propose: rehearsalRoutes.propose, adopt: rehearsalRoutes.adopt, turnDown: rehearsalRoutes.turnDown };
type Step = keyof typeof routes;

/** Two persons: one proposes what was rehearsed, another who keeps the library adopts it or turns it down. */
export function Decide({ rehearsal }: { rehearsal: RehearsalDetail }) {
  const t = useText(rehearsals).decide;
  const [step, setStep] = useState<Step | null>(null);
  const { id, version, may, proposal } = rehearsal;
  const act = useAct(
    (wish: { step: Step; reason: string }, opId) =>
      ask(routes[wish.step], { params: { id }, body: { opId, version, reason: wish.reason } }),
    { stale: [rehearsalsKey, ['library']], onDone: () => setStep(null) },
  );
  if (!may.propose && proposal === null) return null;
  const words = { propose: t.proposeWords, adopt: t.adoptWords(rehearsal.baseVersion + 1), turnDown: t.turnDownWords };
  return (
    <section className="adm-sheet" aria-label={t.title}>
      <h2>{t.title}</h2>
      <Told rehearsal={rehearsal} />
      <div className="adm-buttons adm-buttons-start">
        {may.propose && (
          <Button type="primary" onClick={() => setStep('propose')}>
            {t.propose}
          </Button>
        )}
        {may.decide && (
          <>
            <Button type="primary" disabled={rehearsal.outdated} onClick={() => setStep('adopt')}>
              {t.adopt}
            </Button>
            <Button onClick={() => setStep('turnDown')}>{t.turnDown}</Button>
          </>
        )}
      </div>
      {step !== null && (
        <Confirm
          title={t[step]}
          words={words[step]}
          act={t[step]}
          reason={step === 'propose' ? t.why : t.reason}
          busy={act.isPending}
          error={act.error}
          onAct={(reason) => act.mutate({ step, reason })}
          onClose={() => setStep(null)}
        />
      )}
    </section>
  );
}

/** What became of the proposal so far. */
function Told({ rehearsal }: { rehearsal: RehearsalDetail }) {
  const t = useText(rehearsals).decide;
  const { proposal, proposedBy, proposedAt, decidedBy, decidedAt, libraryVersion } = rehearsal;
  if (proposal === null) return <p className="adm-soft">{t.proposeWords}</p>;
  const decided = [decidedBy ?? '', formatTime(decidedAt)] as const;
  return (
    <>
      <p>
        {(proposal === 'open' ? t.open : t.proposed)(proposedBy ?? '', formatTime(proposedAt))}{' '}
        {t.quote(rehearsal.proposalReason)}
      </p>
      {proposal !== 'open' && (
        <p>
          {proposal === 'adopted' ? t.adopted(...decided, libraryVersion ?? 0) : t.turnedDown(...decided)}{' '}
          {t.quote(rehearsal.decisionReason)}
        </p>
      )}
    </>
  );
}

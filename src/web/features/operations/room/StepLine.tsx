import { Button } from 'antd';
import { useState } from 'react';
import { operationRoutes } from '#contract/operations.ts';
import { ask } from '#web/app/ask.ts';
import { useNow } from '#web/app/now.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { operations } from '#web/i18n/operations.ts';
import { clockFace } from '#web/ui/clock-face.ts';
import { DueClock } from '#web/ui/DueClock.tsx';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { LittleForm, WordsField } from '../parts/Fields.tsx';
import { useDoer, useName } from '../parts/names.ts';
import { useWhen } from '../parts/when.ts';
import { eventsKey, type Operation, type Room, type Step } from '../queries.ts';
import type { Tell } from './intent.ts';
import { StepTools } from './StepTools.tsx';

export interface StepLineProps {
  step: Step;
  room: Room;
  operation: Operation;
  tell: Tell;
}

type Doing = 'done' | 'skip' | 'undo';

/** One step: a box to tick, what to do, for whom, how much time is left; skipping and undoing ask why. */
export function StepLine({ step, room, operation, tell }: StepLineProps) {
  const t = useText(operations).steps;
  const nameOf = useName();
  const [asking, setAsking] = useState<'skip' | 'undo' | null>(null);
  const act = useAct(
    (body: { do: Doing; reason: string }, opId) =>
      ask(operationRoutes.step, { params: { id: room.event.id, stepId: step.id }, body: { opId, ...body } }),
    { stale: [eventsKey], onDone: () => setAsking(null) },
  );
  const words = nameOf({ name: step.words, nameEn: step.wordsEn });
  const todo = step.status === 'todo';
  return (
    <li className={`step step-${step.status}`}>
      <label className="step-box">
        <input
          type="checkbox"
          // Shown at once; the answer and what follows from it come after.
          checked={step.status === 'done' || (act.isPending && act.variables.do === 'done')}
          disabled={!room.may.step || act.isPending || step.status === 'skipped'}
          aria-label={t.tick(words)}
          onChange={() => (todo ? act.mutate({ do: 'done', reason: '' }) : setAsking('undo'))}
        />
      </label>
      <div className="step-body">
        <p className="step-words">{words}</p>
        <p className="step-facts">
          <i className="tag">{t.kinds[step.kind]}</i>
          <small>{t.roles[step.role]}</small>
          {step.required && <small className="step-required">{t.required}</small>}
          <span className="spring" />
          <StepClock step={step} operation={operation} />
        </p>
        {!todo && <Outcome step={step} />}
        {todo && <StepTools step={step} room={room} tell={tell} />}
        {room.may.step && asking === null && (
          <button type="button" className="link-button" onClick={() => setAsking(todo ? 'skip' : 'undo')}>
            {todo ? t.skip : t.undo}
          </button>
        )}
        {asking !== null && <WhyForm doing={asking} act={act} onClose={() => setAsking(null)} />}
        {asking === null && <ProblemNote error={act.error} />}
      </div>
    </li>
  );
}

function StepClock({ step, operation }: { step: Step; operation: Operation }) {
  const now = useNow();
  const stoppedAt = step.status === 'todo' ? operation.endedAt : step.at;
  const face = clockFace({ startedAt: operation.openedAt, dueAt: step.dueAt, stoppedAt, late: step.late }, now);
  return <DueClock face={face} dueAt={step.dueAt} compact />;
}

function Outcome({ step }: { step: Step }) {
  const t = useText(operations).steps;
  const when = useWhen();
  const doerName = useDoer();
  const who = step.by === null ? '' : doerName(step.by);
  return (
    <p className="step-outcome">
      <small>{step.status === 'done' ? t.done(when(step.at), who) : t.skipped(when(step.at), who)}</small>
      {step.reason !== '' && <span className="unit-said">{step.reason}</span>}
    </p>
  );
}

interface WhyFormProps {
  doing: 'skip' | 'undo';
  act: {
    mutate: (body: { do: Doing; reason: string }) => void;
    isPending: boolean;
    error: unknown;
  };
  onClose: () => void;
}

function WhyForm({ doing, act, onClose }: WhyFormProps) {
  const t = useText(operations).steps;
  const c = useText(common);
  const [reason, setReason] = useState('');
  const ready = reason.trim().length >= 2;
  const send = (): void => {
    if (ready) act.mutate({ do: doing, reason: reason.trim() });
  };
  return (
    <LittleForm label={doing === 'skip' ? t.skip : t.undo} onSend={send} onClose={onClose}>
      <WordsField first label={doing === 'skip' ? t.skipWhy : t.undoWhy} value={reason} onChange={setReason} />
      <ProblemNote error={act.error} />
      <div className="room-buttons">
        <Button size="small" type="primary" htmlType="submit" disabled={!ready} loading={act.isPending}>
          {t.confirm}
        </Button>
        <Button size="small" onClick={onClose}>
          {c.close}
        </Button>
      </div>
    </LittleForm>
  );
}

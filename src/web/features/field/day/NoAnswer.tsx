import { useState } from 'react';
import { afterMs, dayLists } from '#web/field/day-lists.ts';
import type { VisitTask } from '#web/field/field-api.ts';
import { useText } from '#web/i18n/area.ts';
import { fieldDay } from '#web/i18n/field-day.ts';
import { formatTime } from '#web/i18n/format.ts';
import { Icon } from '#web/ui/icons/Icon.tsx';
import { Button } from '#web/ui/light/Button.tsx';
import { useIntoView } from './use-into-view.ts';
import { useNamed } from './use-named.ts';
import { phoneIn, type VisitOutcome } from './visit-draft.ts';

export interface NoAnswerProps {
  task: VisitTask;
  busy: boolean;
  onBack: () => void;
  onSend: (outcome: VisitOutcome) => void;
}

/** Nobody answers: what to do now, what comes next and when. The steps and their times are the street's rules. */
export function NoAnswer({ task, busy, onBack, onSend }: NoAnswerProps) {
  const t = useText(fieldDay).noAnswer;
  const part = useIntoView<HTMLElement>();
  const contact = phoneIn(task.contact);
  const atDoor = task.state === 'door_check';
  return (
    <section ref={part} className="card card-amber" aria-labelledby="no-answer">
      <h2 id="no-answer">{t.heading}</h2>
      <Steps task={task} />
      <p className="act-explain">{atDoor ? t.atDoor : t.askNow}</p>
      {contact !== null && (
        <a className="button button-plain button-wide" href={`tel:${contact}`}>
          <Icon name="phone" />
          <span>{task.contact}</span>
        </a>
      )}
      <div className="stack">
        {atDoor && (
          <Button kind="main" wide icon="shield" busy={busy} onClick={() => onSend('met_with_police')}>
            {t.met}
          </Button>
        )}
        <Button kind={atDoor ? 'plain' : 'main'} wide icon="check" busy={busy} onClick={() => onSend('neighbour_ok')}>
          {t.neighbourOk}
        </Button>
        <Button wide icon="question" busy={busy} onClick={() => onSend('no_answer')}>
          {task.rung === 0 ? t.record : t.stillNone}
        </Button>
        <Button kind="quiet" icon="back" onClick={onBack}>
          {t.back}
        </Button>
      </div>
    </section>
  );
}

/** The ladder, with the step that is due now. */
function Steps({ task }: { task: VisitTask }) {
  const t = useText(fieldDay).noAnswer;
  const named = useNamed();
  const { ladder } = dayLists.use();
  const [nowMs] = useState(Date.now);
  if (ladder.length === 0) return null;
  // Before the first record no step has begun; the first is then the one for now.
  const current = Math.max(1, task.rung);
  const startedMs = task.rung === 0 ? nowMs : null;
  return (
    <ol className="ladder">
      {ladder.map((step, index) => {
        const rung = index + 1;
        const when = whenOf(task, rung, startedMs === null ? null : startedMs + afterMs(step));
        return (
          <li
            key={step.code}
            className={rung === current ? 'ladder-now' : ''}
            aria-current={rung === current ? 'step' : undefined}
          >
            <strong>{named(ladder, step.code)}</strong>
            <small>
              {rung === current ? t.now : rung < current ? t.done : when === null ? t.then : t.at(formatTime(when))}
            </small>
          </li>
        );
      })}
    </ol>
  );
}

/** The server's time for the next step; before anything was recorded, counted from now. */
function whenOf(task: VisitTask, rung: number, guessMs: number | null): string | number | null {
  if (task.nextTryAt !== null && rung === task.rung + 1) return task.nextTryAt;
  return guessMs;
}

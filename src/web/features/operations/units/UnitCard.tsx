import { useState } from 'react';
import { useNow } from '#web/app/now.ts';
import { useText } from '#web/i18n/area.ts';
import { operations } from '#web/i18n/operations.ts';
import { clockFace } from '#web/ui/clock-face.ts';
import { DueClock } from '#web/ui/DueClock.tsx';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { TaskMark } from '#web/ui/TaskMark.tsx';
import { useName } from '../parts/names.ts';
import { isOpen } from '../parts/tasks.ts';
import { useWhen } from '../parts/when.ts';
import type { Room, Task } from '../queries.ts';
import { LinkPanel } from './LinkPanel.tsx';
import { TaskForm } from './TaskForm.tsx';
import { isQuick, taskVerbs, useTaskAct, type TaskVerb } from './task-acts.ts';

/** One unit: status, clock, times, result; and what this person may do about it now. */
export function UnitCard({ task, room }: { task: Task; room: Room }) {
  const t = useText(operations).units;
  const nameOf = useName();
  return (
    <li className={`unit-card${isOpen(task) ? '' : ' unit-card-over'}${task.mine ? ' unit-card-mine' : ''}`}>
      <p className="unit-line">
        <i className={`tag ${task.part === 'lead' ? 'tag-leaf' : ''}`}>{task.part === 'lead' ? t.lead : t.assist}</i>
        <b>{nameOf(task.unit)}</b>
        {task.mine && <i className="tag tag-river">{t.mine}</i>}
        <span className="spring" />
        <TaskMark status={task.status} />
      </p>
      <Times task={task} room={room} />
      {task.instruction !== '' && <Said name={t.instruction} text={task.instruction} />}
      {task.result !== '' && <Said name={t.result} text={task.result} />}
      {task.reason !== '' && <Said name={t.reason} text={task.reason} />}
      <Acts task={task} room={room} />
    </li>
  );
}

function Times({ task, room }: { task: Task; room: Room }) {
  const t = useText(operations).units;
  const when = useWhen();
  const now = useNow();
  const clock = room.clocks.find((one) => one.taskId === task.id && one.stoppedAt === null);
  const steps = [
    t.offered(when(task.offeredAt)),
    task.acceptedAt === null ? null : t.accepted(when(task.acceptedAt)),
    task.onSiteAt === null ? null : t.arrived(when(task.onSiteAt)),
    task.doneAt === null ? null : t.finished(when(task.doneAt)),
  ].filter((one) => one !== null);
  return (
    <p className="unit-line unit-times">
      <small>{steps.join(' · ')}</small>
      <span className="spring" />
      {isOpen(task) &&
        (clock === undefined ? (
          <small>{t.noClock}</small>
        ) : (
          <DueClock face={clockFace(clock, now)} dueAt={clock.dueAt} />
        ))}
    </p>
  );
}

function Said({ name, text }: { name: string; text: string }) {
  return (
    <p className="unit-said">
      <span>{name}</span> {text}
    </p>
  );
}

function Acts({ task, room }: { task: Task; room: Room }) {
  const t = useText(operations);
  const nameOf = useName();
  const [open, setOpen] = useState<TaskVerb | 'link' | null>(null);
  const act = useTaskAct(room.event.id, task);
  const verbs = taskVerbs.filter((verb) => room.allowed.some((one) => one.verb === verb && one.taskId === task.id));
  const mayLink = room.may.link && isOpen(task);
  if (verbs.length === 0 && !mayLink) return null;
  const press = (verb: TaskVerb): void => {
    if (isQuick(verb)) act.mutate({ verb, text: '', noPhoto: '', photos: [] });
    else setOpen(open === verb ? null : verb);
  };
  const close = (): void => setOpen(null);
  return (
    <>
      <div className="room-buttons">
        {verbs.map((verb) => (
          <button
            key={verb}
            type="button"
            className={`room-button${verb === 'accept' || verb === 'arrive' || verb === 'finish' ? ' room-button-main' : ''}`}
            aria-expanded={isQuick(verb) ? undefined : open === verb}
            disabled={act.isPending}
            onClick={() => press(verb)}
          >
            {t.units.acts[verb]}
          </button>
        ))}
        {mayLink && (
          <button
            type="button"
            className="room-button"
            aria-expanded={open === 'link'}
            aria-label={t.link.title(nameOf(task.unit))}
            onClick={() => setOpen(open === 'link' ? null : 'link')}
          >
            {t.link.open}
          </button>
        )}
      </div>
      {open === null && <ProblemNote error={act.error} />}
      {open !== null && open !== 'link' && <TaskForm key={open} verb={open} act={act} onClose={close} />}
      {open === 'link' && <LinkPanel task={task} room={room} />}
    </>
  );
}

import { useText } from '#web/i18n/area.ts';
import { deskEvent } from '#web/i18n/desk-event.ts';
import { formatTime } from '#web/i18n/format.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { words } from '#web/i18n/words.ts';
import { DueClock } from '#web/ui/DueClock.tsx';
import { useUnitName } from '../names.ts';
import { useNow } from '#web/app/now.ts';
import type { EventDetail, Task } from '../queries.ts';
import { clockFace } from '#web/ui/clock-face.ts';
import { Section } from './Section.tsx';

/** Who works on it, the lead first: how far each is and how much time is left. */
export function Tasks({ event }: { event: EventDetail }) {
  const t = useText(deskEvent);
  if (event.tasks.length === 0) return null;
  const over = ['returned', 'waived', 'withdrawn'];
  const rank = (task: Task): number => (over.includes(task.status) ? 2 : task.part === 'lead' ? 0 : 1);
  return (
    <Section title={t.sections.tasks}>
      <ul className="tasks">
        {event.tasks
          .toSorted((a, b) => rank(a) - rank(b))
          .map((task) => (
            <TaskLine key={task.id} task={task} event={event} over={over.includes(task.status)} />
          ))}
      </ul>
    </Section>
  );
}

function TaskLine({ task, event, over }: { task: Task; event: EventDetail; over: boolean }) {
  const t = useText(deskEvent).task;
  const w = useText(words);
  const lang = languageChoice.use();
  const unitName = useUnitName();
  const now = useNow();
  const clock = event.clocks.find((one) => one.taskId === task.id && one.stoppedAt === null);
  const steps = [
    t.offered(formatTime(task.offeredAt, lang)),
    task.acceptedAt === null ? null : t.accepted(formatTime(task.acceptedAt, lang)),
    task.onSiteAt === null ? null : t.onSite(formatTime(task.onSiteAt, lang)),
    task.doneAt === null ? null : t.done(formatTime(task.doneAt, lang)),
  ].filter((one) => one !== null);
  return (
    <li className={`task${over ? ' task-over' : ''}${task.mine ? ' task-mine' : ''}`}>
      <div className="clock-line">
        <i className={`tag ${task.part === 'lead' ? 'tag-leaf' : ''}`}>{w.taskPart[task.part]}</i>
        <b>{unitName(task.unit)}</b>
        {task.mine && <i className="tag tag-river">{t.mine}</i>}
        <span className="spring" />
        <span className={`task-status task-${task.status}`}>{w.taskStatus[task.status]}</span>
        {clock !== undefined && <DueClock face={clockFace(clock, now)} dueAt={clock.dueAt} />}
      </div>
      <small>{steps.join(' · ')}</small>
      {task.assignee !== null && <small>{t.assignee(task.assignee)}</small>}
      {task.binding && <small>{t.binding}</small>}
      {task.instruction !== '' && <Words name={t.instruction} text={task.instruction} />}
      {task.result !== '' && <Words name={t.result} text={task.result} />}
      {task.reason !== '' && <Words name={t.reason} text={task.reason} />}
    </li>
  );
}

function Words({ name, text }: { name: string; text: string }) {
  return (
    <p className="said">
      <span>{name}</span> {text}
    </p>
  );
}

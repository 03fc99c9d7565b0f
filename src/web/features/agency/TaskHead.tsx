import { agency } from '#web/i18n/agency.ts';
import { useText } from '#web/i18n/area.ts';
import { formatDistance, formatDuration, formatTime } from '#web/i18n/format.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { Icon } from '#web/ui/icons/Icon.tsx';
import { Steps } from '#web/ui/light/Timeline.tsx';
import { PriorityMark } from '#web/ui/PriorityMark.tsx';
import type { TaskView } from './use-task.ts';

const stages = ['offered', 'accepted', 'on_site'] as const;

/** What it is, where, how much time is left, how far it is. `now`: epoch ms of the reading. */
export function TaskHead({ task: { event, task, unit }, now }: { task: TaskView; now: number }) {
  const t = useText(agency);
  const chinese = languageChoice.use() === 'zh';
  const name = (one: { name: string; nameEn: string }): string =>
    chinese || one.nameEn === '' ? one.name : one.nameEn;
  const category = name({ name: event.categoryName, nameEn: event.categoryNameEn });
  const stage = task.status === 'done' ? stages.length : stages.findIndex((one) => one === task.status);
  return (
    <section className="part task-head">
      <p className="task-number">
        {event.number}
        <PriorityMark priority={event.priority} />
      </p>
      <h1>{event.title === '' ? category : event.title}</h1>
      <p>{t.unit(name(unit))}</p>
      {stage >= 0 && <Steps label={t.progress} names={stages.map((one) => t.stage[one])} current={stage} />}
      <Ended task={task} />
      <Due task={task} now={now} />
      <dl className="facts">
        <div>
          <dt>{t.where}</dt>
          <dd>
            {event.placeWords} <MapLink event={event} />
          </dd>
        </div>
        {task.instruction !== '' && (
          <div>
            <dt>{t.instruction}</dt>
            <dd className="said">{task.instruction}</dd>
          </div>
        )}
      </dl>
    </section>
  );
}

/** What may be read later: cordons, who leads, since when. */
export function TaskFacts({ task: { event, cordons } }: { task: TaskView }) {
  const t = useText(agency);
  const chinese = languageChoice.use() === 'zh';
  const lead = chinese || event.leadUnit.nameEn === '' ? event.leadUnit.name : event.leadUnit.nameEn;
  return (
    <section className="part">
      <dl className="facts">
        {cordons.map((one) => (
          <div key={one.id}>
            <dt>{t.cordon}</dt>
            <dd>
              {one.shape.type === 'circle' ? t.cordonCircle(formatDistance(one.shape.radiusM)) : t.cordonPolygon}{' '}
              {one.words}
            </dd>
          </div>
        ))}
        <div>
          <dt>{t.lead}</dt>
          <dd>{lead}</dd>
        </div>
        <div>
          <dt>{t.reported}</dt>
          <dd>{formatTime(event.reportedAt)}</dd>
        </div>
      </dl>
    </section>
  );
}

/** The phone's own map application finds the way. */
function MapLink({ event }: { event: TaskView['event'] }) {
  const t = useText(agency);
  const { lon, lat } = event;
  if (lon === null || lat === null) return <small>{t.noPlace}</small>;
  const name = encodeURIComponent(event.placeWords === '' ? event.number : event.placeWords);
  return (
    <>
      <a className="button task-map" href={`geo:${lat},${lon}?q=${lat},${lon}(${name})`}>
        <Icon name="map" />
        <span>{t.openMap}</span>
      </a>
      <small>{t.position(lon.toFixed(5), lat.toFixed(5))}</small>
    </>
  );
}

function Due({ task, now }: { task: TaskView['task']; now: number }) {
  const t = useText(agency);
  languageChoice.use();
  if (task.dueAt === null || task.status === 'done') return null;
  const left = Date.parse(task.dueAt) - now;
  const late = task.late || left < 0;
  return (
    <p className={late ? 'due due-late task-due' : 'due task-due'} role="status">
      <Icon name={late ? 'warning' : 'clock'} size="1.2em" />
      <strong>{late ? t.over(formatDuration(left)) : t.left(formatDuration(left))}</strong>
      <span>{t.due(formatTime(task.dueAt))}</span>
    </p>
  );
}

/** Said in words when nothing more is to be done. */
function Ended({ task }: { task: TaskView['task'] }) {
  const t = useText(agency);
  languageChoice.use();
  const { status } = task;
  if (status === 'done') return <p className="note note-good">{t.finished(formatTime(task.doneAt))}</p>;
  if (status === 'returned' || status === 'waived' || status === 'withdrawn')
    return <p className="note note-warn">{t.ended[status]}</p>;
  return null;
}

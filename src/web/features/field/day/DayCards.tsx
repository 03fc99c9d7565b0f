import { dayLists } from '#web/field/day-lists.ts';
import { useText } from '#web/i18n/area.ts';
import { fieldDay } from '#web/i18n/field-day.ts';
import { field } from '#web/i18n/field.ts';
import { formatDistance, formatTime } from '#web/i18n/format.ts';
import { Icon } from '#web/ui/icons/Icon.tsx';
import { Link } from '#web/ui/light/Link.tsx';
import { remaining } from '../parts/limits.ts';
import { inspectPath, visitPath } from '../paths.ts';
import type { WaitingInspection, WaitingVisit } from '../today/sorting.ts';
import { useNamed } from './use-named.ts';

/** Somebody to be visited: who, where, why; the call is one tap away. */
export function VisitCard({ item, nowMs }: { item: WaitingVisit; nowMs: number }) {
  const t = useText(fieldDay);
  const named = useNamed();
  const { tags } = dayLists.use();
  const { task, laterAt } = item;
  const left = remaining(item.dueAt, nowMs);
  return (
    <div className={`event-card day-card${item.danger ? ' event-danger' : ''}`}>
      <Link to={visitPath(task.id)} className="day-card-link">
        <span className="event-card-top">
          <span className="day-kind">
            <span className="order-mark" aria-label={t.visit.order(task.order)}>
              {task.order}
            </span>
            {t.verb.visit_record}
          </span>
          <Limit left={left} laterAt={laterAt} />
        </span>
        <strong className="event-card-title">{task.name}</strong>
        <span className="event-card-place">
          <Icon name="house" size={18} />
          <span>
            {task.address} {task.addressDetail ?? ''}
            <Away distanceM={item.distanceM} />
          </span>
        </span>
        <span className="event-card-foot">
          {task.reason !== 'cycle' && <span className="tag tag-seal">{t.visit.reason[task.reason]}</span>}
          {task.state === 'door_check' && <span className="tag tag-seal">{t.visit.state.door_check}</span>}
          {task.tags.slice(0, 3).map((tag) => (
            <span key={tag} className="tag">
              {named(tags, tag)}
            </span>
          ))}
        </span>
      </Link>
      {task.phone !== null && (
        <a className="call-button" href={`tel:${task.phone}`} aria-label={t.visit.callName(task.name)}>
          <Icon name="phone" size={28} />
        </a>
      )}
    </div>
  );
}

/** A risk point to be looked at. */
export function InspectionCard({ item, nowMs }: { item: WaitingInspection; nowMs: number }) {
  const t = useText(fieldDay);
  const named = useNamed();
  const { kinds } = dayLists.use();
  const { task } = item;
  return (
    <Link to={inspectPath(task.id)} className={`event-card${item.danger ? ' event-danger' : ''}`}>
      <span className="event-card-top">
        <span className="day-kind">
          <Icon name="shield" size={22} />
          {t.verb.inspection_record}
        </span>
        <Limit left={remaining(item.dueAt, nowMs)} laterAt={null} />
      </span>
      <strong className="event-card-title">{task.name}</strong>
      <span className="event-card-place">
        <Icon name="place" size={18} />
        <span>
          {task.placeWords === '' ? task.code : task.placeWords}
          <Away distanceM={item.distanceM} />
        </span>
      </span>
      <span className="event-card-foot">
        {task.reason !== 'cycle' && <span className="tag tag-seal">{t.inspect.reason[task.reason]}</span>}
        <span className="tag">{t.inspect.level(task.level)}</span>
        <span className="tag">{named(kinds, task.kind)}</span>
      </span>
    </Link>
  );
}

function Limit({ left, laterAt }: { left: ReturnType<typeof remaining>; laterAt: string | null }) {
  const t = useText(fieldDay);
  if (laterAt !== null)
    return (
      <span className="left left-calm">
        <Icon name="again" size={18} />
        {t.visit.againAt(formatTime(laterAt))}
      </span>
    );
  return (
    <span className={`left left-${left.tone}`}>
      <Icon name={left.tone === 'late' ? 'warning' : 'clock'} size={18} />
      {left.words}
    </span>
  );
}

function Away({ distanceM }: { distanceM: number | null }) {
  const t = useText(field).today;
  return distanceM === null ? null : <b> · {t.away(formatDistance(distanceM))}</b>;
}

import { useText } from '#web/i18n/area.ts';
import { field } from '#web/i18n/field.ts';
import { formatDistance } from '#web/i18n/format.ts';
import { words } from '#web/i18n/words.ts';
import type { EventRow } from '#web/field/field-api.ts';
import { Icon } from '#web/ui/icons/Icon.tsx';
import { Link } from '#web/ui/light/Link.tsx';
import { PriorityMark } from '#web/ui/PriorityMark.tsx';
import { StatusMark } from '#web/ui/StatusMark.tsx';
import { remaining } from '../parts/limits.ts';
import { eventPath } from '../paths.ts';
import type { WaitingEvent } from './sorting.ts';

/** One matter that waits: what, where, how long, and what to do. The whole card opens it. */
export function WaitingCard({ item, nowMs, pending }: { item: WaitingEvent; nowMs: number; pending: boolean }) {
  const t = useText(field).today;
  const verb = useText(words).verb;
  const { row, step } = item;
  const left = remaining(item.dueAt, nowMs);
  return (
    <Link to={eventPath(row.id)} className={`event-card${row.priority === 0 ? ' event-danger' : ''}`}>
      <span className="event-card-top">
        <PriorityMark priority={row.priority} />
        <span className={`left left-${left.tone}`}>
          <Icon name={left.tone === 'late' ? 'warning' : 'clock'} size={18} />
          {left.words}
        </span>
      </span>
      <strong className="event-card-title">{row.title}</strong>
      <span className="event-card-line">
        <Place row={row} distanceM={item.distanceM} />
        <span className="do-this">
          {verb[step.verb]}
          <Icon name="forward" size={18} />
        </span>
      </span>
      {(row.supervised || row.urges > 0 || pending) && (
        <span className="event-card-foot">
          {row.supervised && <span className="tag tag-seal">{t.supervised}</span>}
          {row.urges > 0 && <span className="tag">{t.urged(row.urges)}</span>}
          {pending && <span className="tag tag-amber">{t.pending}</span>}
        </span>
      )}
    </Link>
  );
}

/** A matter where nothing is expected. */
export function QuietCard({ row }: { row: EventRow }) {
  return (
    <Link to={eventPath(row.id)} className="event-card event-quiet">
      <strong className="event-card-title">{row.title}</strong>
      <Place row={row} distanceM={null} />
      <span className="event-card-foot">
        <StatusMark status={row.status} />
      </span>
    </Link>
  );
}

function Place({ row, distanceM }: { row: EventRow; distanceM: number | null }) {
  const t = useText(field).today;
  return (
    <span className="event-card-place">
      <Icon name="place" size={18} />
      <span>
        {row.placeWords === '' ? t.noPlace : row.placeWords}
        {distanceM !== null && <b> · {t.away(formatDistance(distanceM))}</b>}
      </span>
    </span>
  );
}

import { alarms } from '#web/i18n/alarms.ts';
import { useText } from '#web/i18n/area.ts';
import { formatTime } from '#web/i18n/format.ts';
import { Icon } from '#web/ui/icons/Icon.tsx';
import { PriorityMark } from '#web/ui/PriorityMark.tsx';
import type { AlarmRow } from '../queries.ts';

export interface AlarmTableProps {
  rows: readonly AlarmRow[];
  chosen: string | undefined;
  onChoose: (id: string) => void;
}

/** One line an alarm, newest first; the whole line is one button. */
export function AlarmTable({ rows, chosen, onChoose }: AlarmTableProps) {
  const t = useText(alarms);
  if (rows.length === 0) return <p className="alarms-none">{t.page.none}</p>;
  return (
    <ol className="pick-rows alarms-rows">
      {rows.map((row) => (
        <li key={row.id}>
          <button
            type="button"
            className={row.acknowledged ? 'pick-row alarms-row' : 'pick-row alarms-row alarms-row-waits'}
            aria-current={row.id === chosen ? 'true' : undefined}
            onClick={() => onChoose(row.id)}
          >
            <span className="alarms-row-head">
              <PriorityMark priority={row.priority} />
              <b>{t.alarmOf(t.kind[row.kind])}</b>
              {row.test && <span className="tag">{t.strip.test}</span>}
              <time className="quiet" dateTime={row.raisedAt}>
                {formatTime(row.raisedAt)}
              </time>
            </span>
            <span>{whereOf(row)}</span>
            <AlarmMarks row={row} />
          </button>
        </li>
      ))}
    </ol>
  );
}

/** Name and place, said once where they are the same. */
function whereOf({ device, source, placeWords, areaName }: AlarmRow): string {
  const name = device?.name ?? source?.name ?? '';
  return [name, placeWords === name ? areaName : placeWords].filter((one) => one !== '').join(' · ');
}

/** State in words, each with its own sign. */
export function AlarmMarks({ row }: { row: AlarmRow }) {
  const t = useText(alarms);
  const active = row.condition === 'active';
  return (
    <span className="alarms-marks">
      <span className={active ? 'tag tag-supervised' : 'tag'}>
        <Icon name={active ? 'warning' : 'check'} size={13} />
        {t.page.condition[row.condition]}
      </span>
      <span className={row.acknowledged ? 'tag' : 'tag tag-urged'}>
        <Icon name={row.acknowledged ? 'check' : 'bell'} size={13} />
        {row.acknowledged ? t.page.acknowledged : t.page.unacknowledged}
      </span>
      {row.outcome !== null && (
        <span className={row.outcome === 'false' ? 'tag tag-river' : 'tag tag-leaf'}>
          {t.page.outcome[row.outcome]}
        </span>
      )}
      {row.event !== null && <span className="tag tag-leaf">{t.strip.event(row.event.number)}</span>}
      {row.eventWaiting && <span className="tag">{t.strip.eventWaiting}</span>}
      {row.repeats > 0 && <span className="quiet">{t.strip.repeated(row.repeats)}</span>}
    </span>
  );
}

import { memo } from 'react';
import { isOpen } from '#contract/events-words.ts';
import { useText } from '#web/i18n/area.ts';
import { desk } from '#web/i18n/desk.ts';
import { StatusMark } from '#web/ui/StatusMark.tsx';
import { DueClock } from '#web/ui/DueClock.tsx';
import { rowFace } from '#web/ui/clock-face.ts';
import { useNow } from '#web/app/now.ts';
import { PriorityShape } from '../PriorityShape.tsx';
import type { EventRow } from '../queries.ts';

export interface QueueRowProps {
  id: string;
  row: EventRow;
  category: string;
  place: string;
  owner: string;
  current: boolean;
  open: boolean;
  picked: boolean;
  onOpen: (id: string) => void;
  onPick: (id: string, range: boolean) => void;
}

/** One event in two lines. */
export const QueueRow = memo(function QueueRow(props: QueueRowProps) {
  const { row, picked } = props;
  const t = useText(desk).queue;
  const now = useNow();
  const over = !isOpen(row.status);
  return (
    // The keyboard acts through the list itself (aria-activedescendant).
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div
      id={props.id}
      role="option"
      aria-selected={picked}
      aria-current={props.open}
      className={`row${props.current ? ' row-current' : ''}${props.open ? ' row-open' : ''}${over ? ' row-over' : ''}`}
      onClick={(event) => (event.shiftKey ? props.onPick(row.id, true) : props.onOpen(row.id))}
    >
      {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions */}
      <span
        className={`row-pick${picked ? ' row-picked' : ''}`}
        title={t.select}
        onClick={(event) => {
          event.stopPropagation();
          props.onPick(row.id, event.shiftKey);
        }}
      >
        <PriorityShape priority={row.priority} />
        <svg className="row-tick" width="14" height="14" viewBox="0 0 16 16" aria-hidden="true">
          <path d="M3 8.5l3.5 3.5L13 4.5" fill="none" stroke="currentColor" strokeWidth="2.4" />
        </svg>
      </span>
      <span className="row-title">{row.title === '' ? props.category : row.title}</span>
      <span className="row-due">
        {over ? <small>{row.number}</small> : <DueClock face={rowFace(row, now)} dueAt={row.dueAt} compact />}
      </span>
      <span className="row-second">
        <span className="row-facts">
          <StatusMark status={row.status} />
          <span className="row-category">{props.category}</span>
          <span className="row-place">{props.place}</span>
        </span>
        <span className="row-marks">
          {row.outside && <i className="tag">{t.outside}</i>}
          {row.supervised && <Mark short={t.supervised} full={t.supervisedFull} kind="supervised" />}
          {row.urges > 0 && <Mark short={t.urged(row.urges)} full={t.urgedFull(row.urges)} kind="urged" />}
          {row.reportCount > 1 && (
            <Mark short={t.joined(row.reportCount)} full={t.joinedFull(row.reportCount)} kind="joined" />
          )}
          <span className="row-owner">{props.owner}</span>
        </span>
      </span>
    </div>
  );
});

function Mark({ short, full, kind }: { short: string; full: string; kind: string }) {
  return (
    <i className={`tag tag-${kind}`} title={full}>
      <span aria-hidden="true">{short}</span>
      <span className="visually-hidden">{full}</span>
    </i>
  );
}

import type { ClientOutput } from '#contract/route.ts';
import type { eventRoutes } from '#contract/events.ts';
import { useText } from '#web/i18n/area.ts';
import { desk } from '#web/i18n/desk.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { StatusMark } from '#web/ui/StatusMark.tsx';
import { PriorityShape } from '../PriorityShape.tsx';
import { VirtualRows } from './VirtualRows.tsx';

export interface WindowRowsProps {
  points: ClientOutput<typeof eventRoutes.map> | undefined;
  event: string | undefined;
  onSelect: (id: string) => void;
  tall: boolean;
}

/** What the map's window shows, as a list: exactly the points drawn, with what a point knows. */
export function WindowRows({ points, event, onSelect, tall }: WindowRowsProps) {
  const t = useText(desk);
  if (points === undefined) return <div className="rows-waiting" aria-hidden="true" />;
  if (points.points.length === 0) return <p className="queue-empty">{t.queue.empty}</p>;
  const current = points.points.findIndex((point) => point.id === event);
  return (
    <VirtualRows
      count={points.points.length}
      rowHeight={tall ? 72 : 44}
      label={t.queue.label}
      current={current}
      idOf={(index) => `point-${points.points[index]?.id ?? ''}`}
      onKey={(pressed) => {
        const by = { ArrowDown: 1, ArrowUp: -1 }[pressed.key];
        const next = by === undefined ? undefined : points.points[Math.max(0, current + by)];
        if (next === undefined) return;
        pressed.preventDefault();
        onSelect(next.id);
      }}
      row={(index) => {
        const point = points.points[index];
        if (point === undefined) return null;
        return (
          // The keyboard acts through the list itself (aria-activedescendant).
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
          <div
            key={point.id}
            id={`point-${point.id}`}
            role="option"
            aria-selected={point.id === event}
            className={`row row-short${point.id === event ? ' row-open' : ''}`}
            onClick={() => onSelect(point.id)}
          >
            <PriorityShape priority={point.priority} />
            <span className="row-title">{point.title}</span>
            <StatusMark status={point.status} />
            {point.late && <i className="tag tag-urged">{t.clock.late}</i>}
          </div>
        );
      }}
      foot={
        points.truncated ? (
          <p className="queue-note">{t.queue.windowCut(formatNumber(points.points.length))}</p>
        ) : undefined
      }
    />
  );
}

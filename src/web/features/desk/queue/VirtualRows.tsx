import { useCallback, useLayoutEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';

export interface VirtualRowsProps {
  count: number;
  /** Pixels; every row has the same height. */
  rowHeight: number;
  label: string;
  /** The row the keyboard stands on; kept in view. -1: none. */
  current: number;
  idOf: (index: number) => string;
  row: (index: number) => ReactNode;
  /** Called when the last rows come near. */
  onNearEnd?: () => void;
  onKey?: (event: KeyboardEvent) => void;
  foot?: ReactNode;
}

const spare = 8;

/** A list of any length of which only the rows in sight exist. One tab stop; rows are options. */
export function VirtualRows(props: VirtualRowsProps) {
  const { count, rowHeight, current, onNearEnd } = props;
  const place = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 600 });
  const first = Math.max(0, Math.floor(view.top / rowHeight) - spare);
  const last = Math.min(count, Math.ceil((view.top + view.height) / rowHeight) + spare);

  const look = useCallback((): void => {
    const box = place.current;
    if (box !== null) setView({ top: box.scrollTop, height: box.clientHeight });
  }, []);
  useLayoutEffect(() => {
    const box = place.current;
    if (box === null) return;
    look();
    const watch = new ResizeObserver(look);
    watch.observe(box);
    return () => watch.disconnect();
  }, [look]);
  useLayoutEffect(() => {
    const box = place.current;
    if (box === null || current < 0) return;
    const top = current * rowHeight;
    if (top < box.scrollTop) box.scrollTop = top;
    else if (top + rowHeight > box.scrollTop + box.clientHeight) box.scrollTop = top + rowHeight - box.clientHeight;
  }, [current, rowHeight]);
  useLayoutEffect(() => {
    if (count > 0 && last >= count - 20) onNearEnd?.();
  }, [count, last, onNearEnd]);

  const rows: ReactNode[] = [];
  for (let index = first; index < last; index += 1) rows.push(props.row(index));
  return (
    <div
      ref={place}
      className="rows"
      role="listbox"
      aria-multiselectable="true"
      aria-label={props.label}
      aria-activedescendant={current >= first && current < last ? props.idOf(current) : undefined}
      tabIndex={0}
      onScroll={look}
      onKeyDown={props.onKey}
    >
      <div role="presentation" style={{ height: count * rowHeight, position: 'relative' }}>
        <div role="presentation" style={{ position: 'absolute', insetInline: 0, top: first * rowHeight }}>
          {rows}
        </div>
      </div>
      {props.foot}
    </div>
  );
}

import { useRef, useState, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import { useText } from '#web/i18n/area.ts';
import { desk } from '#web/i18n/desk.ts';

const storageKey = 'huangge.desk.panes';
const narrowestPx = 320;
const widestPx = 720;

interface Widths {
  left: number;
  right: number;
}

/** Three panes side by side; the bars between them move by pointer and by arrow keys, and stay where they were put. */
export function Panes({ left, middle, right }: { left: ReactNode; middle: ReactNode; right: ReactNode }) {
  const t = useText(desk).panes;
  const [widths, setWidths] = useState(read);
  const move = (side: keyof Widths, px: number): void =>
    setWidths((now) => {
      const next = { ...now, [side]: Math.min(widestPx, Math.max(narrowestPx, Math.round(px))) };
      try {
        localStorage.setItem(storageKey, JSON.stringify(next));
      } catch {
        // Refused storage: the widths last for the visit.
      }
      return next;
    });
  return (
    <div
      className="panes"
      style={{ gridTemplateColumns: `${widths.left}px 7px minmax(240px, 1fr) 7px ${widths.right}px` }}
    >
      <section className="pane" aria-label={t.queue}>
        {left}
      </section>
      <Bar label={t.resizeLeft} width={widths.left} direction={1} onMove={(px) => move('left', px)} />
      <section className="pane" aria-label={t.map}>
        {middle}
      </section>
      <Bar label={t.resizeRight} width={widths.right} direction={-1} onMove={(px) => move('right', px)} />
      <section className="pane" aria-label={t.detail}>
        {right}
      </section>
    </div>
  );
}

interface BarProps {
  label: string;
  width: number;
  /** 1: the pane lies left of the bar; -1: right. */
  direction: 1 | -1;
  onMove: (px: number) => void;
}

function Bar({ label, width, direction, onMove }: BarProps) {
  const from = useRef<{ x: number; width: number } | null>(null);
  const down = (event: PointerEvent<HTMLDivElement>): void => {
    event.currentTarget.setPointerCapture(event.pointerId);
    from.current = { x: event.clientX, width };
  };
  const drag = (event: PointerEvent): void => {
    if (from.current !== null) onMove(from.current.width + direction * (event.clientX - from.current.x));
  };
  const key = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowRight' ? 16 : event.key === 'ArrowLeft' ? -16 : 0;
    if (step === 0) return;
    event.preventDefault();
    onMove(width + direction * step);
  };
  return (
    // A separator that can be moved is a control by the ARIA pattern "window splitter".
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      className="panes-bar"
      role="separator"
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={width}
      aria-valuemin={narrowestPx}
      aria-valuemax={widestPx}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      onPointerDown={down}
      onPointerMove={drag}
      onPointerUp={() => (from.current = null)}
      onKeyDown={key}
    />
  );
}

function read(): Widths {
  const wide = typeof innerWidth === 'number' && innerWidth >= 1680;
  const usual = wide ? { left: 480, right: 560 } : { left: 430, right: 480 };
  try {
    const found = JSON.parse(localStorage.getItem(storageKey) ?? '{}') as Partial<Widths>;
    const room = innerWidth - 260;
    const kept = { left: found.left ?? usual.left, right: found.right ?? usual.right };
    return kept.left + kept.right <= room ? kept : usual;
  } catch {
    return usual;
  }
}

import { useRef, type KeyboardEvent, type PointerEvent } from 'react';
import { overlap, screenColumns, screenRows, type Placement } from '#contract/screens-layout.ts';
import { useText } from '#web/i18n/area.ts';
import { screen } from '#web/i18n/screen.ts';
import { byKey, moveTo, sizeTo } from './arrange.ts';

interface BoardProps {
  layout: readonly Placement[];
  mayEdit: boolean;
  onLayout: (layout: readonly Placement[]) => void;
}

interface Drag {
  one: Placement;
  how: 'move' | 'size';
  fromX: number;
  fromY: number;
}

/** The screen in small: widgets are moved and sized by pointer or by keys. */
export function Board({ layout, mayEdit, onLayout }: BoardProps) {
  const t = useText(screen);
  const board = useRef<HTMLDivElement>(null);
  const drag = useRef<Drag | null>(null);

  const begin = (event: PointerEvent<HTMLElement>, one: Placement, how: Drag['how']): void => {
    if (!mayEdit || event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { one, how, fromX: event.clientX, fromY: event.clientY };
    event.stopPropagation();
  };
  const go = (event: PointerEvent<HTMLElement>): void => {
    const box = board.current?.getBoundingClientRect();
    if (drag.current === null || box === undefined) return;
    const { one, how, fromX, fromY } = drag.current;
    const dx = Math.round(((event.clientX - fromX) / box.width) * screenColumns);
    const dy = Math.round(((event.clientY - fromY) / box.height) * screenRows);
    onLayout(
      how === 'move'
        ? moveTo(layout, one.code, { x: one.x + dx, y: one.y + dy })
        : sizeTo(layout, one.code, { w: one.w + dx, h: one.h + dy }),
    );
  };
  const stop = (): void => void (drag.current = null);
  const press = (event: KeyboardEvent<HTMLElement>, one: Placement): void => {
    const next = mayEdit ? byKey(layout, one.code, event) : undefined;
    if (next === undefined) return;
    event.preventDefault();
    onLayout(next);
  };
  return (
    <>
      {mayEdit && <p className="quiet">{t.arrange.keys}</p>}
      <div ref={board} className="screens-board" role="group" aria-label={t.arrange.board}>
        {layout.map((one) => (
          <button
            key={one.code}
            type="button"
            className={isCovering(one, layout) ? 'screens-place screens-covering' : 'screens-place'}
            style={{
              gridColumn: `${one.x + 1} / span ${one.w}`,
              gridRow: `${one.y + 1} / span ${one.h}`,
            }}
            aria-label={t.arrange.at(t.widget[one.code], one)}
            onKeyDown={(event) => press(event, one)}
            onPointerDown={(event) => begin(event, one, 'move')}
            onPointerMove={go}
            onPointerUp={stop}
            onPointerCancel={stop}
          >
            {t.widget[one.code]} <span className="quiet">{`${one.w} × ${one.h}`}</span>
            {mayEdit && (
              <span
                className="screens-handle"
                aria-hidden="true"
                onPointerDown={(event) => begin(event, one, 'size')}
                onPointerMove={go}
                onPointerUp={stop}
                onPointerCancel={stop}
              />
            )}
          </button>
        ))}
      </div>
    </>
  );
}

const isCovering = (one: Placement, layout: readonly Placement[]): boolean =>
  layout.some((other) => other.code !== one.code && overlap(one, other));

import { Suspense, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { theme as themeChoice } from '#web/app/preferences.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import type { LegendEntry } from '#web/map/layers.ts';
import { LazyMapCanvas } from '#web/map/lazy.tsx';
import { middleOf } from '#web/map/middle.ts';
import { pointLayer, type PointMark } from './layers.ts';

interface PointMapProps {
  label: string;
  marks: readonly PointMark[];
  chosen: string | undefined;
  legend: readonly LegendEntry[];
  groupTitle: (count: number) => string;
  row: (id: string) => ReactNode;
  onChoose: (id: string) => void;
}

/** Points on the map; a group that is pointed at opens as a list. The list beside the map is its twin. */
export function PointMap({ label, marks, chosen, legend, groupTitle, row, onChoose }: PointMapProps) {
  const c = useText(common).map;
  const theme = themeChoice.use();
  const [failed, setFailed] = useState(false);
  const [group, setGroup] = useState<readonly string[]>([]);
  const latest = useRef(onChoose);
  latest.current = onChoose;
  const layers = useMemo(
    () => [
      pointLayer({
        id: 'points',
        marks,
        chosen,
        theme,
        legend,
        onSelect: (id) => latest.current(id),
        onCluster: setGroup,
      }),
    ],
    [marks, chosen, theme, legend],
  );
  const at = useMemo(() => marks.find(({ id }) => id === chosen) ?? middleOf(marks), [marks, chosen]);
  if (failed) return <p className="quiet">{c.failed}</p>;
  const members = marks.filter(({ id }) => group.includes(id));
  return (
    <>
      <div className="fac-map">
        <Suspense fallback={<p className="waiting">{c.loading}</p>}>
          <LazyMapCanvas
            label={label}
            centre={at === null ? null : { lon: at.lon, lat: at.lat }}
            zoom={chosen === undefined ? 14 : 16.5}
            layers={layers}
            onFailure={() => setFailed(true)}
          />
        </Suspense>
      </div>
      {members.length > 1 && (
        <Group title={groupTitle(members.length)} onClose={() => setGroup([])}>
          {members.map(({ id }) => (
            <li key={id}>
              <button
                type="button"
                className="fac-row"
                aria-current={id === chosen ? 'true' : undefined}
                onClick={() => onChoose(id)}
              >
                {row(id)}
              </button>
            </li>
          ))}
        </Group>
      )}
    </>
  );
}

/** A group opened as a list: reached and left by keyboard. */
function Group({ title, onClose, children }: { title: string; onClose: () => void; children: ReactNode }) {
  const c = useText(common);
  const place = useRef<HTMLElement>(null);
  const latest = useRef(onClose);
  latest.current = onClose;
  useEffect(() => place.current?.focus(), [title]);
  useEffect(() => {
    const leave = ({ key }: KeyboardEvent): void => {
      if (key === 'Escape') latest.current();
    };
    document.addEventListener('keydown', leave);
    return () => document.removeEventListener('keydown', leave);
  }, []);
  return (
    <section ref={place} className="fac-group" tabIndex={-1} aria-label={title}>
      <header>
        <h3>{title}</h3>
        <button type="button" className="tool" onClick={onClose}>
          {c.close}
        </button>
      </header>
      <ul className="fac-rows">{children}</ul>
    </section>
  );
}

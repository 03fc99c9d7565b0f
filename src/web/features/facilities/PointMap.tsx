import { Suspense, useMemo, useRef, useState, type ReactNode } from 'react';
import { theme as themeChoice } from '#web/app/preferences.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import type { LegendEntry } from '#web/map/layers.ts';
import { LazyMapCanvas } from '#web/map/lazy.tsx';
import { middleOf } from '#web/map/middle.ts';
import { OpenGroup } from '#web/map/OpenGroup.tsx';
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
      <div className="list-map fac-map">
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
        <OpenGroup area="fac" title={groupTitle(members.length)} onClose={() => setGroup([])}>
          {members.map(({ id }) => (
            <li key={id}>
              <button
                type="button"
                className="pick-row fac-row"
                aria-current={id === chosen ? 'true' : undefined}
                onClick={() => onChoose(id)}
              >
                {row(id)}
              </button>
            </li>
          ))}
        </OpenGroup>
      )}
    </>
  );
}

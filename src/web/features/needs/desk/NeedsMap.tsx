import { Suspense, useMemo, useRef, useState } from 'react';
import { theme as themeChoice } from '#web/app/preferences.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { needs } from '#web/i18n/needs.ts';
import { LazyMapCanvas } from '#web/map/lazy.tsx';
import { middleOf } from '#web/map/middle.ts';
import { needLayer, type NeedMark } from './needs-layer.ts';
import { useNeedNames, type NeedRow } from './queries.ts';

/** Where things are missing. The list beside it is its twin. */
export function NeedsMap({ rows, onChoose }: { rows: readonly NeedRow[]; onChoose: (id: string) => void }) {
  const t = useText(needs);
  const c = useText(common).map;
  const theme = themeChoice.use();
  const { classOf } = useNeedNames();
  const [failed, setFailed] = useState(false);
  const latest = useRef(onChoose);
  latest.current = onChoose;
  const marks = marksOf(rows, classOf);
  const drawn = JSON.stringify(marks);
  const layers = useMemo(
    () => [
      needLayer({
        marks: JSON.parse(drawn) as NeedMark[],
        theme,
        words: { open: t.mapOpen, settled: t.mapSettled },
        onSelect: (id) => latest.current(id),
      }),
    ],
    [drawn, theme, t],
  );
  // The heaviest tell where to look first; the page may fill later, so the middle is that of the first rows.
  const middle = middleOf(marks.slice(0, 1));
  if (failed) return <p className="quiet">{c.failed}</p>;
  return (
    <div className="needs-map">
      <Suspense fallback={<p className="waiting">{c.loading}</p>}>
        <LazyMapCanvas label={t.map} centre={middle} zoom={14} layers={layers} onFailure={() => setFailed(true)} />
      </Suspense>
    </div>
  );
}

function marksOf(rows: readonly NeedRow[], classOf: (code: string) => string): NeedMark[] {
  return rows.flatMap(({ id, title, classCode, lon, lat, people, state }) =>
    lon === null || lat === null
      ? []
      : [
          {
            id,
            name: classCode === null ? title.slice(0, 12) : classOf(classCode),
            lon,
            lat,
            people,
            settled: state === 'planned' || state === 'met',
          },
        ],
  );
}

import { Suspense, useMemo, useRef, useState } from 'react';
import { theme as themeChoice } from '#web/app/preferences.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { stations } from '#web/i18n/stations.ts';
import { LazyMapCanvas } from '#web/map/lazy.tsx';
import { middleOf } from '#web/map/middle.ts';
import { stationLayer } from '../station-layer.ts';
import type { StationRow } from './queries.ts';
import { inLanguage } from '#web/i18n/language.ts';

/** Where they are. The table beside it is its twin. */
export function DeskMap({ rows, onChoose }: { rows: readonly StationRow[]; onChoose: (code: string) => void }) {
  const t = useText(stations);
  const c = useText(common).map;
  const lang = languageChoice.use();
  const theme = themeChoice.use();
  const [failed, setFailed] = useState(false);
  const latest = useRef(onChoose);
  latest.current = onChoose;
  const layers = useMemo(
    () => [
      stationLayer({
        marks: marksOf(rows, lang),
        theme,
        words: { open: t.open, closed: t.closed },
        onSelect: (code) => latest.current(code),
      }),
    ],
    [rows, lang, theme, t],
  );
  const [middle] = useState(() => middleOf(rows));
  if (failed) return <p className="quiet">{c.failed}</p>;
  return (
    <div className="stations-map">
      <Suspense fallback={<p className="waiting">{c.loading}</p>}>
        <LazyMapCanvas
          label={t.map}
          centre={middle === null ? null : { lon: middle.lon, lat: middle.lat }}
          zoom={13}
          layers={layers}
          onFailure={() => setFailed(true)}
        />
      </Suspense>
    </div>
  );
}

/** Rows as the map's layer wants them. */
export function marksOf(rows: readonly StationRow[], lang: 'zh' | 'en') {
  return rows.map((row) => ({
    code: row.code,
    name: inLanguage(lang, row.name, row.nameEn),
    lon: row.lon,
    lat: row.lat,
    open: row.standing.open,
  }));
}

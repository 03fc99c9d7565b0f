import { useMemo, useState } from 'react';
import { distanceM } from '#kit/geo.ts';
import { goTo } from '#web/app/address.ts';
import { theme as themeChoice } from '#web/app/preferences.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { stationsPublic } from '#web/i18n/stations-public.ts';
import { LazyMapCanvas } from '#web/map/lazy.tsx';
import { middleOf } from '#web/map/middle.ts';
import { stationLayer } from '../station-layer.ts';
import type { Found } from './standing.ts';
import type { Start } from './start.ts';
import { inLanguage } from '#web/i18n/language.ts';

/** Where they are. The list is its twin. */
export function StationMap({ found, start }: { found: readonly Found[]; start: Start | null }) {
  const t = useText(stationsPublic).map;
  const c = useText(common).map;
  const lang = languageChoice.use();
  const theme = themeChoice.use();
  const [failed, setFailed] = useState(false);
  const marks = useMemo(
    () =>
      found.map(({ row, standing }) => ({
        code: row.code,
        name: inLanguage(lang, row.name, row.nameEn),
        lon: row.lon,
        lat: row.lat,
        open: standing.state === 'open',
      })),
    [found, lang],
  );
  const layers = useMemo(
    () => [
      stationLayer({
        marks,
        start: start?.at ?? null,
        theme,
        words: { open: t.open, closed: t.closed, start: t.you },
        onSelect: (code) => goTo(`/s/${code}`),
      }),
    ],
    [marks, start, theme, t],
  );
  const middle = start?.at ?? middleOf(marks);
  if (failed) return <p className="note">{c.failed}</p>;
  return (
    <div className="station-map">
      <LazyMapCanvas
        label={t.label}
        centre={middle === null ? null : { lon: middle.lon, lat: middle.lat }}
        zoom={zoomFor(found, start)}
        layers={layers}
        onFailure={() => setFailed(true)}
      />
    </div>
  );
}

/** Wide enough for the start and the three nearest on a phone: pixels of half a map over metres. */
function zoomFor(found: readonly Found[], start: Start | null): number {
  const third = found[Math.min(2, found.length - 1)];
  if (start === null || third === undefined) return 12.5;
  const { lon, lat } = start.at;
  const metres = Math.max(150, distanceM([lon, lat], [third.row.lon, third.row.lat]) * 1.2);
  const metresPerPixel = 78_271.5 * Math.cos((lat * Math.PI) / 180);
  return Math.min(16, Math.log2((metresPerPixel * 160) / metres));
}

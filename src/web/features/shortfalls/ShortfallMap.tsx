import { Suspense, useMemo, useRef, useState } from 'react';
import { theme as themeChoice } from '#web/app/preferences.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { shortfalls } from '#web/i18n/shortfalls.ts';
import { LazyMapCanvas } from '#web/map/lazy.tsx';
import { middleOf } from '#web/map/middle.ts';
import type { LonLatPoint } from '#web/map/layers.ts';
import type { Row } from './RowLine.tsx';
import { cellLayer, roomLayer, rowLayer } from './shortfall-layer.ts';

/** What is shown of the line that is opened: homes and rooms. */
export interface MapExtras {
  cells: readonly (LonLatPoint & { people: number | null })[];
  rooms: readonly (LonLatPoint & { id: string; name: string })[];
}

interface MapProps {
  rows: readonly Row[] | undefined;
  chosen: string | undefined;
  extras: MapExtras | null;
  onChoose: (id: string) => void;
  /** Only what lies in this area. */
  onArea: (code: string) => void;
}

/** The lines of the list where they are; of an opened one its homes and the rooms that could do. The list is its twin. */
export function ShortfallMap({ rows, chosen, extras, onChoose, onArea }: MapProps) {
  const t = useText(shortfalls);
  const c = useText(common);
  const theme = themeChoice.use();
  const [failed, setFailed] = useState(false);
  const latest = useRef({ onChoose, onArea });
  latest.current = { onChoose, onArea };
  const layers = useMemo(() => {
    const wish = { theme, words: t.legend };
    // With a line opened, the others would hide its homes.
    const shown = extras === null ? (rows ?? []) : (rows ?? []).filter(({ id }) => id === chosen);
    return [
      ...(extras === null ? [] : [cellLayer(extras.cells, wish)]),
      rowLayer(shown, chosen, {
        ...wish,
        onSelect: (id) => latest.current.onChoose(id),
        onArea: (code) => latest.current.onArea(code),
      }),
      ...(extras === null || extras.rooms.length === 0 ? [] : [roomLayer(extras.rooms, wish)]),
    ];
  }, [rows, chosen, extras, theme, t]);
  const at = useMemo(() => rows?.find(({ id }) => id === chosen) ?? middleOf(rows ?? []), [rows, chosen]);
  if (rows === undefined) return null; // begun too early, the map would first show the whole city
  if (failed) return <p className="quiet">{c.map.failed}</p>;
  return (
    <>
      <div className="list-map shortfalls-map">
        <Suspense fallback={<p className="waiting">{c.map.loading}</p>}>
          <LazyMapCanvas
            label={t.map}
            centre={at === null ? null : { lon: at.lon, lat: at.lat }}
            zoom={chosen === undefined ? 12.6 : 15}
            layers={layers}
            onFailure={() => setFailed(true)}
          />
        </Suspense>
      </div>
      <p className="quiet">
        {extras === null ? t.onMap(formatNumber(rows.length)) : t.cellsOnMap(formatNumber(extras.cells.length))}
      </p>
    </>
  );
}

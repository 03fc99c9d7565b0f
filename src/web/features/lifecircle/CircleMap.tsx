import { Button } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { Suspense, useMemo, useRef, useState } from 'react';
import { theme as themeChoice } from '#web/app/preferences.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { lifecircle } from '#web/i18n/lifecircle.ts';
import type { LonLatPoint, MapLayer } from '#web/map/layers.ts';
import { LazyMapCanvas } from '#web/map/lazy.tsx';
import { cellLayer, markLayer, placeLayer, reachLayer } from './cell-layer.ts';
import { limitSeconds } from './numbers.ts';
import { cellsQuery, isochronesQuery, marksQuery, type Cells } from './queries.ts';
import { useCircleSearch } from './search.ts';
import type { ClassParts } from './Sentence.tsx';

interface CircleMapProps extends ClassParts {
  label: string;
  shows: { area: boolean; marks: boolean };
  /** One of two beside each other. */
  half?: boolean;
}

/** Homes by whether they reach the chosen class, its facilities, what is in reach. The table and the list say the same. */
export function CircleMap(props: CircleMapProps) {
  const t = useText(lifecircle).map;
  const c = useText(common);
  const { run, matrix, norm, label, half = false } = props;
  const [search] = useCircleSearch();
  const [failed, setFailed] = useState(false);
  const [place, setPlace] = useState<string | null>(null);
  const { data } = useQuery(cellsQuery(run.id, norm.code, search.area ?? matrix.area.code));
  const window = useMemo(() => windowOf(data, half), [data, half]);
  const layers = useLayers({ ...props, data, window, place, onPlace: setPlace });
  const chosen = data?.facilities.find(({ id }) => id === place);
  if (failed) return <p className="quiet">{t.failed}</p>;
  if (data === undefined || window === null) return <p className="waiting">{c.map.loading}</p>;
  return (
    <>
      <div className="circle-map">
        <Suspense fallback={<p className="waiting">{c.map.loading}</p>}>
          <LazyMapCanvas
            label={label}
            centre={window.at}
            zoom={window.zoom}
            layers={layers}
            onFailure={() => setFailed(true)}
          />
        </Suspense>
      </div>
      {chosen !== undefined && (
        <p className="circle-place" role="status">
          {t.chosen(chosen.name)} <Button onClick={() => setPlace(null)}>{t.allFacilities}</Button>
        </p>
      )}
    </>
  );
}

interface LayersWish extends CircleMapProps {
  data: Cells | undefined;
  window: Window | null;
  place: string | null;
  onPlace: (id: string) => void;
}

function useLayers({ words, run, norm, shows, data, window, place, onPlace }: LayersWish): MapLayer[] {
  const t = useText(lifecircle).map;
  const theme = themeChoice.use();
  const [search, go] = useCircleSearch();
  const limitS = limitSeconds(search.minutes, norm.walkMin);
  const asked = place === null ? { class: norm.code } : { facility: place };
  const minutes = place === null ? [String(limitS / 60)] : ['5', '10', '15'];
  const outlines = useQuery({ ...isochronesQuery(run.id, asked, minutes), enabled: shows.area }).data?.items;
  const bounds = window?.bounds ?? [0, 0, 0, 0];
  const marks = useQuery({ ...marksQuery(run.network, bounds), enabled: shows.marks && window !== null }).data;
  const latest = useRef(go);
  latest.current = go;
  return useMemo(() => {
    const cutoff = String(words.rules.cutoffMinutes);
    const homes = cellLayer({
      cells: data?.items ?? [],
      limitS,
      chosen: search.cell,
      theme,
      words: { near: t.near, beyond: t.beyond, none: t.none(cutoff), size: t.size },
      onSelect: (cell) => latest.current({ cell }),
    });
    const places = placeLayer({
      facilities: data?.facilities ?? [],
      theme,
      words: { facility: t.facility, closed: t.closed, aside: t.aside },
      onSelect: onPlace,
    });
    return [
      ...(shows.area && outlines !== undefined ? [reachLayer(outlines, theme, (n) => t.area(String(n)))] : []),
      ...(shows.marks && marks !== undefined
        ? [markLayer(marks, theme, { steps: t.steps, lift: t.lift, offGround: t.offGround })]
        : []),
      homes,
      places,
    ];
  }, [words, data, limitS, search.cell, theme, t, shows.area, shows.marks, outlines, marks, onPlace]);
}

interface Window {
  at: LonLatPoint;
  zoom: number;
  bounds: [number, number, number, number];
}

/** About how wide a map is on this screen, pixels; it is about as high. */
function paneWidth(half: boolean): number {
  const whole = innerWidth <= 1100 ? innerWidth - 40 : innerWidth * 0.5;
  return Math.min(600, half ? Math.max(300, whole / 2) : whole);
}

/** What the map first shows: all homes asked about. Null before there are any. */
function windowOf(data: Cells | undefined, half: boolean): Window | null {
  const places = data === undefined ? [] : data.items.length > 0 ? data.items : data.facilities;
  if (places.length === 0) return null;
  const lons = places.map(({ lon }) => lon);
  const lats = places.map(({ lat }) => lat);
  const [west, south, east, north] = [
    lons.reduce((a, b) => Math.min(a, b)),
    lats.reduce((a, b) => Math.min(a, b)),
    lons.reduce((a, b) => Math.max(a, b)),
    lats.reduce((a, b) => Math.max(a, b)),
  ];
  const span = Math.max(east - west, (north - south) * 1.15, 0.002);
  const margin = span * 0.1;
  return {
    at: { lon: (west + east) / 2, lat: (south + north) / 2 },
    zoom: Math.log2((360 / (span * 1.08)) * (paneWidth(half) / 512)),
    bounds: [west - margin, south - margin, east + margin, north + margin],
  };
}

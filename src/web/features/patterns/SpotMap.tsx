import { Suspense, useMemo, useState } from 'react';
import { theme as themeChoice } from '#web/app/preferences.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import type { LonLatPoint, MapLayer } from '#web/map/layers.ts';
import { LazyMapCanvas } from '#web/map/lazy.tsx';
import type { HotSpots } from './queries.ts';
import { useSay } from './words.ts';

/** The map cannot read the style sheet's variables; these are the same colours. */
const colours = {
  light: { hot: '#8d1f12', cold: '#2b5d80', cases: '#8a8578' },
  dark: { hot: '#f39a86', cold: '#a3c2d3', cases: '#8d958f' },
} as const;

interface SpotMapProps {
  data: HotSpots;
  /** Number of the spot that is looked at. */
  chosen: number | null;
  onChoose: (spot: number) => void;
}

/** Hot squares filled and framed, cold ones framed by broken lines, others faint. The table says the same. */
export function SpotMap({ data, chosen, onChoose }: SpotMapProps) {
  const { t } = useSay();
  const c = useText(common);
  const [failed, setFailed] = useState(false);
  const theme = themeChoice.use();
  const home = useMemo(() => windowOf(data), [data]);
  const spot = chosen === null ? undefined : data.spots[chosen];
  const at = useMemo(() => (spot === undefined ? home.at : { lon: spot.lon, lat: spot.lat }), [spot, home]);
  const layers = useMemo(() => [squareLayer(data, theme, t.spot.mapWords, onChoose)], [data, theme, t, onChoose]);
  if (data.cells.length === 0) return null;
  if (failed) return <p className="quiet">{t.spot.mapFailed}</p>;
  return (
    <div className="patterns-map">
      <Suspense fallback={<p className="waiting">{c.map.loading}</p>}>
        <LazyMapCanvas
          label={t.spot.map}
          centre={at}
          zoom={spot === undefined ? home.zoom : Math.max(home.zoom, 15)}
          layers={layers}
          onFailure={() => setFailed(true)}
        />
      </Suspense>
    </div>
  );
}

function squareLayer(
  { cells, spots }: HotSpots,
  theme: 'light' | 'dark',
  words: { hot: string; cold: string; cases: string },
  onChoose: (spot: number) => void,
): MapLayer {
  const paint = colours[theme];
  const spotOf = new Map(spots.flatMap(({ cells: ids }, k) => ids.map((id) => [id, k] as const)));
  const drawn = cells.filter(({ heat, seen }) => heat !== 0 || seen > 0);
  return {
    id: 'heat',
    data: {
      type: 'FeatureCollection',
      features: drawn.map(({ id, box: [west, south, east, north], heat, seen }) => ({
        type: 'Feature',
        properties: { id, heat, seen, spot: spotOf.get(id) ?? -1 },
        geometry: {
          type: 'Polygon',
          coordinates: [[[west, south], [east, south], [east, north], [west, north], [west, south]]],
        },
      })), // prettier-ignore
    },
    styles: [
      {
        type: 'fill',
        paint: {
          'fill-color': [
            'case',
            ['>', ['get', 'heat'], 0],
            paint.hot,
            ['<', ['get', 'heat'], 0],
            paint.cold,
            paint.cases,
          ],
          'fill-opacity': ['match', ['get', 'heat'], [3, -3], 0.6, [2, -2], 0.45, [1, -1], 0.28, 0.16],
        },
      },
      { type: 'line', filter: ['>=', ['get', 'heat'], 2], paint: { 'line-color': paint.hot, 'line-width': 1.5 } },
      {
        type: 'line',
        filter: ['<=', ['get', 'heat'], -2],
        paint: { 'line-color': paint.cold, 'line-width': 1.5, 'line-dasharray': [2, 2] },
      },
    ],
    legend: [
      { words: words.hot, colour: paint.hot, shape: 'area' },
      { words: words.cold, colour: paint.cold, shape: 'line' },
      { words: words.cases, colour: paint.cases, shape: 'square' },
    ],
    onSelect: (properties) => {
      const spot = Number(properties['spot']);
      if (spot >= 0) onChoose(spot);
    },
  };
}

/** What the map first shows: all squares. */
function windowOf({ cells }: HotSpots): { at: LonLatPoint; zoom: number } {
  let [west, south, east, north] = [180, 90, -180, -90];
  for (const { box } of cells) {
    [west, south] = [Math.min(west, box[0]), Math.min(south, box[1])];
    [east, north] = [Math.max(east, box[2]), Math.max(north, box[3])];
  }
  const span = Math.max(east - west, (north - south) * 1.15, 0.004);
  const width = Math.min(640, innerWidth <= 1100 ? innerWidth - 40 : innerWidth * 0.5);
  return {
    at: { lon: (west + east) / 2, lat: (south + north) / 2 },
    zoom: Math.log2((360 / (span * 1.08)) * (width / 512)),
  };
}

import { Suspense, useMemo, useState } from 'react';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { visits } from '#web/i18n/visits.ts';
import { labelFont } from '#web/map/base-style.ts';
import type { MapLayer } from '#web/map/layers.ts';
import { LazyMapCanvas } from '#web/map/lazy.tsx';
import type { PlanRow } from './queries.ts';

/** The map cannot read the style sheet's variables; these are the colours of the light theme there. */
const inks = { due: '#154a37', late: '#a8321f', miss: '#875300', done: '#77807b', rim: '#fffdf9' } as const;

interface PlanMapProps {
  rows: readonly PlanRow[];
  /** With one worker chosen, the way is drawn too. */
  oneWorker: boolean;
}

/** The doors of the day, each with its number on the way; the table beside it says the same. */
export function PlanMap({ rows, oneWorker }: PlanMapProps) {
  const t = useText(visits);
  const c = useText(common);
  const [failed, setFailed] = useState(false);
  const layers = useMemo<MapLayer[]>(
    () => [...(oneWorker ? [wayOf(rows)] : []), doorsOf(rows, t.legend)],
    [rows, oneWorker, t],
  );
  const middle = rows[Math.floor(rows.length / 2)];
  if (failed || middle === undefined) return <p className="quiet">{t.mapTwin}</p>;
  return (
    <div className="visits-map">
      <Suspense fallback={<p className="waiting">{c.map.loading}</p>}>
        <LazyMapCanvas
          label={t.map}
          centre={{ lon: middle.lon, lat: middle.lat }}
          zoom={15.5}
          layers={layers}
          onFailure={() => setFailed(true)}
        />
      </Suspense>
    </div>
  );
}

function inkOf({ state, late }: PlanRow): string {
  if (state === 'done') return inks.done;
  if (state !== 'due') return inks.miss;
  return late ? inks.late : inks.due;
}

function wayOf(rows: readonly PlanRow[]): MapLayer {
  const way = rows.filter(({ order }) => order !== null).toSorted((a, b) => (a.order ?? 0) - (b.order ?? 0));
  return {
    id: 'visits-way',
    data: {
      type: 'FeatureCollection',
      features:
        way.length < 2
          ? []
          : [
              {
                type: 'Feature',
                properties: {},
                geometry: { type: 'LineString', coordinates: way.map(({ lon, lat }) => [lon, lat]) },
              },
            ],
    },
    styles: [{ type: 'line', paint: { 'line-color': inks.due, 'line-width': 2, 'line-dasharray': [2, 1.5] } }],
  };
}

function doorsOf(rows: readonly PlanRow[], words: { due: string; late: string; miss: string; done: string }): MapLayer {
  return {
    id: 'visits-doors',
    data: {
      type: 'FeatureCollection',
      features: rows.map((row) => ({
        type: 'Feature',
        properties: { ink: inkOf(row), number: row.state === 'done' ? '✓' : String(row.order ?? '') },
        geometry: { type: 'Point', coordinates: [row.lon, row.lat] },
      })),
    },
    styles: [
      {
        type: 'circle',
        paint: {
          'circle-color': ['get', 'ink'],
          'circle-radius': 11,
          'circle-stroke-color': inks.rim,
          'circle-stroke-width': 1.5,
        },
      },
      {
        type: 'symbol',
        layout: {
          'text-field': ['get', 'number'],
          'text-size': 12,
          'text-font': labelFont,
          'text-allow-overlap': true,
        },
        paint: { 'text-color': inks.rim },
      },
    ],
    legend: (['due', 'late', 'miss', 'done'] as const).map((key) => ({
      words: words[key],
      colour: inks[key],
      shape: 'point' as const,
    })),
  };
}

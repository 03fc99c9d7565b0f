import { middleOf } from '#web/map/middle.ts';
import { useMemo } from 'react';
import { useText } from '#web/i18n/area.ts';
import { fieldDay } from '#web/i18n/field-day.ts';
import { goTo } from '#web/app/address.ts';
import { labelFont } from '#web/map/base-style.ts';
import { MapCanvas } from '#web/map/MapCanvas.tsx';
import type { MapLayer } from '#web/map/layers.ts';
import { inspectPath, visitPath } from '../paths.ts';
import type { Waiting } from '../today/sorting.ts';

/** Where visits and inspections are, visits with their place in the order of the way. The list below is its twin. */
export function DayMap({ items }: { items: readonly Waiting[] }) {
  const label = useText(fieldDay).map.label;
  const places = useMemo(() => items.flatMap(placeOf), [items]);
  const layers = useMemo<readonly MapLayer[]>(() => [layerOf(places)], [places]);
  const centre = useMemo(() => middleOf(places), [places]);
  if (centre === null) return null;
  return (
    <div className="map-box">
      <MapCanvas label={label} centre={centre} zoom={15.5} layers={layers} />
    </div>
  );
}

interface Place {
  lon: number;
  lat: number;
  to: string;
  mark: string;
  danger: boolean;
}

function placeOf(item: Waiting): Place[] {
  if (item.kind === 'event') return [];
  const { lon, lat } = item.task;
  const to = item.kind === 'visit' ? visitPath(item.id) : inspectPath(item.id);
  return [{ lon, lat, to, mark: item.kind === 'visit' ? String(item.task.order) : '!', danger: item.danger }];
}

function layerOf(places: readonly Place[]): MapLayer {
  return {
    id: 'day',
    data: {
      type: 'FeatureCollection',
      features: places.map(({ lon, lat, to, mark, danger }) => ({
        type: 'Feature',
        properties: { to, mark, danger },
        geometry: { type: 'Point', coordinates: [lon, lat] },
      })),
    },
    styles: [
      {
        type: 'circle',
        paint: {
          'circle-radius': 15,
          'circle-color': ['case', ['get', 'danger'], '#a8321f', '#1f6b4a'],
          'circle-stroke-color': '#fff',
          'circle-stroke-width': 3,
        },
      },
      {
        type: 'symbol',
        layout: { 'text-field': ['get', 'mark'], 'text-size': 15, 'text-font': labelFont, 'text-allow-overlap': true },
        paint: { 'text-color': '#fff' },
      },
    ],
    onSelect: ({ to }) => typeof to === 'string' && goTo(to),
  };
}

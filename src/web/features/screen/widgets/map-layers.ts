import type { WidgetData } from '#contract/screens-views.ts';
import type { LayerStyle, MapLayer } from '#web/map/layers.ts';

type MapData = WidgetData['map'];

/** The map cannot read the style sheet's variables; these are the same colours. */
const colours = {
  night: {
    line: '#6f9cd6',
    fill: '#2b5b9a',
    event: '#7fb4ff',
    late: '#ff8d78',
    alarm: '#ffcf5c',
    rim: '#0a1424',
    hot: '#ff8d78',
  },
  day: {
    line: '#3b5b6e',
    fill: '#8fb0c4',
    event: '#2f5f86',
    late: '#a8321f',
    alarm: '#b86a00',
    rim: '#ffffff',
    hot: '#a8321f',
  },
} as const;
type Colours = (typeof colours)['night'] | (typeof colours)['day'];

/** Outline, hot spots, events and alarms, the gravest on top. Alarms are rings, late events are larger: not colour alone. */
export function wallLayers({ outline, events, alarms, hotSpots }: MapData, night: boolean): MapLayer[] {
  const c: Colours = night ? colours.night : colours.day;
  return [
    layer(
      'wall-outline',
      outlineStyles(c),
      outline === null ? [] : [{ geometry: outline as Geometry, properties: null }],
    ),
    layer(
      'wall-hot',
      hotStyles(c),
      hotSpots.map(({ lon, lat, radiusM, events: n }) => point(lon, lat, { radiusM, n })),
    ),
    layer(
      'wall-events',
      eventStyles(c),
      events
        .toSorted((a, b) => b.priority - a.priority)
        .map(({ id, lon, lat, priority, late }) => point(lon, lat, { id, priority, late, what: 'event' })),
    ),
    layer(
      'wall-alarms',
      alarmStyles(c),
      alarms.map(({ id, lon, lat, acknowledged }) => point(lon, lat, { id, acknowledged, what: 'alarm' })),
    ),
  ];
}

interface Geometry {
  type: string;
  coordinates: unknown;
}
interface Drawn {
  geometry: Geometry;
  properties: Record<string, unknown> | null;
}

const point = (lon: number, lat: number, properties: Record<string, unknown>): Drawn => ({
  geometry: { type: 'Point', coordinates: [lon, lat] },
  properties,
});

function layer(id: string, styles: readonly LayerStyle[], features: readonly Drawn[]): MapLayer {
  return {
    id,
    styles,
    data: { type: 'FeatureCollection', features: features.map((one) => ({ type: 'Feature', ...one })) },
  };
}

const outlineStyles = (c: Colours): LayerStyle[] => [
  { type: 'fill', paint: { 'fill-color': c.fill, 'fill-opacity': 0.1 } },
  { type: 'line', paint: { 'line-color': c.line, 'line-width': 2.5, 'line-opacity': 0.9 } },
];
/** Metres as pixels at this latitude, doubling with every zoom. */
const hotStyles = (c: Colours): LayerStyle[] => [
  {
    type: 'circle',
    paint: {
      'circle-color': c.hot,
      'circle-opacity': 0.16,
      'circle-stroke-color': c.hot,
      'circle-stroke-width': 1.5,
      'circle-radius': [
        'interpolate',
        ['exponential', 2],
        ['zoom'],
        10,
        ['*', ['get', 'radiusM'], 0.0075],
        20,
        ['*', ['get', 'radiusM'], 7.7],
      ],
    },
  },
];
const eventStyles = (c: Colours): LayerStyle[] => [
  {
    type: 'circle',
    paint: {
      'circle-color': ['case', ['get', 'late'], c.late, c.event],
      'circle-radius': ['match', ['get', 'priority'], 0, 8, 1, 6.5, ['case', ['get', 'late'], 5.5, 4.5]],
      'circle-stroke-color': c.rim,
      'circle-stroke-width': 1.4,
      'circle-opacity': 0.95,
    },
  },
];
const alarmStyles = (c: Colours): LayerStyle[] => [
  {
    type: 'circle',
    paint: {
      'circle-color': c.alarm,
      'circle-opacity': ['case', ['get', 'acknowledged'], 0, 0.22],
      'circle-radius': 15,
      'circle-stroke-color': c.alarm,
      'circle-stroke-width': 3,
    },
  },
  { type: 'circle', paint: { 'circle-color': c.alarm, 'circle-radius': 4 } },
];

/** West, south, east and north of an outline; null without one. */
export function boundsOf(outline: unknown): [number, number, number, number] | null {
  const box: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
  const walk = (part: unknown): void => {
    if (!Array.isArray(part)) return;
    const [lon, lat] = part as unknown[];
    if (typeof lon === 'number' && typeof lat === 'number') {
      box[0] = Math.min(box[0], lon);
      box[1] = Math.min(box[1], lat);
      box[2] = Math.max(box[2], lon);
      box[3] = Math.max(box[3], lat);
    } else for (const one of part) walk(one);
  };
  walk((outline as Geometry | null)?.coordinates);
  return Number.isFinite(box[0]) ? box : null;
}

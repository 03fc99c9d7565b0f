import type { EventStatus } from '#contract/events-words.ts';
import type { LayerStyle, MapLayer } from '#web/map/layers.ts';
import { labelFont } from '#web/map/base-style.ts';
import { priorityKey, priorityPaths } from '../PriorityShape.tsx';
import type { MapPoint } from '../queries.ts';

type Theme = 'light' | 'dark';
export const signGroups = ['waiting', 'toAct', 'inWork', 'over'] as const;
type Group = (typeof signGroups)[number];

const groupOf: Record<EventStatus, Group> = {
  reported: 'waiting',
  verifying: 'waiting',
  filed: 'toAct',
  dispatched: 'toAct',
  handling: 'inWork',
  checking: 'inWork',
  shelved: 'over',
  closed: 'over',
  declined: 'over',
  merged: 'over',
  cancelled: 'over',
};

/** The map cannot read the style sheet's variables; these are the same colours. */
const colours = {
  light: {
    waiting: '#b86a00',
    toAct: '#2f5f86',
    inWork: '#1f6b4f',
    over: '#77807b',
    late: '#a8321f',
    rim: '#fffdf9',
    ink: '#1f2a26',
    line: '#6f7a70',
  },
  dark: {
    waiting: '#ecba66',
    toAct: '#8fc1e3',
    inWork: '#7ccaa5',
    over: '#8f9a94',
    late: '#f39a86',
    rim: '#121916',
    ink: '#e9ece6',
    line: '#7d8a82',
  },
} as const;

/** `sign-p1-waiting-late-dark`: all that the drawing of a point depends on. */
function signName(point: MapPoint, theme: Theme): string {
  return `sign-${priorityKey(point.priority)}-${groupOf[point.status]}-${point.late ? 'late' : 'intime'}-${theme}`;
}

/**
 * Draws the sign the style asks for: hollow while waiting, full when to be acted on, full with a hole when in work;
 * undefined when the name is not one of ours. For the map's resolver of missing images.
 */
function drawSign(name: string): ImageData | undefined {
  const found = /^sign-(p[0-4])-(waiting|toAct|inWork|over)-(late|intime)-(light|dark)$/.exec(name);
  if (found === null) return undefined;
  const [, priority, group, late, theme] = found as unknown as [
    string,
    keyof typeof priorityPaths,
    Group,
    string,
    Theme,
  ];
  const canvas = document.createElement('canvas');
  canvas.width = 56;
  canvas.height = 56;
  const pen = canvas.getContext('2d');
  if (pen === null) return undefined;
  const c = colours[theme];
  if (late === 'late') {
    pen.strokeStyle = c.late;
    pen.lineWidth = 5;
    pen.beginPath();
    pen.arc(28, 28, 24, 0, Math.PI * 2);
    pen.stroke();
  }
  pen.translate(11, 11);
  pen.scale(34 / 24, 34 / 24);
  const shape = new Path2D(priorityPaths[priority]);
  pen.lineJoin = 'round';
  pen.strokeStyle = c.rim;
  pen.lineWidth = 4;
  pen.stroke(shape);
  pen.fillStyle = group === 'waiting' ? c.rim : c[group];
  pen.fill(shape);
  pen.strokeStyle = c[group];
  pen.lineWidth = 2.6;
  pen.stroke(shape);
  if (group !== 'inWork') return pen.getImageData(0, 0, 56, 56);
  pen.fillStyle = c.rim;
  pen.beginPath();
  pen.arc(12, priority === 'p0' ? 15 : 12, 3.6, 0, Math.PI * 2);
  pen.fill();
  return pen.getImageData(0, 0, 56, 56);
}

/** The events as one layer: near ones are grouped and counted, single ones show shape (priority) and colour (status). */
export function eventLayer(
  points: readonly MapPoint[],
  theme: Theme,
  onSelect: (properties: Record<string, unknown>) => void,
): MapLayer {
  const c = colours[theme];
  const styles: LayerStyle[] = [
    {
      type: 'circle',
      filter: ['has', 'point_count'],
      paint: {
        'circle-color': c.rim,
        'circle-stroke-color': c.toAct,
        'circle-stroke-width': 2,
        'circle-radius': ['step', ['get', 'point_count'], 13, 10, 16, 100, 20, 1000, 25],
      },
    },
    {
      type: 'symbol',
      filter: ['has', 'point_count'],
      layout: {
        'text-field': ['get', 'point_count_abbreviated'],
        'text-size': 13,
        'text-font': labelFont,
        'text-allow-overlap': true,
      },
      paint: { 'text-color': c.ink },
    },
    {
      type: 'symbol',
      filter: ['!', ['has', 'point_count']],
      layout: {
        'icon-image': ['get', 'sign'],
        'icon-size': 0.5,
        'icon-allow-overlap': true,
        'symbol-sort-key': ['-', 5, ['get', 'priority']],
      },
    },
  ];
  return {
    id: 'events',
    cluster: true,
    styles,
    drawSign,
    onSelect,
    data: {
      type: 'FeatureCollection',
      features: points.map((point) => ({
        type: 'Feature',
        properties: { id: point.id, sign: signName(point, theme), priority: point.priority },
        geometry: { type: 'Point', coordinates: [point.lon, point.lat] },
      })),
    },
  };
}

/** A ring around the event whose detail is open. */
export function chosenLayer(at: { lon: number; lat: number } | null, theme: Theme): MapLayer {
  const c = colours[theme];
  return {
    id: 'chosen',
    styles: [
      {
        type: 'circle',
        paint: { 'circle-radius': 17, 'circle-opacity': 0, 'circle-stroke-width': 3.5, 'circle-stroke-color': c.ink },
      },
      {
        type: 'circle',
        paint: { 'circle-radius': 20.5, 'circle-opacity': 0, 'circle-stroke-width': 2, 'circle-stroke-color': c.rim },
      },
    ],
    data: {
      type: 'FeatureCollection',
      features:
        at === null
          ? []
          : [{ type: 'Feature', properties: null, geometry: { type: 'Point', coordinates: [at.lon, at.lat] } }],
    },
  };
}

/** Outlines of the areas with their names. */
export function outlineLayer(features: readonly unknown[], theme: Theme): MapLayer {
  const c = colours[theme];
  return {
    id: 'outlines',
    styles: [
      {
        type: 'line',
        paint: { 'line-color': c.line, 'line-width': 1.2, 'line-opacity': 0.75, 'line-dasharray': [3, 2] },
      },
      {
        type: 'symbol',
        layout: {
          'text-field': ['coalesce', ['get', 'name'], ''],
          'text-size': 11,
          'text-font': labelFont,
          'text-max-width': 8,
        },
        paint: { 'text-color': c.line, 'text-halo-color': c.rim, 'text-halo-width': 1.2 },
      },
    ],
    data: { type: 'FeatureCollection', features: features as MapLayer['data']['features'] },
  };
}

export function signColours(theme: Theme): (typeof colours)[Theme] {
  return colours[theme];
}

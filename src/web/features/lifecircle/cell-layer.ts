import type { ExpressionSpecification } from 'maplibre-gl';
import { labelFont, nameStyle } from '#web/map/base-style.ts';
import type { LegendEntry, MapLayer } from '#web/map/layers.ts';
import { stateOf, type CellState } from './numbers.ts';
import type { Cells, Isochrones, Marks } from './queries.ts';

type Theme = 'light' | 'dark';

/** The map cannot read the style sheet's variables; these are the same colours. */
const colours = {
  light: { near: '#1f6b4f', beyond: '#b0480f', none: '#8d1f12', rim: '#fffdf9', ink: '#1f2a26', place: '#3b5b6e' },
  dark: { near: '#7ccaa5', beyond: '#f2a878', none: '#f39a86', rim: '#121916', ink: '#e9ece6', place: '#a3c2d3' },
} as const;

/** Each state has a shape of its own, so that it is read without colour; in a square of 32. */
const shapes: Record<CellState, string> = {
  near: 'M16 6a10 10 0 1 0 0 20a10 10 0 0 0 0-20',
  beyond: 'M16 3l14 25H2z',
  none: 'M16 1l15 15-15 15L1 16z',
};
const legendShapes: Record<CellState, LegendEntry['shape']> = { near: 'point', beyond: 'triangle', none: 'diamond' };
const states = ['near', 'beyond', 'none'] as const;
const pixels = 36;

/** The larger the more people; `share` of the size at a near zoom. */
const bySize = (share: number): ExpressionSpecification => [
  'interpolate',
  ['linear'],
  ['get', 'people'],
  0,
  0.28 * share,
  50,
  0.42 * share,
  200,
  0.62 * share,
  600,
  0.95 * share,
];

/** Draws `home-beyond-dark` and its like; undefined for names of others. */
function drawHome(name: string): ImageData | undefined {
  const found = /^home-(near|beyond|none)-(light|dark)$/.exec(name);
  const canvas = document.createElement('canvas');
  canvas.width = pixels;
  canvas.height = pixels;
  const pen = canvas.getContext('2d');
  if (found === null || pen === null) return undefined;
  const [, state, theme] = found as unknown as [string, CellState, Theme];
  pen.translate(2, 2);
  const shape = new Path2D(shapes[state]);
  pen.lineJoin = 'round';
  pen.lineWidth = 3;
  pen.strokeStyle = colours[theme].rim;
  pen.stroke(shape);
  pen.fillStyle = colours[theme][state];
  pen.fill(shape);
  return pen.getImageData(0, 0, pixels, pixels);
}

export interface CellLayerWish {
  cells: Cells['items'];
  limitS: number;
  chosen: string | undefined;
  theme: Theme;
  words: Record<CellState | 'size', string>;
  onSelect: (code: string) => void;
}

/** Homes: round in reach, a triangle beyond, a diamond where there is none at all; the larger the more people. */
export function cellLayer({ cells, limitS, chosen, theme, words, onSelect }: CellLayerWish): MapLayer {
  const c = colours[theme];
  return {
    id: 'circle-cells',
    drawSign: drawHome,
    onSelect: ({ code, merged }) => {
      if (typeof code === 'string' && merged !== true) onSelect(code);
    },
    legend: [
      ...states.map((state) => ({ words: words[state], colour: c[state], shape: legendShapes[state] })),
      { words: words.size, colour: c.ink, shape: 'ring' as const },
    ],
    styles: [
      {
        type: 'circle',
        filter: ['get', 'chosen'],
        paint: { 'circle-radius': 16, 'circle-opacity': 0, 'circle-stroke-color': c.ink, 'circle-stroke-width': 3 },
      },
      {
        type: 'symbol',
        layout: {
          'icon-image': ['get', 'sign'],
          'icon-size': ['interpolate', ['linear'], ['zoom'], 11, bySize(0.4), 13, bySize(0.6), 16, bySize(1)],
          'icon-allow-overlap': true,
          // Those beyond lie on top: they are what the map is looked at for.
          'symbol-sort-key': ['get', 'order'],
        },
      },
    ],
    data: {
      type: 'FeatureCollection',
      features: cells.map((cell) => {
        const state = stateOf(cell, limitS);
        return {
          type: 'Feature',
          properties: {
            code: cell.code,
            merged: cell.merged,
            people: cell.people ?? 0,
            sign: `home-${state}-${theme}`,
            order: states.indexOf(state),
            chosen: cell.code === chosen,
          },
          geometry: { type: 'Point', coordinates: [cell.lon, cell.lat] },
        };
      }),
    },
  };
}

export interface PlaceLayerWish {
  facilities: Cells['facilities'];
  theme: Theme;
  words: Record<'facility' | 'closed' | 'aside', string>;
  onSelect: (id: string) => void;
}

/** Facilities with their names: filled where they count, empty where they are shut or too far from any street. */
export function placeLayer({ facilities, theme, words, onSelect }: PlaceLayerWish): MapLayer {
  const c = colours[theme];
  const others = facilities.some(({ counted }) => counted !== 'yes');
  return {
    id: 'circle-places',
    onSelect: ({ id }) => {
      if (typeof id === 'string') onSelect(id);
    },
    legend: [
      { words: words.facility, colour: c.place, shape: 'square' },
      ...(others ? [{ words: `${words.closed} / ${words.aside}`, colour: c.place, shape: 'ring' as const }] : []),
    ],
    styles: [
      {
        type: 'symbol',
        layout: {
          'text-field': ['case', ['get', 'counted'], '■', '□'],
          'text-font': labelFont,
          'text-size': ['interpolate', ['linear'], ['zoom'], 11, 12, 14, 20, 16, 24],
          'text-allow-overlap': true,
        },
        paint: { 'text-color': c.place, 'text-halo-color': c.rim, 'text-halo-width': 2 },
      },
      nameStyle({ ink: c.ink, rim: c.rim, below: 0.8, minzoom: 13.5 }),
    ],
    data: {
      type: 'FeatureCollection',
      features: facilities.map(({ id, name, counted, lon, lat }) => ({
        type: 'Feature',
        properties: { id, name, counted: counted === 'yes' },
        geometry: { type: 'Point', coordinates: [lon, lat] },
      })),
    },
  };
}

/** What is in reach: the shorter the darker, each with its outline. */
export function reachLayer(outlines: Isochrones, theme: Theme, words: (minutes: number) => string): MapLayer {
  const c = colours[theme];
  return {
    id: 'circle-reach',
    legend: outlines.map(({ minutes }) => ({ words: words(minutes), colour: c.near, shape: 'area' as const })),
    styles: [
      { type: 'fill', paint: { 'fill-color': c.near, 'fill-opacity': 0.14 } },
      { type: 'line', paint: { 'line-color': c.near, 'line-width': 1.5, 'line-dasharray': [3, 2] } },
    ],
    data: {
      type: 'FeatureCollection',
      features: outlines
        .toSorted((a, b) => b.minutes - a.minutes)
        .map(({ minutes, geometry }) => ({ type: 'Feature', properties: { minutes }, geometry })),
    },
  };
}

/** Stairs, lifts, bridges and tunnels of the network: what makes near places far. */
export function markLayer(
  { items }: Pick<Marks, 'items'>,
  theme: Theme,
  words: Record<'steps' | 'lift' | 'offGround', string>,
): MapLayer {
  const c = colours[theme];
  const kindOf = (kind: Marks['items'][number]['kind']): string => (kind === 'escalator' ? 'lift' : kind);
  const line = (kind: string, colour: string, dash: number[] | null) => ({
    type: 'line' as const,
    filter: ['==', ['get', 'kind'], kind] as ['==', ['get', string], string],
    paint: { 'line-color': colour, 'line-width': 4, ...(dash === null ? {} : { 'line-dasharray': dash }) },
  });
  return {
    id: 'circle-marks',
    legend: [
      { words: words.steps, colour: c.beyond, shape: 'line' },
      { words: words.lift, colour: c.near, shape: 'line' },
      { words: words.offGround, colour: c.place, shape: 'line' },
    ],
    styles: [line('off_ground', c.place, null), line('steps', c.beyond, [0.4, 0.4]), line('lift', c.near, [2, 1])],
    data: {
      type: 'FeatureCollection',
      features: items.map(({ kind, line: coordinates }) => ({
        type: 'Feature',
        properties: { kind: kindOf(kind) },
        geometry: { type: 'LineString', coordinates },
      })),
    },
  };
}

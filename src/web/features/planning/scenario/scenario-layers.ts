import { labelFont } from '#web/map/base-style.ts';
import type { LegendEntry, MapLayer } from '#web/map/layers.ts';
import type { Candidate, Cells } from '../queries.ts';

type Theme = 'light' | 'dark';
type State = 'near' | 'newly' | 'beyond' | 'none';

/** The map cannot read the style sheet's variables; these are the same colours. */
const colours = {
  light: { near: '#1f6b4f', newly: '#3b5b6e', beyond: '#b0480f', none: '#8d1f12', rim: '#fffdf9', ink: '#1f2a26' },
  dark: { near: '#7ccaa5', newly: '#a3c2d3', beyond: '#f2a878', none: '#f39a86', rim: '#121916', ink: '#e9ece6' },
} as const;

/** Each state has a shape of its own, so that it is read without colour; in a square of 32. */
const shapes: Record<State, string> = {
  near: 'M16 6a10 10 0 1 0 0 20a10 10 0 0 0 0-20',
  newly: 'M16 2l4 9 10 1-7 7 2 10-9-5-9 5 2-10-7-7 10-1z',
  beyond: 'M16 3l14 25H2z',
  none: 'M16 1l15 15-15 15L1 16z',
};
const legendShapes: Record<State, LegendEntry['shape']> = {
  near: 'point',
  newly: 'star',
  beyond: 'triangle',
  none: 'diamond',
};
const states = ['near', 'newly', 'beyond', 'none'] as const;
const pixels = 36;

/** Draws `plan-beyond-dark` and its like; undefined for names of others. */
function drawHome(name: string): ImageData | undefined {
  const found = /^plan-(near|newly|beyond|none)-(light|dark)$/.exec(name);
  if (found === null) return undefined;
  const [, state, theme] = found as unknown as [string, State, Theme];
  return draw(shapes[state], { fill: colours[theme][state], rim: colours[theme].rim });
}

const pin = 'M16 1a10 10 0 0 1 10 10c0 8-10 20-10 20S6 19 6 11A10 10 0 0 1 16 1z';

/** Draws `plan-pin-chosen-light` and its like: filled where it is chosen. */
function drawPin(name: string): ImageData | undefined {
  const found = /^plan-pin-(chosen|other)-(light|dark)$/.exec(name);
  if (found === null) return undefined;
  const [, kind, theme] = found as unknown as [string, 'chosen' | 'other', Theme];
  const { ink, rim, none } = colours[theme];
  return kind === 'chosen' ? draw(pin, { fill: none, rim }) : draw(pin, { fill: rim, rim: ink });
}

function draw(path: string, { fill, rim }: { fill: string; rim: string }): ImageData | undefined {
  const canvas = document.createElement('canvas');
  canvas.width = pixels;
  canvas.height = pixels;
  const pen = canvas.getContext('2d');
  if (pen === null) return undefined;
  pen.translate(2, 2);
  const shape = new Path2D(path);
  pen.lineJoin = 'round';
  pen.lineWidth = 3;
  pen.strokeStyle = rim;
  pen.stroke(shape);
  pen.fillStyle = fill;
  pen.fill(shape);
  return pen.getImageData(0, 0, pixels, pixels);
}

type Cell = Cells['items'][number];

function stateOf({ beforeS, afterS }: Cell, limitS: number, side: 'before' | 'after'): State {
  const seconds = side === 'before' ? beforeS : afterS;
  if (seconds === null) return 'none';
  if (seconds > limitS) return 'beyond';
  return side === 'after' && (beforeS === null || beforeS > limitS) ? 'newly' : 'near';
}

export interface CellLayerWish {
  cells: Cells;
  side: 'before' | 'after';
  theme: Theme;
  words: Record<State | 'size', string>;
}

/** Homes by whether they reach one: round in reach, a star newly so, a triangle beyond, a diamond far beyond. */
export function cellLayer({ cells, side, theme, words }: CellLayerWish): MapLayer {
  const c = colours[theme];
  const shown = states.filter((state) => side === 'after' || state !== 'newly');
  return {
    id: `plan-cells-${side}`,
    drawSign: drawHome,
    legend: [
      ...shown.map((state) => ({ words: words[state], colour: c[state], shape: legendShapes[state] })),
      { words: words.size, colour: c.ink, shape: 'ring' as const },
    ],
    styles: [
      {
        type: 'symbol',
        layout: {
          'icon-image': ['get', 'sign'],
          'icon-size': ['interpolate', ['linear'], ['get', 'people'], 0, 0.28, 50, 0.42, 200, 0.62, 600, 0.95],
          'icon-allow-overlap': true,
          'symbol-sort-key': ['get', 'order'],
        },
      },
    ],
    data: {
      type: 'FeatureCollection',
      features: cells.items
        .filter(({ people }) => people !== 0)
        .map((cell) => {
          const state = stateOf(cell, cells.limitS, side);
          return {
            type: 'Feature',
            properties: { people: cell.people ?? 0, sign: `plan-${state}-${theme}`, order: states.indexOf(state) },
            geometry: { type: 'Point', coordinates: [cell.lon, cell.lat] },
          };
        }),
    },
  };
}

/** What there is already, with names. */
export function existingLayer({ existing }: Pick<Cells, 'existing'>, theme: Theme, words: string): MapLayer {
  const c = colours[theme];
  return {
    id: 'plan-existing',
    legend: existing.length === 0 ? [] : [{ words, colour: c.ink, shape: 'square' }],
    styles: [
      {
        type: 'symbol',
        layout: {
          'text-field': ['concat', '■ ', ['get', 'name']],
          'text-font': labelFont,
          'text-size': 12,
          'text-allow-overlap': false,
        },
        paint: { 'text-color': c.ink, 'text-halo-color': c.rim, 'text-halo-width': 2 },
      },
    ],
    data: {
      type: 'FeatureCollection',
      features: existing.map(({ name, lon, lat }) => ({
        type: 'Feature',
        properties: { name },
        geometry: { type: 'Point', coordinates: [lon, lat] },
      })),
    },
  };
}

export interface PlacesWish {
  candidates: readonly Candidate[];
  chosen: readonly string[];
  theme: Theme;
  words: { picked: string; candidate: string };
  onSelect: (key: string) => void;
}

/** Places that could be chosen: filled where they are. */
export function candidateLayer({ candidates, chosen, theme, words, onSelect }: PlacesWish): MapLayer {
  const c = colours[theme];
  return {
    id: 'plan-candidates',
    drawSign: drawPin,
    onSelect: ({ key }) => {
      if (typeof key === 'string') onSelect(key);
    },
    legend: [
      { words: words.picked, colour: c.none, shape: 'pin' },
      { words: words.candidate, colour: c.ink, shape: 'pin' },
    ],
    styles: [
      {
        type: 'symbol',
        layout: {
          'icon-image': ['get', 'sign'],
          'icon-size': ['case', ['get', 'chosen'], 1.1, 0.75],
          'icon-anchor': 'bottom',
          'icon-allow-overlap': true,
          'symbol-sort-key': ['case', ['get', 'chosen'], 1, 0],
        },
      },
      {
        type: 'symbol',
        layout: {
          'text-field': ['get', 'name'],
          'text-font': labelFont,
          'text-size': ['case', ['get', 'chosen'], 15, 12],
          'text-anchor': 'top',
          'text-offset': [0, 0.3],
          'text-optional': true,
          'symbol-sort-key': ['case', ['get', 'chosen'], 0, 1],
        },
        paint: { 'text-color': c.ink, 'text-halo-color': c.rim, 'text-halo-width': 2 },
      },
    ],
    data: {
      type: 'FeatureCollection',
      features: candidates.map(({ key, name, lon, lat }) => ({
        type: 'Feature',
        properties: {
          key,
          name,
          chosen: chosen.includes(key),
          sign: `plan-pin-${chosen.includes(key) ? 'chosen' : 'other'}-${theme}`,
        },
        geometry: { type: 'Point', coordinates: [lon, lat] },
      })),
    },
  };
}

type Outline = readonly { geometry: { type: string; coordinates: unknown } }[];

/** What is within the limit. */
export function reachLayer(outline: Outline, theme: Theme, words: string): MapLayer {
  const c = colours[theme];
  return {
    id: 'plan-reach',
    legend: outline.length === 0 ? [] : [{ words, colour: c.near, shape: 'area' }],
    styles: [
      { type: 'fill', paint: { 'fill-color': c.near, 'fill-opacity': 0.16 } },
      { type: 'line', paint: { 'line-color': c.near, 'line-width': 1.5, 'line-dasharray': [3, 2] } },
    ],
    data: {
      type: 'FeatureCollection',
      features: outline.map(({ geometry }) => ({ type: 'Feature', properties: null, geometry })),
    },
  };
}

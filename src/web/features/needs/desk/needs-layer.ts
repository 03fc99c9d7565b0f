import { labelFont } from '#web/map/base-style.ts';
import type { MapLayer } from '#web/map/layers.ts';

/** The map cannot read the style sheet's variables; these are the same colours. */
const colours = {
  light: { open: '#b4571b', settled: '#1f6b4f', rim: '#fffdf9', ink: '#1f2a26' },
  dark: { open: '#f0a66e', settled: '#7fcfae', rim: '#121916', ink: '#e9ece6' },
} as const;

export interface NeedMark {
  id: string;
  name: string;
  lon: number;
  lat: number;
  people: number;
  /** A project answers it, or it is met. */
  settled: boolean;
}

interface NeedLayerWish {
  marks: readonly NeedMark[];
  theme: 'light' | 'dark';
  words: { open: string; settled: string };
  onSelect: (id: string) => void;
}

/** Needs by how many people: the area of a dot grows with their number. */
export function needLayer({ marks, theme, words, onSelect }: NeedLayerWish): MapLayer {
  const c = colours[theme];
  const colour = ['case', ['get', 'settled'], c.settled, c.open];
  return {
    id: 'needs',
    onSelect: ({ id }) => {
      if (typeof id === 'string') onSelect(id);
    },
    legend: [
      { words: words.open, colour: c.open, shape: 'point' },
      { words: words.settled, colour: c.settled, shape: 'ring' },
    ],
    styles: [
      {
        type: 'circle',
        layout: { 'circle-sort-key': ['-', 0, ['get', 'people']] },
        paint: {
          'circle-radius': ['interpolate', ['linear'], ['sqrt', ['get', 'people']], 1, 5, 8, 13, 20, 26],
          'circle-color': colour as never,
          'circle-opacity': ['case', ['get', 'settled'], 0.18, 0.55],
          'circle-stroke-width': 2.5,
          'circle-stroke-color': colour as never,
        },
      },
      {
        type: 'symbol',
        layout: {
          'text-field': ['concat', ['get', 'name'], ' ', ['to-string', ['get', 'people']]],
          'text-font': labelFont,
          'text-size': 13,
          'text-anchor': 'top',
          'text-offset': [0, 0.8],
          'text-optional': true,
          'symbol-sort-key': ['-', 0, ['get', 'people']],
        },
        paint: { 'text-color': c.ink, 'text-halo-color': c.rim, 'text-halo-width': 1.6 },
      },
    ],
    data: {
      type: 'FeatureCollection',
      features: marks.map(({ lon, lat, ...properties }) => ({
        type: 'Feature',
        properties,
        geometry: { type: 'Point', coordinates: [lon, lat] },
      })),
    },
  };
}

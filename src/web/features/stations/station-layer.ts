import { nameStyle } from '#web/map/base-style.ts';
import type { LonLatPoint, MapLayer } from '#web/map/layers.ts';

/** The map cannot read the style sheet's variables; these are the same colours. */
const colours = {
  light: { open: '#1f6b4f', closed: '#5c6a63', rim: '#fffdf9', ink: '#1f2a26', start: '#a8321f' },
  dark: { open: '#7fcfae', closed: '#9aa8a1', rim: '#121916', ink: '#e9ece6', start: '#f39a86' },
} as const;

export interface StationMark {
  code: string;
  name: string;
  lon: number;
  lat: number;
  open: boolean;
}

export interface StationLayerWish {
  marks: readonly StationMark[];
  /** Where the way begins. */
  start?: LonLatPoint | null;
  theme: 'light' | 'dark';
  words: { open: string; closed: string; start?: string };
  onSelect: (code: string) => void;
}

/** Stations with their names: filled when open, a ring when closed. */
export function stationLayer({ marks, start = null, theme, words, onSelect }: StationLayerWish): MapLayer {
  const c = colours[theme];
  return {
    id: 'stations',
    onSelect: ({ code }) => {
      if (typeof code === 'string' && code !== '') onSelect(code);
    },
    legend: [
      { words: words.open, colour: c.open, shape: 'point' },
      { words: words.closed, colour: c.closed, shape: 'ring' },
      ...(start === null || words.start === undefined
        ? []
        : [{ words: words.start, colour: c.start, shape: 'diamond' as const }]),
    ],
    styles: [
      {
        type: 'circle',
        filter: ['!', ['get', 'start']],
        paint: {
          'circle-radius': 9,
          'circle-color': ['case', ['get', 'open'], c.open, c.rim],
          'circle-stroke-width': 3,
          'circle-stroke-color': ['case', ['get', 'open'], c.rim, c.closed],
        },
      },
      {
        type: 'circle',
        filter: ['get', 'start'],
        paint: { 'circle-radius': 7, 'circle-color': c.start, 'circle-stroke-width': 3, 'circle-stroke-color': c.rim },
      },
      nameStyle({ ink: c.ink, rim: c.rim, size: 13, below: 0.9, filter: ['!', ['get', 'start']] }),
    ],
    data: {
      type: 'FeatureCollection',
      features: [
        ...marks.map(({ code, name, lon, lat, open }) => point([lon, lat], { start: false, code, name, open })),
        ...(start === null ? [] : [point([start.lon, start.lat], { start: true, code: '', name: '', open: false })]),
      ],
    },
  };
}

function point(coordinates: [number, number], properties: Record<string, unknown>) {
  return { type: 'Feature' as const, properties, geometry: { type: 'Point', coordinates } };
}

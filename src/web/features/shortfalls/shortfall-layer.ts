import { labelFont } from '#web/map/base-style.ts';
import type { LegendEntry, LonLatPoint, MapLayer } from '#web/map/layers.ts';

type Theme = 'light' | 'dark';

interface Wish {
  theme: Theme;
  words: { row: string; chosen: string; cell: string; room: string };
}

/** The map cannot read the style sheet's variables; these are the same colours. */
const colours = {
  light: { row: '#3b5b6e', chosen: '#a8321f', cell: '#875300', room: '#1f6b4f', rim: '#fffdf9', ink: '#1f2a26' },
  dark: { row: '#a3c2d3', chosen: '#f39a86', cell: '#ecba66', room: '#7ccaa5', rim: '#121916', ink: '#e9ece6' },
} as const;

interface Listed extends LonLatPoint {
  id: string;
  people: number | null;
}

const collection = <P extends Record<string, unknown>>(items: readonly (LonLatPoint & { properties: P })[]) => ({
  type: 'FeatureCollection' as const,
  features: items.map(({ lon, lat, properties }) => ({
    type: 'Feature' as const,
    properties,
    geometry: { type: 'Point', coordinates: [lon, lat] },
  })),
});

/** Rings, the larger the more people; the chosen one is filled and ringed twice. */
export function rowLayer(
  rows: readonly Listed[],
  chosen: string | undefined,
  { theme, words, onSelect }: Wish & { onSelect: (id: string) => void },
): MapLayer {
  const c = colours[theme];
  const isChosen = ['==', ['get', 'id'], chosen ?? ''];
  const legend: LegendEntry[] = [
    { words: words.row, colour: c.row, shape: 'ring' },
    ...(chosen === undefined ? [] : [{ words: words.chosen, colour: c.chosen, shape: 'diamond' as const }]),
  ];
  return {
    id: 'shortfalls',
    legend,
    onSelect: ({ id }) => onSelect(typeof id === 'string' ? id : ''),
    styles: [
      {
        type: 'circle',
        filter: ['!', isChosen] as never,
        paint: {
          // The square root of people, so that areas compare.
          'circle-radius': ['+', 4, ['*', 0.22, ['sqrt', ['get', 'people']]]],
          'circle-color': c.row,
          'circle-opacity': 0.15,
          'circle-stroke-color': c.row,
          'circle-stroke-width': 2,
        },
      },
      {
        type: 'symbol',
        filter: isChosen as never,
        layout: { 'text-field': '◆', 'text-size': 26, 'text-font': labelFont, 'text-allow-overlap': true },
        paint: { 'text-color': c.chosen, 'text-halo-color': c.rim, 'text-halo-width': 2 },
      },
    ],
    data: collection(rows.map(({ id, people, lon, lat }) => ({ lon, lat, properties: { id, people: people ?? 1 } }))),
  };
}

/** Homes of the opened line: dots by number of people. */
export function cellLayer(
  cells: readonly (LonLatPoint & { people: number | null })[],
  { theme, words }: Wish,
): MapLayer {
  const c = colours[theme];
  return {
    id: 'shortfall-cells',
    legend: [{ words: words.cell, colour: c.cell, shape: 'point' }],
    styles: [
      {
        type: 'circle',
        paint: {
          'circle-radius': ['+', 2.5, ['*', 0.35, ['sqrt', ['get', 'people']]]],
          'circle-color': c.cell,
          'circle-opacity': 0.75,
          'circle-stroke-color': c.rim,
          'circle-stroke-width': 1,
        },
      },
    ],
    data: collection(cells.map(({ lon, lat, people }) => ({ lon, lat, properties: { people: people ?? 1 } }))),
  };
}

/** Idle rooms that could do: squares with their names. */
export function roomLayer(rooms: readonly (LonLatPoint & { name: string })[], { theme, words }: Wish): MapLayer {
  const c = colours[theme];
  return {
    id: 'shortfall-rooms',
    legend: [{ words: words.room, colour: c.room, shape: 'square' }],
    styles: [
      {
        type: 'symbol',
        layout: { 'text-field': '■', 'text-size': 20, 'text-font': labelFont, 'text-allow-overlap': true },
        paint: { 'text-color': c.room, 'text-halo-color': c.rim, 'text-halo-width': 2 },
      },
      {
        type: 'symbol',
        minzoom: 13,
        layout: {
          'text-field': ['get', 'name'],
          'text-size': 12,
          'text-font': labelFont,
          'text-anchor': 'top',
          'text-offset': [0, 0.9],
        },
        paint: { 'text-color': c.ink, 'text-halo-color': c.rim, 'text-halo-width': 2 },
      },
    ],
    data: collection(rooms.map(({ lon, lat, name }) => ({ lon, lat, properties: { name } }))),
  };
}

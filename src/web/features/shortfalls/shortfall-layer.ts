import { labelFont } from '#web/map/base-style.ts';
import type { LegendEntry, LonLatPoint, MapLayer } from '#web/map/layers.ts';
import { middleOf } from '#web/map/middle.ts';

type Theme = 'light' | 'dark';

interface Wish {
  theme: Theme;
  words: { row: string; group: string; chosen: string; cell: string; room: string };
}

/** The map cannot read the style sheet's variables; these are the same colours. */
const colours = {
  light: { row: '#3b5b6e', chosen: '#a8321f', cell: '#875300', room: '#1f6b4f', rim: '#fffdf9', ink: '#1f2a26' },
  dark: { row: '#a3c2d3', chosen: '#f39a86', cell: '#ecba66', room: '#7ccaa5', rim: '#121916', ink: '#e9ece6' },
} as const;

interface Listed extends LonLatPoint {
  id: string;
  areaCode: string;
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

/** The widest ring, so that a whole street does not hide its neighbours; pixels. */
const widest = 34;

/**
 * One sign for each area: a ring, the larger the more people, where it has one line; a disc with the number where it has
 * several. The chosen line is a diamond of its own.
 */
export function rowLayer(
  rows: readonly Listed[],
  chosen: string | undefined,
  { theme, words, onSelect, onArea }: Wish & { onSelect: (id: string) => void; onArea: (code: string) => void },
): MapLayer {
  const c = colours[theme];
  const groups = [...Map.groupBy(rows.filter(({ id }) => id !== chosen), ({ areaCode }) => areaCode).values()]; // prettier-ignore
  const own = rows.filter(({ id }) => id === chosen);
  const legend: LegendEntry[] = [
    ...(groups.some(({ length }) => length > 1)
      ? [{ words: words.group, colour: c.row, shape: 'point' as const }]
      : []),
    ...(groups.some(({ length }) => length === 1) ? [{ words: words.row, colour: c.row, shape: 'ring' as const }] : []),
    ...(own.length === 0 ? [] : [{ words: words.chosen, colour: c.chosen, shape: 'diamond' as const }]),
  ];
  return {
    id: 'shortfalls',
    legend,
    onSelect: ({ id, area }) => (typeof id === 'string' && id !== '' ? onSelect(id) : onArea(String(area))),
    styles: rowStyles(c),
    data: collection([
      ...groups.map(signOf),
      ...own.map((row) => ({ ...row, properties: { id: row.id, what: 'chosen' } })),
    ]),
  };
}

function signOf(rows: readonly Listed[]): LonLatPoint & { properties: Record<string, unknown> } {
  const [first] = rows;
  const at = middleOf(rows) ?? { lon: 0, lat: 0 };
  if (first === undefined || rows.length > 1)
    return { ...at, properties: { id: '', area: first?.areaCode ?? '', what: 'several', n: String(rows.length) } };
  // The square root of people, so that areas compare.
  const radius = Math.min(widest, 5 + 0.2 * Math.sqrt(first.people ?? 1));
  return { ...at, properties: { id: first.id, what: 'one', radius } };
}

function rowStyles(c: (typeof colours)[Theme]): MapLayer['styles'] {
  const is = (what: string) => ['==', ['get', 'what'], what] as never;
  return [
    {
      type: 'circle',
      filter: is('one'),
      paint: {
        'circle-radius': ['get', 'radius'],
        'circle-color': c.row,
        'circle-opacity': 0.12,
        'circle-stroke-color': c.row,
        'circle-stroke-width': 2.5,
      },
    },
    {
      type: 'circle',
      filter: is('several'),
      paint: { 'circle-radius': 15, 'circle-color': c.row, 'circle-stroke-color': c.rim, 'circle-stroke-width': 2 },
    },
    {
      type: 'symbol',
      filter: is('several'),
      layout: { 'text-field': ['get', 'n'], 'text-size': 13, 'text-font': labelFont, 'text-allow-overlap': true },
      paint: { 'text-color': c.rim },
    },
    {
      type: 'symbol',
      filter: is('chosen'),
      layout: { 'text-field': '◆', 'text-size': 28, 'text-font': labelFont, 'text-allow-overlap': true },
      paint: { 'text-color': c.chosen, 'text-halo-color': c.rim, 'text-halo-width': 2 },
    },
  ];
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

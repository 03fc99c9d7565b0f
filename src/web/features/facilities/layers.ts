/** What facilities, idle rooms and cells look like on the map. Colours are those of the style sheet, which a map cannot read. */
import { labelFont, nameStyle } from '#web/map/base-style.ts';
import type { LegendEntry, MapLayer } from '#web/map/layers.ts';
import type { Cell } from './queries.ts';

type Theme = 'light' | 'dark';

const grounds = {
  light: { rim: '#fffdf9', ink: '#1f2a26', plain: '#55625c', people: '#3b5b6e', idle: '#875300', gone: '#87857a' },
  dark: { rim: '#121916', ink: '#e9ece6', plain: '#a9b5ae', people: '#a3c2d3', idle: '#ecba66', gone: '#73827a' },
} as const;

/** One colour for each family; the first letter of the class stands in the sign, so that colour is never the only one. */
const familyColours: Readonly<Record<string, { light: string; dark: string }>> = {
  commerce: { light: '#b0480f', dark: '#f2a878' },
  health: { light: '#a8321f', dark: '#f39a86' },
  education: { light: '#3b5b6e', dark: '#a3c2d3' },
  one_old_one_young: { light: '#7a3e78', dark: '#d9a6d6' },
  service: { light: '#1f6b4f', dark: '#7ccaa5' },
  culture: { light: '#4c6a12', dark: '#b5cf74' },
  transport: { light: '#2b5aa0', dark: '#9dbdf0' },
  safety: { light: '#4a4a78', dark: '#b6b6e6' },
};

/** The colour of a family, by its code. */
export function familyColour(family: string, theme: Theme): string {
  return familyColours[family]?.[theme] ?? grounds[theme].plain;
}

export interface PointMark {
  id: string;
  lon: number;
  lat: number;
  name: string;
  colour: string;
  /** One letter in the sign. */
  letter: string;
  /** False: drawn as a ring. */
  filled: boolean;
}

export interface PointLayerWish {
  id: string;
  marks: readonly PointMark[];
  chosen: string | undefined;
  theme: Theme;
  legend: readonly LegendEntry[];
  onSelect: (id: string) => void;
  /** A group was pointed at: the ids of its points. */
  onCluster: (ids: string[]) => void;
}

const idOf = ({ id }: Record<string, unknown>): string => (typeof id === 'string' ? id : '');
const isGroup = ['has', 'point_count'] as const;

/** Points with a letter each; near ones are grouped and counted, and a group opens as a list. */
export function pointLayer({ id, marks, chosen, theme, legend, onSelect, onCluster }: PointLayerWish): MapLayer {
  const c = grounds[theme];
  return {
    id,
    cluster: true,
    legend,
    onSelect: (properties) => onSelect(idOf(properties)),
    onCluster: (members) => onCluster(members.map(idOf)),
    styles: [
      {
        type: 'circle',
        filter: [...isGroup],
        paint: {
          'circle-radius': ['step', ['get', 'point_count'], 14, 10, 17, 50, 21],
          'circle-color': c.rim,
          'circle-stroke-color': c.ink,
          'circle-stroke-width': 2,
        },
      },
      {
        type: 'symbol',
        filter: [...isGroup],
        layout: {
          'text-field': ['get', 'point_count_abbreviated'],
          'text-font': labelFont,
          'text-size': 12,
          'text-allow-overlap': true,
        },
        paint: { 'text-color': c.ink },
      },
      {
        type: 'circle',
        filter: ['!', [...isGroup]],
        paint: {
          'circle-radius': ['case', ['get', 'chosen'], 15, 11],
          'circle-color': ['case', ['get', 'filled'], ['get', 'colour'], c.rim],
          'circle-stroke-color': [
            'case',
            ['get', 'chosen'],
            c.ink,
            ['case', ['get', 'filled'], c.rim, ['get', 'colour']],
          ],
          'circle-stroke-width': ['case', ['get', 'chosen'], 4, 2],
        },
      },
      {
        type: 'symbol',
        filter: ['!', [...isGroup]],
        layout: {
          'text-field': ['get', 'letter'],
          'text-font': labelFont,
          'text-size': 12,
          'text-allow-overlap': true,
        },
        paint: { 'text-color': ['case', ['get', 'filled'], c.rim, ['get', 'colour']] },
      },
      nameStyle({ ink: c.ink, rim: c.rim, below: 1.1, minzoom: 16, filter: ['!', [...isGroup]] }),
    ],
    data: {
      type: 'FeatureCollection',
      features: marks.map(({ lon, lat, ...rest }) => ({
        type: 'Feature' as const,
        properties: { ...rest, chosen: rest.id === chosen },
        geometry: { type: 'Point', coordinates: [lon, lat] },
      })),
    },
  };
}

/** The colour of what stands idle, or no longer does. */
export function idleColour(isFree: boolean, theme: Theme): string {
  return isFree ? grounds[theme].idle : grounds[theme].gone;
}

/** One dot for each cell, as large as its people; those too few to be told are the smallest rings. */
export function cellLayer(cells: readonly Cell[], theme: Theme, words: { few: string; size: string }): MapLayer {
  const c = grounds[theme];
  return {
    id: 'cells',
    legend: [
      { words: words.size, colour: c.people, shape: 'point' },
      ...(cells.some(({ people }) => people === null)
        ? [{ words: words.few, colour: c.people, shape: 'ring' as const }]
        : []),
    ],
    styles: [
      {
        type: 'circle',
        paint: {
          // The area of a dot grows with its people.
          'circle-radius': ['interpolate', ['linear'], ['sqrt', ['get', 'people']], 0, 1.5, 10, 5, 25, 12, 50, 22],
          'circle-color': c.people,
          'circle-opacity': ['case', ['get', 'few'], 0, 0.55],
          'circle-stroke-color': c.people,
          'circle-stroke-width': 1,
        },
      },
    ],
    data: {
      type: 'FeatureCollection',
      features: cells.map(({ code, lon, lat, people }) => ({
        type: 'Feature' as const,
        properties: { code, people: people ?? 2, few: people === null },
        geometry: { type: 'Point', coordinates: [lon, lat] },
      })),
    },
  };
}

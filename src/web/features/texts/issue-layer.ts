import { openStatuses } from '#contract/events-words.ts';
import { labelFont } from '#web/map/base-style.ts';
import type { LonLatPoint, MapLayer } from '#web/map/layers.ts';
import type { Case, Issue } from './queries.ts';

type Theme = 'light' | 'dark';

/** The map cannot read the style sheet's variables; these are the same colours. */
const colours = {
  light: { hot: '#a8321f', open: '#a8321f', ended: '#5a6660', rim: '#fffdf9', ink: '#1f2a26' },
  dark: { hot: '#f39a86', open: '#f39a86', ended: '#a9b4ae', rim: '#121916', ink: '#e9ece6' },
} as const;

const isOpen = (status: string): boolean => openStatuses.some((one) => one === status);

/** One disc for each issue, its area by heat, with its title where there is room. */
export function issueLayer(
  issues: readonly (Issue & LonLatPoint)[],
  { theme, words, onSelect }: { theme: Theme; words: string; onSelect: (id: string) => void },
): MapLayer {
  const c = colours[theme];
  return {
    id: 'hot-issues',
    legend: [{ words, colour: c.hot, shape: 'ring' }],
    onSelect: ({ id }) => onSelect(String(id)),
    styles: [
      {
        type: 'circle',
        paint: {
          'circle-radius': ['get', 'radius'],
          'circle-color': c.hot,
          'circle-opacity': 0.3,
          'circle-stroke-color': c.hot,
          'circle-stroke-width': 2,
        },
      },
      {
        type: 'symbol',
        minzoom: 13,
        layout: {
          'text-field': ['get', 'title'],
          'text-size': 12,
          'text-font': labelFont,
          'text-anchor': 'top',
          'text-offset': [0, 1],
          'text-max-width': 14,
        },
        paint: { 'text-color': c.ink, 'text-halo-color': c.rim, 'text-halo-width': 2 },
      },
    ],
    data: {
      type: 'FeatureCollection',
      features: issues.map(({ id, title, heat, lon, lat }) => ({
        type: 'Feature',
        properties: { id, title, radius: Math.min(34, 6 + 5 * Math.sqrt(heat)) },
        geometry: { type: 'Point', coordinates: [lon, lat] },
      })),
    },
  };
}

/** The events of one issue: those open filled, those ended hollow. */
export function caseLayer(
  cases: readonly (Case & LonLatPoint)[],
  { theme, words, onSelect }: { theme: Theme; words: { open: string; ended: string }; onSelect: (id: string) => void },
): MapLayer {
  const c = colours[theme];
  const open = ['get', 'open'] as const;
  return {
    id: 'hot-cases',
    legend: [
      { words: words.open, colour: c.open, shape: 'point' },
      { words: words.ended, colour: c.ended, shape: 'ring' },
    ],
    onSelect: ({ id }) => onSelect(String(id)),
    styles: [
      {
        type: 'circle',
        paint: {
          'circle-radius': 7,
          'circle-color': ['case', open, c.open, c.rim],
          'circle-stroke-color': ['case', open, c.rim, c.ended],
          'circle-stroke-width': 2.5,
        } as never,
      },
    ],
    data: {
      type: 'FeatureCollection',
      features: cases.map(({ id, status, lon, lat }) => ({
        type: 'Feature',
        properties: { id, open: isOpen(status) },
        geometry: { type: 'Point', coordinates: [lon, lat] },
      })),
    },
  };
}

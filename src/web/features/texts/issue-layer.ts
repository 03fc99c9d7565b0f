import { isOpen } from '#contract/events-words.ts';
import { labelFont } from '#web/map/base-style.ts';
import type { LonLatPoint, MapLayer } from '#web/map/layers.ts';
import type { Case, Issue } from './queries.ts';

type Theme = 'light' | 'dark';

/** The map cannot read the style sheet's variables; these are the same colours. */
const colours = {
  light: { hot: '#a8321f', open: '#a8321f', ended: '#5a6660', rim: '#fffdf9', ink: '#1f2a26' },
  dark: { hot: '#f39a86', open: '#f39a86', ended: '#a9b4ae', rim: '#121916', ink: '#e9ece6' },
} as const;

/** Grows with the map, so that discs of a whole street stand apart and those of one corner are easy to point at. */
const radius = ['interpolate', ['linear'], ['zoom'], 11, ['*', 0.3, ['get', 'radius']], 16.5, ['get', 'radius']];

/** One disc for each issue, its area by heat, the smaller above the larger, with its title where there is room. */
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
        layout: { 'circle-sort-key': ['-', 0, ['get', 'heat']] },
        paint: {
          'circle-radius': radius as never,
          'circle-color': c.hot,
          'circle-opacity': 0.2,
          'circle-stroke-color': c.hot,
          'circle-stroke-width': 1.5,
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
          'text-offset': [0, 0.9],
          'text-max-width': 14,
          'symbol-sort-key': ['-', 0, ['get', 'heat']],
          'text-padding': 6,
        },
        paint: { 'text-color': c.ink, 'text-halo-color': c.rim, 'text-halo-width': 2 },
      },
    ],
    data: {
      type: 'FeatureCollection',
      features: issues.map(({ id, title, heat, lon, lat }) => ({
        type: 'Feature',
        properties: { id, title, heat, radius: Math.min(34, 6 + 6 * Math.sqrt(heat)) },
        geometry: { type: 'Point', coordinates: [lon, lat] },
      })),
    },
  };
}

/** The issue that is pointed at in the list: a firm ring and its title, above all others. */
export function pointedLayer(issue: (Issue & LonLatPoint) | undefined, theme: Theme): MapLayer {
  const c = colours[theme];
  return {
    id: 'hot-pointed',
    styles: [
      {
        type: 'circle',
        paint: {
          'circle-radius': 14,
          'circle-color': c.hot,
          'circle-opacity': 0.5,
          'circle-stroke-color': c.ink,
          'circle-stroke-width': 3,
        },
      },
      {
        type: 'symbol',
        layout: {
          'text-field': ['get', 'title'],
          'text-size': 14,
          'text-font': labelFont,
          'text-anchor': 'top',
          'text-offset': [0, 1.4],
          'text-max-width': 16,
          'text-allow-overlap': true,
        },
        paint: { 'text-color': c.ink, 'text-halo-color': c.rim, 'text-halo-width': 3 },
      },
    ],
    data: {
      type: 'FeatureCollection',
      features:
        issue === undefined
          ? []
          : [
              {
                type: 'Feature',
                properties: { title: issue.title },
                geometry: { type: 'Point', coordinates: [issue.lon, issue.lat] },
              },
            ],
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

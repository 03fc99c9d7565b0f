import { labelFont } from '#web/map/base-style.ts';
import type { MapLayer } from '#web/map/layers.ts';
import type { RiskRow } from './queries.ts';

type Theme = 'light' | 'dark';

/** The map cannot read the style sheet's variables; these are the same colours, level 1 first. */
const colours = {
  light: { levels: ['#a8321f', '#b0480f', '#875300', '#3b5b6e'], rim: '#fffdf9', ink: '#1f2a26' },
  dark: { levels: ['#f39a86', '#f2a878', '#ecba66', '#a3c2d3'], rim: '#121916', ink: '#e9ece6' },
} as const;

/** Each point bears its level as a figure, so that it can be read without colour; near ones are grouped and counted. */
export function riskLayer(
  rows: readonly RiskRow[],
  chosen: string | undefined,
  theme: Theme,
  onSelect: (properties: Record<string, unknown>) => void,
): MapLayer {
  const c = colours[theme];
  const [l1, l2, l3, l4] = c.levels;
  const text = { 'text-size': 12, 'text-font': labelFont, 'text-allow-overlap': true } as const;
  return {
    id: 'risks',
    cluster: true,
    onSelect,
    styles: [
      {
        type: 'circle',
        filter: ['has', 'point_count'],
        paint: {
          'circle-color': c.rim,
          'circle-stroke-color': c.ink,
          'circle-stroke-width': 1.5,
          'circle-radius': ['step', ['get', 'point_count'], 12, 10, 15, 100, 19],
        },
      },
      {
        type: 'symbol',
        filter: ['has', 'point_count'],
        layout: { ...text, 'text-field': ['get', 'point_count_abbreviated'] },
        paint: { 'text-color': c.ink },
      },
      {
        type: 'circle',
        filter: ['!', ['has', 'point_count']],
        paint: {
          'circle-color': ['match', ['get', 'level'], 1, l1, 2, l2, 3, l3, l4],
          'circle-radius': ['case', ['get', 'chosen'], 14, 10],
          'circle-stroke-color': ['case', ['get', 'chosen'], c.ink, c.rim],
          'circle-stroke-width': ['case', ['get', 'chosen'], 3.5, 1.5],
        },
      },
      {
        type: 'symbol',
        filter: ['!', ['has', 'point_count']],
        layout: { ...text, 'text-field': ['to-string', ['get', 'level']] },
        paint: { 'text-color': c.rim },
      },
    ],
    data: {
      type: 'FeatureCollection',
      features: rows.map(({ id, level, lon, lat }) => ({
        type: 'Feature',
        properties: { id, level, chosen: id === chosen },
        geometry: { type: 'Point', coordinates: [lon, lat] },
      })),
    },
  };
}

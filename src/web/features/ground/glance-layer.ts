import { labelFont } from '#web/map/base-style.ts';
import type { MapLayer } from '#web/map/layers.ts';
import type { CareGlance } from './queries.ts';

type Theme = 'light' | 'dark';

/** The map cannot read the style sheet's variables; these are the same colours, the most urgent first. */
const colours = {
  light: { red: '#a8321f', orange: '#b0480f', yellow: '#875300', blue: '#3b5b6e', rim: '#fffdf9' },
  dark: { red: '#f39a86', orange: '#f2a878', yellow: '#ecba66', blue: '#a3c2d3', rim: '#121916' },
} as const;

/** One mark in the middle of each grid with the number of people there; a small number is told as such. */
export function glanceLayer(areas: CareGlance['areas'], few: string, theme: Theme): MapLayer {
  const { rim, ...of } = colours[theme];
  return {
    id: 'care-glance',
    styles: [
      {
        type: 'circle',
        paint: {
          'circle-color': ['get', 'paint'],
          'circle-radius': 13,
          'circle-stroke-color': rim,
          'circle-stroke-width': 1.5,
        },
      },
      {
        type: 'symbol',
        layout: { 'text-size': 12, 'text-font': labelFont, 'text-allow-overlap': true, 'text-field': ['get', 'words'] },
        paint: { 'text-color': rim },
      },
    ],
    data: {
      type: 'FeatureCollection',
      features: areas.map(({ colour, count, lon, lat }) => ({
        type: 'Feature',
        properties: { paint: of[colour], words: count === null ? few : String(count) },
        geometry: { type: 'Point', coordinates: [lon, lat] },
      })),
    },
  };
}

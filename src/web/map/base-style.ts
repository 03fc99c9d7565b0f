import type {
  LayerSpecification,
  SourceSpecification,
  StyleSpecification,
  SymbolLayerSpecification,
} from 'maplibre-gl';
import type { LayerStyle } from './layers.ts';

/** The base map's layers, bottom to top. Our own drawing: no tiles, no key. Others a server offers are not drawn. */
export const baseLayers = [
  'rivers',
  'shoals',
  'parks',
  'contours',
  'buildings',
  'roads',
  'stairs',
  'bridges',
  'metrolines',
  'metrostations',
  'labels',
] as const;
export type BaseLayer = (typeof baseLayers)[number];

/** A layer as the server calls it, and as it is called here. */
export interface BaseLayerName {
  served: string;
  layer: BaseLayer;
}

/** Which of the offered layers we can draw. Case and hyphens do not count: "metro-lines" is "metroLines". */
export function drawable(offered: readonly string[]): BaseLayerName[] {
  return offered.flatMap((served) => {
    const layer = baseLayers.find((one) => one === served.toLowerCase().replace(/[-_]/g, ''));
    return layer === undefined ? [] : [{ served, layer }];
  });
}

const colours = {
  light: {
    land: '#f1ece0',
    water: '#c3d6de',
    contour: '#ddd4c1',
    park: '#d3e3cd',
    building: '#e2d9c8',
    casing: '#d8cfbd',
    road: '#ffffff',
    main: '#f7e3b5',
    path: '#b9a98c',
    bridge: '#9aa5ab',
    text: '#4b4a42',
    halo: '#f8f5ee',
    waterText: '#3f6475',
    metro: '#7a8b93',
    shoal: '#e6dcc4',
    parkText: '#3f6b45',
  },
  dark: {
    land: '#18201d',
    water: '#1d3441',
    contour: '#26302b',
    park: '#1f3328',
    building: '#242e2a',
    casing: '#111715',
    road: '#36423d',
    main: '#575035',
    path: '#5b5a4c',
    bridge: '#5d6a70',
    text: '#c6cec8',
    halo: '#141a18',
    waterText: '#8fb3c4',
    metro: '#8fa0a8',
    shoal: '#2f312a',
    parkText: '#9cc7a3',
  },
  /** The big screen at night: deep blue, quieter than the desk's dark, so that events stand out from far away. */
  night: {
    land: '#0c1a2e',
    water: '#12304d',
    contour: '#15263f',
    park: '#10303a',
    building: '#14263f',
    casing: '#0a1424',
    road: '#24405f',
    main: '#3d5a80',
    path: '#2c4563',
    bridge: '#4b6a8d',
    text: '#a9bdd6',
    halo: '#0a1424',
    waterText: '#6f9cc4',
    metro: '#56759b',
    shoal: '#182a40',
    parkText: '#7fb7a0',
  },
};
export type MapTheme = keyof typeof colours;

/** One CJK-able font for all labels, drawn on the spot: with no `glyphs` address MapLibre fetches nothing. */
export const labelFont = ['PingFang SC, HarmonyOS Sans SC, Noto Sans CJK SC, Microsoft YaHei, sans-serif'];

interface NameWish {
  ink: string;
  rim: string;
  /** Pixels. */
  size?: number;
  /** How far below the point, in letters. */
  below: number;
  /** From this zoom on. */
  minzoom?: number;
  /** Only these have it written. */
  filter?: unknown[];
}

/** The `name` of a point below it, left out where it would cover another. */
export function nameStyle({ ink, rim, size = 12, below, minzoom, filter }: NameWish): LayerStyle {
  return {
    type: 'symbol',
    ...(minzoom === undefined ? {} : { minzoom }),
    ...(filter === undefined ? {} : { filter: filter as never }),
    layout: {
      'text-field': ['get', 'name'],
      'text-font': labelFont,
      'text-size': size,
      'text-anchor': 'top',
      'text-offset': [0, below],
      'text-optional': true,
    },
    paint: { 'text-color': ink, 'text-halo-color': rim, 'text-halo-width': 1.6 },
  };
}

/** The whole style: an empty ground and one GeoJSON source for each base layer the server has. */
export function baseStyle(theme: MapTheme, names: readonly BaseLayerName[]): StyleSpecification {
  const sources = names.map(({ served, layer }): [string, SourceSpecification] => [
    `base-${layer}`,
    { type: 'geojson', data: `/api/public/basemap/${served}` },
  ]);
  const has = new Set(sources.map(([id]) => id));
  const drawn = [...groundLayers(theme), ...roadLayers(theme), ...labelLayers(theme)].filter(
    (layer) => 'source' in layer && has.has(layer.source),
  );
  return {
    version: 8,
    sources: Object.fromEntries(sources),
    layers: [{ id: 'ground', type: 'background', paint: { 'background-color': colours[theme].land } }, ...drawn],
  };
}

function groundLayers(theme: MapTheme): LayerSpecification[] {
  const c = colours[theme];
  return [
    { id: 'rivers', type: 'fill', source: 'base-rivers', paint: { 'fill-color': c.water } },
    { id: 'shoals', type: 'fill', source: 'base-shoals', paint: { 'fill-color': c.shoal } },
    { id: 'parks', type: 'fill', source: 'base-parks', paint: { 'fill-color': c.park } },
    {
      id: 'contours',
      type: 'line',
      source: 'base-contours',
      minzoom: 13,
      paint: { 'line-color': c.contour, 'line-width': 0.8 },
    },
    {
      id: 'buildings',
      type: 'fill',
      source: 'base-buildings',
      minzoom: 15,
      paint: { 'fill-color': c.building, 'fill-outline-color': c.casing },
    },
  ];
}

function roadLayers(theme: MapTheme): LayerSpecification[] {
  const c = colours[theme];
  const big = ['match', ['get', 'class'], 'trunk', 1, 'secondary', 0.7, 0.4] as const;
  const width = (scale: number): never =>
    ['interpolate', ['exponential', 1.6], ['zoom'], 12, ['*', scale, big], 18, ['*', scale * 14, big]] as never;
  return [
    {
      id: 'road-casing',
      type: 'line',
      source: 'base-roads',
      minzoom: 13,
      layout: { 'line-cap': 'round', 'line-join': 'round' },
      paint: { 'line-color': c.casing, 'line-width': width(2.3) },
    },
    {
      id: 'roads',
      type: 'line',
      source: 'base-roads',
      layout: { 'line-cap': 'round', 'line-join': 'round' },
      paint: { 'line-color': ['match', ['get', 'class'], 'trunk', c.main, c.road], 'line-width': width(1.8) },
    },
    {
      id: 'stairs',
      type: 'line',
      source: 'base-stairs',
      minzoom: 14.5,
      paint: { 'line-color': c.path, 'line-width': 3, 'line-dasharray': [0.4, 0.5] },
    },
    {
      id: 'bridge-casing',
      type: 'line',
      source: 'base-bridges',
      paint: { 'line-color': c.bridge, 'line-width': width(2.6) },
    },
    { id: 'bridges', type: 'line', source: 'base-bridges', paint: { 'line-color': c.main, 'line-width': width(1.7) } },
    {
      id: 'metro',
      type: 'line',
      source: 'base-metrolines',
      paint: {
        'line-color': theme !== 'light' ? c.metro : ['coalesce', ['get', 'colour'], c.metro],
        'line-width': 2.5,
        'line-opacity': 0.55,
        'line-dasharray': [3, 1.2],
      },
    },
    {
      id: 'metro-stops',
      type: 'circle',
      source: 'base-metrostations',
      minzoom: 12.5,
      paint: { 'circle-radius': 4, 'circle-color': c.road, 'circle-stroke-color': c.metro, 'circle-stroke-width': 2 },
    },
  ];
}

/** A label for each named feature; MapLibre draws the letters itself. */
function names(
  layer: BaseLayer,
  minzoom: number,
  more: SymbolLayerSpecification['layout'] = {},
): Omit<SymbolLayerSpecification, 'paint'> {
  const layout = { 'text-field': ['get', 'name'] as never, 'text-font': labelFont, 'text-size': 12, ...more };
  return { id: `${layer}-names`, type: 'symbol', source: `base-${layer}`, minzoom, layout };
}

function labelLayers(theme: MapTheme): LayerSpecification[] {
  const c = colours[theme];
  const paint = { 'text-color': c.text, 'text-halo-color': c.halo, 'text-halo-width': 1.4 };
  const along = { 'symbol-placement': 'line', 'symbol-spacing': 320 } as const;
  return [
    { ...names('roads', 14.5, along), paint },
    { ...names('stairs', 15.5, along), paint },
    { ...names('bridges', 13.5, along), paint },
    { ...names('metrostations', 13, { 'text-offset': [0, 1.1] }), paint },
    {
      ...names('labels', 11, { 'text-size': ['match', ['get', 'kind'], 'river', 16, 12], 'text-letter-spacing': 0.1 }),
      filter: ['any', ['==', ['get', 'kind'], 'river'], ['>=', ['zoom'], 13.5]],
      paint: {
        ...paint,
        'text-color': ['match', ['get', 'kind'], 'river', c.waterText, 'park', c.parkText, c.text],
        'text-halo-color': ['match', ['get', 'kind'], 'river', c.water, c.halo],
      },
    },
  ];
}

import type { LayerSpecification, StyleSpecification } from 'maplibre-gl';

/** The base map's layers, as the server names them (GET /api/public/basemap/:layer). Our own drawing: no tiles, no key. */
export const baseLayers = [
  'water',
  'contours',
  'parks',
  'buildings',
  'roads',
  'stairs',
  'bridges',
  'metro',
  'places',
] as const;
export type BaseLayer = (typeof baseLayers)[number];

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
  },
};

/** One CJK-able font for all labels, drawn on the spot: with no `glyphs` address MapLibre fetches nothing. */
export const labelFont = ['PingFang SC, HarmonyOS Sans SC, Noto Sans CJK SC, Microsoft YaHei, sans-serif'];

/** The whole style: an empty ground and one GeoJSON source for each base layer. */
export function baseStyle(theme: 'light' | 'dark'): StyleSpecification {
  return {
    version: 8,
    sources: Object.fromEntries(
      baseLayers.map((layer) => [`base-${layer}`, { type: 'geojson', data: `/api/public/basemap/${layer}` }]),
    ),
    layers: [
      { id: 'ground', type: 'background', paint: { 'background-color': colours[theme].land } },
      ...groundLayers(theme),
      ...roadLayers(theme),
      ...labelLayers(theme),
    ],
  };
}

function groundLayers(theme: 'light' | 'dark'): LayerSpecification[] {
  const c = colours[theme];
  return [
    { id: 'water', type: 'fill', source: 'base-water', paint: { 'fill-color': c.water } },
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

function roadLayers(theme: 'light' | 'dark'): LayerSpecification[] {
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
      source: 'base-metro',
      filter: ['==', ['geometry-type'], 'LineString'],
      paint: {
        'line-color': ['coalesce', ['get', 'colour'], c.metro],
        'line-width': 2.5,
        'line-opacity': 0.65,
        'line-dasharray': [3, 1.2],
      },
    },
    {
      id: 'metro-stops',
      type: 'circle',
      source: 'base-metro',
      filter: ['==', ['geometry-type'], 'Point'],
      minzoom: 12.5,
      paint: { 'circle-radius': 4, 'circle-color': c.road, 'circle-stroke-color': c.metro, 'circle-stroke-width': 2 },
    },
  ];
}

function labelLayers(theme: 'light' | 'dark'): LayerSpecification[] {
  const c = colours[theme];
  const paint = { 'text-color': c.text, 'text-halo-color': c.halo, 'text-halo-width': 1.4 };
  return [
    {
      id: 'water-names',
      type: 'symbol',
      source: 'base-water',
      layout: { 'text-field': ['get', 'name'], 'text-font': labelFont, 'text-size': 15, 'text-letter-spacing': 0.3 },
      paint: { ...paint, 'text-color': c.waterText, 'text-halo-color': c.water },
    },
    {
      id: 'road-names',
      type: 'symbol',
      source: 'base-roads',
      minzoom: 14.5,
      layout: {
        'text-field': ['get', 'name'],
        'text-font': labelFont,
        'symbol-placement': 'line',
        'text-size': 12,
        'symbol-spacing': 320,
      },
      paint,
    },
    {
      id: 'bridge-names',
      type: 'symbol',
      source: 'base-bridges',
      minzoom: 13.5,
      layout: { 'text-field': ['get', 'name'], 'text-font': labelFont, 'symbol-placement': 'line', 'text-size': 12 },
      paint,
    },
    {
      id: 'park-names',
      type: 'symbol',
      source: 'base-parks',
      minzoom: 14,
      layout: { 'text-field': ['get', 'name'], 'text-font': labelFont, 'text-size': 12 },
      paint,
    },
    {
      id: 'metro-names',
      type: 'symbol',
      source: 'base-metro',
      filter: ['==', ['geometry-type'], 'Point'],
      minzoom: 13.5,
      layout: { 'text-field': ['get', 'name'], 'text-font': labelFont, 'text-size': 12, 'text-offset': [0, 1.1] },
      paint,
    },
    {
      id: 'place-names',
      type: 'symbol',
      source: 'base-places',
      minzoom: 14.5,
      layout: { 'text-field': ['get', 'name'], 'text-font': labelFont, 'text-size': 12, 'text-optional': true },
      paint,
    },
  ];
}

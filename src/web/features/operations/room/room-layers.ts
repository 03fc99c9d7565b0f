import type { LonLat } from '#kit/geo.ts';
import type { LegendEntry, MapFeatures, MapLayer } from '#web/map/layers.ts';
import type { Cordon, PersonNear, RiskPoint, Room } from '../queries.ts';
import { circleRing, ringOf, type CordonDraft } from './cordon.ts';

type Theme = 'light' | 'dark';
type Position = Room['positions'][number];

/** The map cannot read the style sheet's variables; these are the same colours. */
const colours = {
  light: { here: '#a8321f', cordon: '#a8321f', care: '#875300', risk: '#3b5b6e', position: '#1f6b4f', rim: '#fffdf9' },
  dark: { here: '#f39a86', cordon: '#f39a86', care: '#ecba66', risk: '#a3c2d3', position: '#7ccaa5', rim: '#121916' },
} as const;

/** Every kind has a shape of its own, on a field of 24 × 24. */
const signs = {
  here: { path: 'M12 22s-8-7-8-13a8 8 0 0 1 16 0c0 6-8 13-8 13', legend: 'ring' },
  care: { path: 'M12 2l10 10-10 10L2 12z', legend: 'diamond' },
  risk: { path: 'M12 2l10.5 19h-21z', legend: 'triangle' },
  position: { path: 'M4 4h16v16H4z', legend: 'square' },
} as const;
type Sign = keyof typeof signs;
const pixels = 48;

/** Draws `room-care-dark` and its like; undefined when the name is not one of ours. For the map's resolver of images. */
export function drawSign(name: string): ImageData | undefined {
  const found = /^room-(here|care|risk|position)-(light|dark)$/.exec(name) as [string, Sign, Theme] | null;
  if (found === null) return undefined;
  const [, sign, theme] = found;
  const canvas = document.createElement('canvas');
  canvas.width = pixels;
  canvas.height = pixels;
  const pen = canvas.getContext('2d');
  if (pen === null) return undefined;
  pen.translate(6, 6);
  pen.scale(1.5, 1.5);
  const shape = new Path2D(signs[sign].path);
  pen.lineJoin = 'round';
  pen.strokeStyle = colours[theme].rim;
  pen.lineWidth = 4;
  pen.stroke(shape);
  pen.fillStyle = colours[theme][sign];
  pen.fill(shape);
  return pen.getImageData(0, 0, pixels, pixels);
}

export interface RoomMapWords {
  here: string;
  cordon: string;
  draft: string;
  care: string;
  risk: string;
  position: string;
}

export interface RoomMapFacts {
  at: LonLat;
  cordons: readonly Cordon[];
  draft: CordonDraft | null;
  people: readonly PersonNear[];
  risks: readonly RiskPoint[];
  positions: readonly Position[];
}

/** Everything the room's map shows, the event itself on top. */
export function roomLayers(facts: RoomMapFacts, theme: Theme, t: RoomMapWords): MapLayer[] {
  return [
    cordonLayer(facts.cordons, theme, t.cordon),
    ...(facts.draft === null ? [] : [draftLayer(facts.draft, theme, t.draft)]),
    pointLayer('risk', facts.risks, theme, t.risk),
    pointLayer('care', facts.people, theme, t.care),
    pointLayer('position', facts.positions, theme, t.position),
    pointLayer('here', [{ lon: facts.at[0], lat: facts.at[1] }], theme, t.here),
  ];
}

function cordonLayer(cordons: readonly Cordon[], theme: Theme, words: string): MapLayer {
  const colour = colours[theme].cordon;
  return {
    id: 'cordons',
    data: collection(cordons.map((one) => geometryOf(one.shape))),
    styles: [
      { type: 'fill', paint: { 'fill-color': colour, 'fill-opacity': 0.14 } },
      { type: 'line', paint: { 'line-color': colour, 'line-width': 2.5 } },
    ],
    ...legend(cordons.length > 0, { words, colour, shape: 'area' }),
  };
}

function draftLayer(draft: CordonDraft, theme: Theme, words: string): MapLayer {
  const colour = colours[theme].cordon;
  const ring = ringOf(draft);
  const corners = draft.shape === 'polygon' ? draft.corners : [draft.centre];
  const line = ring === undefined ? [{ type: 'LineString', coordinates: corners }] : [polygonOf(ring)];
  return {
    id: 'cordon-draft',
    data: collection([...line, ...corners.map((corner) => ({ type: 'Point', coordinates: corner }))]),
    styles: [
      { type: 'line', paint: { 'line-color': colour, 'line-width': 2, 'line-dasharray': [2, 2] } },
      {
        type: 'circle',
        filter: ['==', ['geometry-type'], 'Point'],
        paint: {
          'circle-radius': 5,
          'circle-color': colours[theme].rim,
          'circle-stroke-color': colour,
          'circle-stroke-width': 2,
        },
      },
    ],
    ...legend(true, { words, colour, shape: 'line' }),
  };
}

function pointLayer(
  sign: Sign,
  points: readonly { lon: number; lat: number }[],
  theme: Theme,
  words: string,
): MapLayer {
  return {
    id: `room-${sign}`,
    data: collection(points.map(({ lon, lat }) => ({ type: 'Point', coordinates: [lon, lat] }))),
    styles: [
      {
        type: 'symbol',
        layout: { 'icon-image': `room-${sign}-${theme}`, 'icon-size': 0.5, 'icon-allow-overlap': true },
      },
    ],
    ...legend(points.length > 0, { words, colour: colours[theme][sign], shape: signs[sign].legend }),
  };
}

function legend(shown: boolean, entry: LegendEntry): Pick<MapLayer, 'legend'> {
  return shown ? { legend: [entry] } : {};
}

type Geometry = MapFeatures['features'][number]['geometry'];

export function geometryOf(shape: Cordon['shape']): Geometry {
  return shape.type === 'circle' ? polygonOf(circleRing([shape.lon, shape.lat], shape.radiusM)) : shape.geometry;
}

function polygonOf(ring: readonly LonLat[]): Geometry {
  return { type: 'Polygon', coordinates: [ring] };
}

function collection(geometries: readonly Geometry[]): MapFeatures {
  return {
    type: 'FeatureCollection',
    features: geometries.map((geometry) => ({ type: 'Feature', properties: null, geometry })),
  };
}

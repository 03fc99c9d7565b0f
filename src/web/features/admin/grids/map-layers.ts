import type { LonLat } from '#kit/geo.ts';
import { labelFont } from '#web/map/base-style.ts';
import type { MapFeatures, MapLayer } from '#web/map/layers.ts';
import { cornersOf, middlesOf } from './edit-model.ts';
import type { Editor } from './use-editor.ts';
import type { Territory } from './use-territory.ts';

export interface Paint {
  leaf: string;
  river: string;
  seal: string;
  amber: string;
  sheet: string;
  ink: string;
}

export interface LayerWords {
  area: string;
  chosen: string;
  changed: string;
  corner: string;
  drawn: string;
  problem: string;
}

/** Everything the editor draws above the base map. */
export function editorLayers(
  territory: Territory,
  editor: Editor,
  paint: Paint,
  words: LayerWords,
  onChoose: (code: string) => void,
): MapLayer[] {
  return [
    areasLayer(territory, editor, paint, words, onChoose),
    cornersLayer(editor, paint, words),
    lineLayer(editor, paint, words),
    problemLayer(editor, paint, words),
  ];
}

function areasLayer(
  territory: Territory,
  editor: Editor,
  paint: Paint,
  words: LayerWords,
  onChoose: (code: string) => void,
): MapLayer {
  const features = territory.children.flatMap(({ code, name }) => {
    const geometry = editor.history.now.get(code);
    if (geometry === undefined) return [];
    const properties = {
      code,
      name,
      chosen: editor.chosen.includes(code),
      changed: editor.changed.includes(code),
    };
    return [feature(geometry, properties)];
  });
  return {
    id: 'edit-areas',
    data: collection(features),
    onSelect: editor.mode === 'look' ? ({ code }) => onChoose(String(code)) : undefined,
    styles: [
      {
        type: 'fill',
        paint: {
          'fill-color': ['case', ['get', 'chosen'], paint.leaf, ['get', 'changed'], paint.amber, paint.river],
          'fill-opacity': ['case', ['get', 'chosen'], 0.32, ['get', 'changed'], 0.25, 0.08],
        },
      },
      {
        type: 'line',
        paint: {
          'line-color': ['case', ['get', 'chosen'], paint.leaf, paint.river],
          'line-width': ['case', ['get', 'chosen'], 3.5, 1.6],
        },
      },
      {
        type: 'symbol',
        layout: { 'text-field': ['get', 'name'], 'text-size': 13, 'text-font': labelFont },
        paint: { 'text-color': paint.ink, 'text-halo-color': paint.sheet, 'text-halo-width': 1.6 },
      },
    ],
    legend: [
      { words: words.area, colour: paint.river, shape: 'line' },
      { words: words.chosen, colour: paint.leaf, shape: 'area' },
      ...(editor.changed.length > 0 ? [{ words: words.changed, colour: paint.amber, shape: 'area' } as const] : []),
    ],
  };
}

/** Corners of the chosen area, and the middles of its edges, where corners can be put in. */
function cornersLayer(editor: Editor, paint: Paint, words: LayerWords): MapLayer {
  const shape = editor.mode === 'corners' ? editor.history.now.get(editor.chosen[0] ?? '') : undefined;
  const corners = shape === undefined ? [] : cornersOf(shape);
  const middles = shape === undefined ? [] : middlesOf(shape);
  const isChosen = (at: LonLat): boolean => editor.corner?.[0] === at[0] && editor.corner[1] === at[1];
  return {
    id: 'edit-corners',
    data: collection([
      ...middles.map(({ at }) => point(at, { kind: 'middle' })),
      ...corners.map((at) => point(at, { kind: isChosen(at) ? 'chosen' : 'corner' })),
    ]),
    styles: [
      {
        type: 'circle',
        paint: {
          'circle-radius': ['match', ['get', 'kind'], 'middle', 3.5, 'chosen', 9, 6.5],
          'circle-color': ['match', ['get', 'kind'], 'chosen', paint.seal, paint.sheet],
          'circle-opacity': ['match', ['get', 'kind'], 'middle', 0.75, 1],
          'circle-stroke-color': paint.leaf,
          'circle-stroke-width': ['match', ['get', 'kind'], 'middle', 1, 2.5],
        },
      },
    ],
    legend: corners.length > 0 ? [{ words: words.corner, colour: paint.leaf, shape: 'ring' }] : [],
  };
}

function lineLayer(editor: Editor, paint: Paint, words: LayerWords): MapLayer {
  const { line, mode } = editor;
  const [first] = line;
  const path = mode === 'draw' && first !== undefined && line.length > 2 ? [...line, first] : line;
  const features = path.length > 1 ? [feature({ type: 'LineString', coordinates: path }, {})] : [];
  return {
    id: 'edit-line',
    data: collection([...features, ...line.map((at) => point(at, {}))]),
    styles: [
      {
        type: 'line',
        filter: ['==', ['geometry-type'], 'LineString'],
        paint: { 'line-color': paint.seal, 'line-width': 3, 'line-dasharray': [2, 1] },
      },
      {
        type: 'circle',
        filter: ['==', ['geometry-type'], 'Point'],
        paint: {
          'circle-radius': 6,
          'circle-color': paint.seal,
          'circle-stroke-color': paint.sheet,
          'circle-stroke-width': 2,
        },
      },
    ],
    legend: line.length > 0 ? [{ words: words.drawn, colour: paint.seal, shape: 'line' }] : [],
  };
}

function problemLayer({ problems }: Editor, paint: Paint, words: LayerWords): MapLayer {
  const shapes = problems.flatMap(({ geometry }) => (geometry === null ? [] : [feature(geometry, {})]));
  const points = problems.flatMap(({ at }, index) => (at === null ? [] : [point(at, { number: String(index + 1) })]));
  return {
    id: 'edit-problems',
    data: collection([...shapes, ...points]),
    styles: [
      {
        type: 'fill',
        filter: ['in', ['geometry-type'], ['literal', ['Polygon', 'MultiPolygon']]],
        paint: { 'fill-color': paint.seal, 'fill-opacity': 0.55 },
      },
      {
        type: 'circle',
        filter: ['==', ['geometry-type'], 'Point'],
        paint: {
          'circle-radius': 11,
          'circle-color': paint.seal,
          'circle-stroke-color': paint.sheet,
          'circle-stroke-width': 2,
        },
      },
      {
        type: 'symbol',
        filter: ['==', ['geometry-type'], 'Point'],
        layout: { 'text-field': ['get', 'number'], 'text-size': 12, 'text-font': labelFont },
        paint: { 'text-color': paint.sheet },
      },
    ],
    legend: problems.length > 0 ? [{ words: words.problem, colour: paint.seal, shape: 'point' }] : [],
  };
}

type Feature = MapFeatures['features'][number];

function feature(geometry: { type: string; coordinates: unknown }, properties: Record<string, unknown>): Feature {
  return { type: 'Feature', properties, geometry };
}

function point(at: LonLat, properties: Record<string, unknown>): Feature {
  return feature({ type: 'Point', coordinates: [at[0], at[1]] }, properties);
}

function collection(features: readonly Feature[]): MapFeatures {
  return { type: 'FeatureCollection', features };
}

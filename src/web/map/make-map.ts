import { Map as MapLibre, setWorkerUrl, type GeoJSONSource, type StyleSpecification } from 'maplibre-gl';
// The worker must be named to the bundler: found by itself it is missing from the built page, and the map stays blank.
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import { baseStyle, type BaseLayerName, type MapTheme } from './base-style.ts';
import type { LonLatPoint, MapLayer } from './layers.ts';

setWorkerUrl(workerUrl);

export interface MapStart {
  container: HTMLElement;
  /** Null: all of the base map is shown. */
  centre: LonLatPoint | null;
  zoom: number;
  layers: readonly BaseLayerName[];
  theme: MapTheme;
  /** Device pixels per CSS pixel; the device's own when not given. */
  pixelRatio?: number;
  /** Words for screen readers: the canvas is a labelled region. */
  label: string;
}

/** A map of ours: base layers, no remote tiles, glyphs or sprites, north up, flat. */
export function makeMap(start: MapStart): MapLibre {
  const map = new MapLibre({
    container: start.container,
    style: baseStyle(start.theme, start.layers),
    ...(start.centre === null ? { zoom: 10 } : { center: [start.centre.lon, start.centre.lat], zoom: start.zoom }),
    minZoom: 9,
    maxZoom: 19,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    attributionControl: false,
    ...(start.pixelRatio === undefined ? {} : { pixelRatio: start.pixelRatio }),
    localIdeographFontFamily: 'PingFang SC, HarmonyOS Sans SC, Noto Sans CJK SC, Microsoft YaHei, sans-serif',
    locale: { 'Map.Title': start.label },
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  if (start.centre === null) void showAll(map);
  return map;
}

/** Moves to where the base map is densest: its roads, or failing them its water. */
async function showAll(map: MapLibre): Promise<void> {
  await map.once('load');
  for (const id of ['base-buildings', 'base-roads', 'base-rivers']) {
    const bounds = await map.getSource<GeoJSONSource>(id)?.getBounds();
    if (bounds === undefined || bounds.isEmpty()) continue;
    map.fitBounds(bounds, { padding: 10, animate: false });
    return;
  }
}

/** Exchanges the base style and keeps what `showLayers` has drawn. */
export function setTheme(map: MapLibre, theme: MapTheme, layers: readonly BaseLayerName[]): void {
  map.setStyle(baseStyle(theme, layers), { transformStyle: (before, after) => withOurs(before, after) });
}

function withOurs(before: StyleSpecification | undefined, after: StyleSpecification): StyleSpecification {
  const sources = Object.entries(before?.sources ?? {}).filter(([id]) => id.startsWith('our-'));
  const layers = (before?.layers ?? []).filter((layer) => layer.id.startsWith('our-'));
  return {
    ...after,
    sources: { ...after.sources, ...Object.fromEntries(sources) },
    layers: [...after.layers, ...layers],
  };
}

/** Draws exactly these layers above the base, reusing the sources of those already there. */
export function showLayers(map: MapLibre, layers: readonly MapLayer[]): void {
  const wanted = new Set(layers.flatMap((layer) => layer.styles.map((_, index) => styleId(layer, index))));
  for (const id of map.getLayersOrder()) if (id.startsWith('our-') && !wanted.has(id)) map.removeLayer(id);
  const sources = new Set(layers.map((layer) => `our-${layer.id}`));
  for (const id of Object.keys(map.getStyle().sources))
    if (id.startsWith('our-') && !sources.has(id)) map.removeSource(id);
  for (const layer of layers) {
    const id = `our-${layer.id}`;
    const source = map.getSource<GeoJSONSource>(id);
    if (source === undefined) {
      map.addSource(id, {
        type: 'geojson',
        data: layer.data as never,
        cluster: layer.cluster === true,
        clusterRadius: 40,
        clusterMaxZoom: 15,
        ...(layer.clusterSums === undefined ? {} : { clusterProperties: sumsOf(layer.clusterSums) as never }),
      });
    } else void source.setData(layer.data as never);
    layer.styles.forEach((style, index) => {
      if (map.getLayer(styleId(layer, index)) === undefined)
        map.addLayer({ ...style, id: styleId(layer, index), source: id } as never);
    });
  }
  keepOrder(map, [...wanted]);
}

/** A layer switched on later takes its place among the others, instead of covering them. */
function keepOrder(map: MapLibre, wanted: readonly string[]): void {
  const drawn = map.getLayersOrder().filter((id) => id.startsWith('our-'));
  if (drawn.every((id, k) => id === wanted[k])) return;
  for (const id of wanted) map.moveLayer(id);
}

function sumsOf(sums: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(sums).map(([name, each]) => [name, ['+', each]]));
}

/** The members of a group that was pointed at, at most 1,000. */
export async function membersOf(
  map: MapLibre,
  layer: MapLayer,
  group: { cluster_id?: unknown },
): Promise<Record<string, unknown>[]> {
  const source = map.getSource<GeoJSONSource>(`our-${layer.id}`);
  if (source === undefined || typeof group.cluster_id !== 'number') return [];
  const members = await source.getClusterLeaves(group.cluster_id, 1_000, 0);
  return members.map(({ properties }) => properties ?? {});
}

export function styleId(layer: MapLayer, index: number): string {
  return `our-${layer.id}-${index}`;
}

import 'maplibre-gl/dist/maplibre-gl.css';
import type { Map as MapLibre, MapMouseEvent } from 'maplibre-gl';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { gridsRoutes } from '#contract/grids.ts';
import { call, type RouteRef } from '#web/app/call.ts';
import { theme as themeChoice } from '#web/app/preferences.ts';
import { drawable, type BaseLayerName } from './base-style.ts';
import type { LonLatPoint, MapLayer } from './layers.ts';
import { Legend } from './Legend.tsx';
import { makeMap, membersOf, setTheme, showLayers, styleId } from './make-map.ts';
import { MapButtons } from './MapButtons.tsx';
import './map.css';

const basemapLayers: RouteRef<(typeof gridsRoutes)['basemapLayers']> = { method: 'GET', path: '/api/public/basemap' };

export interface MapCanvasProps {
  /** Spoken name of the map. */
  label: string;
  /** Null: all of the base map. A new value moves the map there. */
  centre: LonLatPoint | null;
  zoom: number;
  layers?: readonly MapLayer[];
  /** Called after each movement, also the programmed ones. */
  onMove?: (
    centre: LonLatPoint,
    bounds: { west: number; south: number; east: number; north: number },
    zoom: number,
  ) => void;
  /** The MapLibre map itself, for tools that draw (grid editor). Called once. */
  onReady?: (map: MapLibre) => void;
  /** The base map cannot be drawn here (no WebGL): show the words twin instead. */
  onFailure?: () => void;
  /** Laid over the map: crosshair, panels. */
  children?: ReactNode;
}

/** The one map of the program. Show it through `#web/map/lazy.tsx`, so that its code comes only when it is wanted. */
export function MapCanvas(props: MapCanvasProps) {
  const place = useRef<HTMLDivElement>(null);
  const [shown, setShown] = useState<Shown | null>(null);
  const theme = themeChoice.use();
  const latest = useRef(props);
  latest.current = props;

  useEffect(() => {
    if (place.current === null) return;
    return start(place.current, theme, latest, setShown);
    // The theme of the first drawing only; later changes are the next effect's matter.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  useEffect(() => {
    if (shown === null || shown.theme === theme) return;
    shown.theme = theme;
    setTheme(shown.map, theme, shown.base);
  }, [shown, theme]);
  const { layers, centre, zoom } = props;
  useEffect(() => {
    if (shown !== null && layers !== undefined) showLayers(shown.map, layers);
  }, [shown, layers]);
  useEffect(() => {
    if (shown === null || centre === null || isAt(shown.map, centre)) return;
    shown.map.easeTo({ center: [centre.lon, centre.lat], zoom: Math.max(shown.map.getZoom(), zoom) });
    // Numbers, not the object: a page that renders again must not pull the map back.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [shown, centre?.lon, centre?.lat, zoom]);

  return (
    <div className="map">
      <div className="map-ground" ref={place} />
      {props.children}
      {shown !== null && <MapButtons map={shown.map} />}
      <Legend layers={layers ?? []} />
    </div>
  );
}

interface Shown {
  map: MapLibre;
  base: readonly BaseLayerName[];
  theme: 'light' | 'dark';
}

/** Asks which base layers there are, then draws. Without an answer the ground stays empty, and pointing still works. */
function start(
  container: HTMLElement,
  theme: 'light' | 'dark',
  latest: { current: MapCanvasProps },
  show: (shown: Shown | null) => void,
): () => void {
  const stop = new AbortController();
  let map: MapLibre | undefined;
  const draw = (base: readonly BaseLayerName[]): void => {
    if (stop.signal.aborted) return;
    try {
      const { centre, zoom, label } = latest.current;
      map = makeMap({ container, centre, zoom, theme, label, layers: base });
      listen(map, latest);
      giveSigns(map, latest);
      const drawn = map;
      drawn.once('style.load', () => {
        show({ map: drawn, base, theme });
        latest.current.onReady?.(drawn);
      });
    } catch {
      latest.current.onFailure?.();
    }
  };
  call(basemapLayers, {}, { signal: stop.signal }).then(
    ({ items }) => draw(drawable(items.map((item) => item.name))),
    () => draw([]),
  );
  return () => {
    stop.abort();
    show(null);
    map?.remove();
  };
}

function listen(map: MapLibre, latest: { current: MapCanvasProps }): void {
  map.on('moveend', () => {
    const { lng: lon, lat } = map.getCenter();
    const bounds = map.getBounds();
    const window = {
      west: bounds.getWest(),
      south: bounds.getSouth(),
      east: bounds.getEast(),
      north: bounds.getNorth(),
    };
    latest.current.onMove?.({ lon, lat }, window, map.getZoom());
  });
  map.on('click', (event) => select(map, event, latest.current.layers ?? []));
}

/** Images that styles name are drawn when they are first wanted. */
function giveSigns(map: MapLibre, latest: { current: MapCanvasProps }): void {
  map.setMissingStyleImageResolver((id) => {
    const layers = latest.current.layers ?? [];
    const sign = layers.map((layer) => layer.drawSign?.(id)).find((drawn) => drawn !== undefined);
    if (sign !== undefined && !map.hasImage(id)) map.addImage(id, sign);
  });
}

function isAt(map: MapLibre, at: LonLatPoint): boolean {
  const centre = map.getCenter();
  return Math.abs(centre.lng - at.lon) < 1e-7 && Math.abs(centre.lat - at.lat) < 1e-7;
}

function select(map: MapLibre, event: MapMouseEvent, layers: readonly MapLayer[]): void {
  for (const layer of layers.toReversed()) {
    if (layer.onSelect === undefined) continue;
    const ids = layer.styles.map((_, index) => styleId(layer, index)).filter((id) => map.getLayer(id) !== undefined);
    const [hit] = map.queryRenderedFeatures(event.point, { layers: ids });
    if (hit === undefined) continue;
    if (layer.onCluster !== undefined && hit.properties['cluster'] === true)
      void membersOf(map, layer, hit.properties).then(layer.onCluster, () => map.zoomIn());
    else layer.onSelect(hit.properties);
    return;
  }
}

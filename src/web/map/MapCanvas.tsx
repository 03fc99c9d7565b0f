import 'maplibre-gl/dist/maplibre-gl.css';
import type { Map as MapLibre, MapMouseEvent } from 'maplibre-gl';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { theme as themeChoice } from '#web/app/preferences.ts';
import type { LonLatPoint, MapLayer } from './layers.ts';
import { Legend } from './Legend.tsx';
import { makeMap, setTheme, showLayers, styleId } from './make-map.ts';
import { MapButtons } from './MapButtons.tsx';
import './map.css';

export interface MapCanvasProps {
  /** Spoken name of the map. */
  label: string;
  centre: LonLatPoint;
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

/** The one map of the program. Load it lazily: `const MapCanvas = lazy(…)`, see `#web/map/lazy.tsx`. */
export function MapCanvas(props: MapCanvasProps) {
  const place = useRef<HTMLDivElement>(null);
  const [map, setMap] = useState<MapLibre | null>(null);
  const theme = themeChoice.use();
  const latest = useRef(props);
  latest.current = props;

  useEffect(() => {
    if (place.current === null) return;
    return start(place.current, theme, latest, setMap);
    // The theme of the first drawing; later changes go through setTheme below.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  useEffect(() => {
    if (map !== null) setTheme(map, theme);
  }, [map, theme]);
  const { layers } = props;
  useEffect(() => {
    if (map !== null && layers !== undefined) showLayers(map, layers);
  }, [map, layers]);
  useEffect(() => {
    const target = props.centre;
    const at = map?.getCenter();
    if (
      map === null ||
      at === undefined ||
      (Math.abs(at.lng - target.lon) < 1e-7 && Math.abs(at.lat - target.lat) < 1e-7)
    )
      return;
    map.easeTo({ center: [target.lon, target.lat], zoom: Math.max(map.getZoom(), props.zoom) });
  }, [map, props.centre, props.zoom]);

  return (
    <div className="map">
      <div className="map-ground" ref={place} />
      {props.children}
      {map !== null && <MapButtons map={map} />}
      <Legend layers={layers ?? []} />
    </div>
  );
}

function start(
  container: HTMLElement,
  theme: 'light' | 'dark',
  latest: { current: MapCanvasProps },
  setMap: (map: MapLibre | null) => void,
): () => void {
  let map: MapLibre;
  try {
    const { centre, zoom, label } = latest.current;
    map = makeMap({ container, centre, zoom, theme, label });
  } catch {
    latest.current.onFailure?.();
    return () => undefined;
  }
  map.once('style.load', () => {
    setMap(map);
    latest.current.onReady?.(map);
  });
  map.on('moveend', () => {
    const { lng: lon, lat } = map.getCenter();
    const bounds = map.getBounds();
    latest.current.onMove?.(
      { lon, lat },
      { west: bounds.getWest(), south: bounds.getSouth(), east: bounds.getEast(), north: bounds.getNorth() },
      map.getZoom(),
    );
  });
  map.on('click', (event) => select(map, event, latest.current.layers ?? []));
  return () => {
    setMap(null);
    map.remove();
  };
}

function select(map: MapLibre, event: MapMouseEvent, layers: readonly MapLayer[]): void {
  for (const layer of layers.toReversed()) {
    if (layer.onSelect === undefined) continue;
    const ids = layer.styles.map((_, index) => styleId(layer, index)).filter((id) => map.getLayer(id) !== undefined);
    const [hit] = map.queryRenderedFeatures(event.point, { layers: ids });
    if (hit === undefined) continue;
    layer.onSelect(hit.properties);
    return;
  }
}

import type { Map as MapLibre, MapMouseEvent } from 'maplibre-gl';
import { Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { bboxOf } from '#engine/territory/measure.ts';
import type { LonLat } from '#kit/geo.ts';
import { adminGrids } from '#web/i18n/admin-grids.ts';
import { useText } from '#web/i18n/area.ts';
import { theme } from '#web/app/preferences.ts';
import { LazyMapCanvas } from '#web/map/lazy.tsx';
import { cornersOf, insertCorner, middlesOf, moveCorner } from './edit-model.ts';
import { editorLayers } from './map-layers.ts';
import type { Editor } from './use-editor.ts';
import type { Territory } from './use-territory.ts';

export interface EditorMapProps {
  territory: Territory;
  editor: Editor;
  /** The map itself, for buttons that act at its middle. */
  onMap: (map: MapLibre) => void;
}

const paints = {
  light: { leaf: '#1f6b4f', river: '#3b5b6e', seal: '#a8321f', amber: '#875300', sheet: '#fffdf9', ink: '#1f2a26' },
  dark: { leaf: '#7ccaa5', river: '#a3c2d3', seal: '#f39a86', amber: '#ecba66', sheet: '#1b2420', ink: '#e9ece6' },
};
/** Pixels within which a pointer means a corner. */
const reach = 14;

/** The outlines on the map, and everything a pointer can do to them. Keyboards use the tables beside it. */
export function EditorMap({ territory, editor, onMap }: EditorMapProps) {
  const t = useText(adminGrids).map;
  const [map, setMap] = useState<MapLibre | null>(null);
  const paint = paints[theme.use()];
  const latest = useRef({ territory, editor });
  latest.current = { territory, editor };
  const chosenKey = editor.chosen.join();
  const layers = useMemo(
    () => editorLayers(territory, editor, paint, t, (code) => latest.current.editor.choose(code, isTogether)),
    // The functions of `editor` always act on the latest state.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [territory, editor.mode, chosenKey, editor.line, editor.history, editor.corner, editor.problems, paint, t],
  );
  useEffect(() => {
    if (map === null) return;
    return listen(map, () => latest.current);
  }, [map]);
  const { geometry } = territory.parent;
  useEffect(() => {
    if (map === null || geometry === null) return;
    const [west, south, east, north] = bboxOf(geometry as never);
    map.fitBounds([west, south, east, north], { padding: 40, animate: false });
    // Only when another parent is shown.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [map, territory.parent.code]);
  const { at } = territory.parent;
  const centre = useMemo(() => (at === null ? null : { lon: at[0], lat: at[1] }), [at]);
  const focus = editor.focus;
  useEffect(() => {
    if (map !== null && focus !== null) map.easeTo({ center: [focus[0], focus[1]], zoom: Math.max(map.getZoom(), 17) });
  }, [map, focus]);
  return (
    <div className="adm-map" data-mode={editor.mode}>
      <Suspense fallback={<p className="adm-empty-line">{t.loading}</p>}>
        <LazyMapCanvas
          label={t.label}
          centre={centre}
          zoom={14}
          layers={layers}
          onReady={(ready) => {
            setMap(ready);
            onMap(ready);
          }}
        />
      </Suspense>
    </div>
  );
}

/** Held Ctrl, ⌘ or Shift means "and this one too"; remembered from the last press, as layers do not tell. */
let isTogether = false;

type Latest = () => { territory: Territory; editor: Editor };

/** Listens until the returned function is called. */
function listen(map: MapLibre, latest: Latest): () => void {
  const click = (event: MapMouseEvent): void => {
    const { editor } = latest();
    if (editor.mode !== 'split' && editor.mode !== 'draw') return;
    editor.putDown(nearestCorner(map, event, allCorners(latest())) ?? [event.lngLat.lng, event.lngLat.lat]);
  };
  const press = (event: MapMouseEvent): void => {
    const { originalEvent } = event;
    isTogether = originalEvent.ctrlKey || originalEvent.metaKey || originalEvent.shiftKey;
    if (latest().editor.mode === 'corners') grab(map, event, latest);
  };
  map.on('click', click);
  map.on('mousedown', press);
  const canvas = map.getCanvas();
  canvas.style.cursor = '';
  return () => {
    map.off('click', click);
    map.off('mousedown', press);
  };
}

/** Takes hold of a corner (or makes one of the middle of an edge) and moves it until the button is let go: one step. */
function grab(map: MapLibre, event: MapMouseEvent, latest: Latest): void {
  const { editor } = latest();
  const base = editor.history.now;
  const shape = base.get(editor.chosen[0] ?? '');
  if (shape === undefined) return;
  let corner = nearestCorner(map, event, cornersOf(shape));
  let start = base;
  if (corner === undefined) {
    const middles = middlesOf(shape);
    const at = nearestCorner(
      map,
      event,
      middles.map((middle) => middle.at),
    );
    const edge = middles.find((middle) => middle.at === at);
    if (edge === undefined) return;
    start = insertCorner(base, edge.a, edge.b, edge.at);
    corner = [Number(edge.at[0].toFixed(7)), Number(edge.at[1].toFixed(7))];
  }
  event.preventDefault();
  const from = corner;
  let to: LonLat = from;
  editor.change(start, from);
  const move = (next: MapMouseEvent): void => {
    to = [next.lngLat.lng, next.lngLat.lat];
    map.getCanvas().style.cursor = 'grabbing';
  };
  const drop = (): void => {
    map.off('mousemove', move);
    map.getCanvas().style.cursor = '';
    if (to === from) return;
    const moved: LonLat = [Number(to[0].toFixed(7)), Number(to[1].toFixed(7))];
    latest().editor.change(moveCorner(latest().editor.history.now, from, moved), moved);
  };
  map.on('mousemove', move);
  map.once('mouseup', drop);
}

function allCorners({ territory, editor }: { territory: Territory; editor: Editor }): LonLat[] {
  const codes = [territory.parent.code, ...territory.children.map(({ code }) => code)];
  return codes.flatMap((code) => {
    const shape = editor.history.now.get(code);
    return shape === undefined ? [] : cornersOf(shape);
  });
}

/** The corner nearest to the pointer, if it is within reach. */
function nearestCorner(map: MapLibre, event: MapMouseEvent, corners: readonly LonLat[]): LonLat | undefined {
  let best: LonLat | undefined;
  let bestPx = reach;
  for (const corner of corners) {
    const { x, y } = map.project([corner[0], corner[1]]);
    const px = Math.hypot(x - event.point.x, y - event.point.y);
    if (px < bestPx) [best, bestPx] = [corner, px];
  }
  return best;
}

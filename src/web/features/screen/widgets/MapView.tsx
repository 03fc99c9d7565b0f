import 'maplibre-gl/dist/maplibre-gl.css';
import { LngLatBounds, type Map as MapLibre } from 'maplibre-gl';
import { use, useEffect, useMemo, useRef, useState, type MouseEvent } from 'react';
import type { gridsRoutes } from '#contract/grids.ts';
import { call, type RouteRef } from '#web/app/call.ts';
import { theme as deskTheme } from '#web/app/preferences.ts';
import { useText } from '#web/i18n/area.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { screen } from '#web/i18n/screen.ts';
import { drawable, type BaseLayerName } from '#web/map/base-style.ts';
import { makeMap, setTheme, showLayers, styleId } from '#web/map/make-map.ts';
import type { MapLayer } from '#web/map/layers.ts';
import { ChartLink, ChartLinkContext } from '#web/ui/charts/ChartLink.tsx';
import { useBox, type Box } from '#web/ui/charts/use-box.ts';
import { alarmLink, eventLink, headLink, queueLink } from '../links.ts';
import { boundsOf, wallLayers } from './map-layers.ts';
import type { ViewProps } from './WidgetView.tsx';

const basemapLayers: RouteRef<(typeof gridsRoutes)['basemapLayers']> = { method: 'GET', path: '/api/public/basemap' };
/** The type size that the map's own letters are right for, in CSS pixels. */
const mapEm = 16;

/** The area with its open events, alarms and hot spots. Its table twin: the numbers below it, which open the queue. */
export function MapView({ area, data }: ViewProps<'map'>) {
  const t = useText(screen);
  const frame = useRef<HTMLDivElement>(null);
  const ground = useRef<HTMLDivElement>(null);
  const box = useBox(frame);
  const night = useNight();
  const [map, setMap] = useState<MapLibre | null>(null);
  const base = useBase();
  const drawn = useRef<'night' | 'light'>('night');
  const look = night ? 'night' : 'light';
  const latest = useRef(data);
  latest.current = data;
  const follow = use(ChartLinkContext);
  const open = useRef(follow);
  open.current = follow;

  useEffect(() => {
    if (ground.current === null || base === null) return;
    const made = begin(ground.current, { base, look, label: t.widget.map, scale: scaleOf(box) });
    if (made === null) return;
    drawn.current = look;
    made.once('style.load', () => setMap(made));
    const bounds = boundsOf(latest.current.outline);
    if (bounds !== null) made.fitBounds(new LngLatBounds(bounds), { padding: 16, animate: false });
    made.on('click', (event) => {
      const [hit] = made.queryRenderedFeatures(event.point, { layers: pickable(made) });
      const href = hit === undefined ? undefined : hrefOf(hit.properties);
      if (href !== undefined) go(href, open.current, event.originalEvent);
    });
    return () => {
      setMap(null);
      made.remove();
    };
    // Once for each base map; look and size follow below.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [base]);
  useEffect(() => {
    if (map === null || base === null || drawn.current === look) return;
    drawn.current = look;
    setTheme(map, look, base);
  }, [map, base, look]);
  // Drawn anew only when something moved: a wall must not shed what it draws every few seconds.
  const told = JSON.stringify(data);
  const layers = useMemo(() => wallLayers(JSON.parse(told) as typeof data, night), [told, night]);
  useEffect(() => {
    if (map !== null) showLayers(map, layers);
  }, [map, layers, look]);
  useEffect(() => void map?.resize(), [map, box]);

  const late = data.events.filter((one) => one.late).length;
  return (
    <div ref={frame} className="wall-map">
      <div
        ref={ground}
        className="wall-map-ground"
        style={{
          width: box.width / scaleOf(box),
          height: box.height / scaleOf(box),
          transform: `scale(${scaleOf(box)})`,
        }}
      />
      <p className="wall-map-twin">
        <ChartLink href={headLink('map', area)}>
          {t.map.events(formatNumber(data.events.length), data.truncated)}
        </ChartLink>
        <ChartLink href={queueLink({ area, open: true, late: true })}>{t.map.late(formatNumber(late))}</ChartLink>
        <ChartLink href={headLink('alarms', area)}>{t.map.alarms(formatNumber(data.alarms.length))}</ChartLink>
      </p>
    </div>
  );
}

/** The map is drawn small and shown large, so that its letters and signs grow with the wall. */
const scaleOf = ({ em }: Box): number => em / mapEm;

interface Begin {
  base: readonly BaseLayerName[];
  look: 'night' | 'light';
  label: string;
  scale: number;
}

/** Null where the machine cannot draw maps (no WebGL): the numbers stay. */
function begin(container: HTMLElement, { base, look, label, scale }: Begin): MapLibre | null {
  try {
    const pixelRatio = Math.min(3, scale * devicePixelRatio);
    return makeMap({
      container,
      centre: { lon: 106.55, lat: 29.55 },
      zoom: 13,
      layers: base,
      theme: look,
      label,
      pixelRatio,
    });
  } catch {
    return null;
  }
}

/** Which base layers the server has; asked again until it answers. */
function useBase(): readonly BaseLayerName[] | null {
  const [base, setBase] = useState<readonly BaseLayerName[] | null>(null);
  useEffect(() => {
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = (): void => {
      call(basemapLayers, {}, { signal: stop.signal }).then(
        ({ items }) => setBase(drawable(items.map(({ name }) => name))),
        () => {
          if (!stop.signal.aborted) timer = setTimeout(ask, 10_000);
        },
      );
    };
    ask();
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, []);
  return base;
}

/** Whether the page is dark now, whoever made it so: the wall by its clock, the desk by its reader. */
function useNight(): boolean {
  const chosen = deskTheme.use();
  const [night, setNight] = useState(() => document.documentElement.dataset['theme'] !== 'light');
  useEffect(() => {
    const look = (): void => setNight(document.documentElement.dataset['theme'] !== 'light');
    look();
    const observer = new MutationObserver(look);
    observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    return () => observer.disconnect();
  }, [chosen]);
  return night;
}

const pickable = (map: MapLibre): string[] =>
  ['wall-events', 'wall-alarms']
    .flatMap((id) => [0, 1].map((index) => styleId({ id } as MapLayer, index)))
    .filter((id) => map.getLayer(id) !== undefined);

function hrefOf({ id, what }: Record<string, unknown>): string | undefined {
  if (typeof id !== 'string') return undefined;
  return what === 'alarm' ? alarmLink(id) : eventLink(id);
}

function go(
  href: string,
  follow: ((href: string, event: MouseEvent<HTMLAnchorElement>) => void) | null,
  event: { preventDefault: () => void },
): void {
  let stopped = false;
  follow?.(href, { preventDefault: () => (stopped = true), defaultPrevented: event } as never);
  if (!stopped) location.assign(href);
}

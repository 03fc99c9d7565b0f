import { useQuery } from '@tanstack/react-query';
import type { Map as MapLibre } from 'maplibre-gl';
import { Suspense, useMemo, useRef, useState } from 'react';
import type { Tier } from '#kit/tiers.ts';
import { mainOffice, useMe } from '#web/app/me.ts';
import { outlinesQuery } from '#web/app/outlines.ts';
import { theme as themeChoice } from '#web/app/preferences.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { desk } from '#web/i18n/desk.ts';
import { formatNumber } from '#web/i18n/format.ts';
import type { LonLatPoint } from '#web/map/layers.ts';
import { LazyMapCanvas } from '#web/map/lazy.tsx';
import { areaQuery, eventQuery, mapQuery, type MapWindow } from '../queries.ts';
import { filterOf, type DeskSearch } from '../queue/filters.ts';
import { MapLegend } from './MapLegend.tsx';
import { MapLayers, useDrawn } from './MapLayers.tsx';
import { chosenLayer, eventLayer, outlineLayer } from './event-layers.ts';

export interface EventMapProps {
  search: DeskSearch;
  onSelect: (id: string) => void;
  /** The window shown, after each movement. */
  onWindow: (window: MapWindow) => void;
}

/** Events of the view where they are. Follows filters and window; the chosen event is ringed and brought into sight. */
export function EventMap({ search, onSelect, onWindow }: EventMapProps) {
  const t = useText(desk).map;
  const c = useText(common);
  const theme = themeChoice.use();
  const [window, setWindow] = useState<MapWindow | null>(null);
  const [zoom, setZoom] = useState(12);
  const [failed, setFailed] = useState(false);
  const map = useRef<MapLibre | null>(null);
  const filter = useMemo(() => filterOf(search), [search]);
  const { data } = useQuery(mapQuery(filter, window));
  const outlines = useQuery(outlinesQuery(tierAt(zoom))).data;
  const event = useQuery({ ...eventQuery(search.event ?? ''), enabled: search.event !== undefined }).data;
  const at = useChosenPlace(search.event === undefined ? undefined : event);
  const { settled, home } = useHome();
  const { drawn, take: takeLayer, drop } = useDrawn();
  const latest = useRef(onSelect);
  latest.current = onSelect;

  const layers = useMemo(() => {
    const select = (properties: Record<string, unknown>): void => {
      if (typeof properties['id'] === 'string') latest.current(properties['id']);
      else map.current?.zoomIn();
    };
    return [
      outlineLayer(outlines?.features ?? [], theme),
      ...Object.values(drawn),
      chosenLayer(at, theme),
      eventLayer(data?.points ?? [], theme, select),
    ];
  }, [outlines, data, at, theme, drawn]);

  const ready = (made: MapLibre): void => {
    map.current = made;
    made.on('moveend', () => setZoom(Math.round(made.getZoom())));
    const edges = made.getBounds();
    take({ west: edges.getWest(), south: edges.getSouth(), east: edges.getEast(), north: edges.getNorth() });
  };
  const take = (next: MapWindow): void => {
    const rounded = roundWindow(next);
    setWindow(rounded);
    onWindow(rounded);
  };

  if (failed) return <p className="map-failed">{c.map.failed}</p>;
  // Begun too early, the map would first show the whole city and then be moved away from it.
  if (!settled) return <p className="waiting">{c.map.loading}</p>;
  return (
    <div className="event-map">
      <Suspense fallback={<p className="waiting">{c.map.loading}</p>}>
        <LazyMapCanvas
          label={t.label}
          centre={at ?? home?.at ?? null}
          zoom={at === null ? (home?.zoom ?? 12) : 16}
          layers={layers}
          onReady={ready}
          onMove={(_centre, bounds) => take(bounds)}
          onFailure={() => setFailed(true)}
        >
          <MapLegend theme={theme} />
          <MapLayers take={takeLayer} drop={drop} />
          {data?.truncated === true && (
            <p className="map-note" role="status">
              {t.truncated(formatNumber(data.points.length))}
            </p>
          )}
        </LazyMapCanvas>
      </Suspense>
    </div>
  );
}

const homeZoom: Partial<Record<Tier, number>> = { district: 12, street: 14, community: 15.5, grid: 16.5 };

/** Where this person's office lies: the map begins there instead of at the whole city. */
function useHome(): { settled: boolean; home: { at: LonLatPoint; zoom: number } | undefined } {
  const me = useMe();
  const code = me === null ? null : (mainOffice(me)?.areaCode ?? null);
  const { data: area, isPending } = useQuery({ ...areaQuery(code ?? ''), enabled: code !== null });
  const [lon, lat] = area?.at ?? [];
  const home = useMemo(
    () =>
      lon === undefined || lat === undefined || area === undefined
        ? undefined
        : { at: { lon, lat }, zoom: homeZoom[area.tier] ?? 11 },
    // The area's own object changes with each refetch; its place does not.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [lon, lat, area?.tier],
  );
  return { settled: code === null || !isPending, home };
}

/** The place of the open event as a stable value: a refetch of the same event must not move the map again. */
function useChosenPlace(event: { lon: number | null; lat: number | null } | undefined): LonLatPoint | null {
  const lon = event?.lon ?? null;
  const lat = event?.lat ?? null;
  return useMemo(() => (lon === null || lat === null ? null : { lon, lat }), [lon, lat]);
}

/** Outlines fitting the scale: streets from afar, communities, then grids. */
export function tierAt(zoom: number): Tier {
  return zoom < 12 ? 'street' : zoom < 14 ? 'community' : 'grid';
}

/** Five decimals are about a metre: finer windows would only miss the cache. */
function roundWindow({ west, south, east, north }: MapWindow): MapWindow {
  const round = (degrees: number): number => Math.round(degrees * 1e5) / 1e5;
  return { west: round(west), south: round(south), east: round(east), north: round(north) };
}

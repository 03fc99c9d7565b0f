import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef } from 'react';
import type { MapLayerProps } from '#web/app/desk-slots.ts';
import { useGo } from '#web/app/Go.tsx';
import { theme as themeChoice } from '#web/app/preferences.ts';
import { useText } from '#web/i18n/area.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { stations } from '#web/i18n/stations.ts';
import { stationLayer } from '../station-layer.ts';
import { marksOf } from './DeskMap.tsx';
import { stationsQuery } from './queries.ts';

/** Stations on the map of events: one that is pointed at opens. Its twin is the page of stations. */
export function StationsOnMap({ onLayer }: MapLayerProps) {
  const t = useText(stations);
  const lang = languageChoice.use();
  const theme = themeChoice.use();
  const go = useGo();
  const latest = useRef(go);
  latest.current = go;
  const rows = useQuery(stationsQuery(false)).data?.items;
  const layer = useMemo(
    () =>
      stationLayer({
        marks: marksOf(rows ?? [], lang),
        theme,
        words: { open: t.open, closed: t.closed },
        onSelect: (code) => latest.current(`/desk/stations/${code}`),
      }),
    [rows, lang, theme, t],
  );
  useEffect(() => onLayer(layer), [onLayer, layer]);
  return null;
}

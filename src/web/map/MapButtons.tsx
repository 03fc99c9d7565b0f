import type { Map as MapLibre } from 'maplibre-gl';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { Icon } from '#web/ui/icons/Icon.tsx';
import { usePosition } from './position.ts';

/** Nearer, farther, my position. A refusal is said in words, with what to do instead. */
export function MapButtons({ map }: { map: MapLibre }) {
  const t = useText(common).map;
  const position = usePosition((at) => map.easeTo({ center: [at.lon, at.lat], zoom: Math.max(map.getZoom(), 17) }));
  return (
    <>
      <div className="map-buttons">
        <button type="button" onClick={() => map.zoomIn()} aria-label={t.zoomIn}>
          <Icon name="plus" />
        </button>
        <button type="button" onClick={() => map.zoomOut()} aria-label={t.zoomOut}>
          <Icon name="minus" />
        </button>
        <button type="button" onClick={position.find} aria-label={t.here} disabled={position.state === 'locating'}>
          <Icon name="aim" />
        </button>
      </div>
      <p className="map-message" role="status">
        {position.state === 'locating' && t.locating}
        {position.state === 'refused' && t.refused}
        {position.state === 'unavailable' && t.unavailable}
      </p>
    </>
  );
}

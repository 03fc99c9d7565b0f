import { Suspense, useMemo, useState } from 'react';
import type { EventDetail } from '#web/field/field-api.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { field } from '#web/i18n/field.ts';
import { formatDistance } from '#web/i18n/format.ts';
import { distanceM } from '#kit/geo.ts';
import { LazyMapCanvas } from '#web/map/lazy.tsx';
import type { LonLatPoint, MapLayer } from '#web/map/layers.ts';
import { usePosition } from '#web/map/position.ts';
import { Icon } from '#web/ui/icons/Icon.tsx';
import { Button } from '#web/ui/light/Button.tsx';

/** Where it is: words, map on demand, and the phone's own navigation. */
export function Where({ event }: { event: EventDetail }) {
  const t = useText(field);
  const [here, setHere] = useState<LonLatPoint | null>(null);
  const [map, setMap] = useState(false);
  const position = usePosition(setHere);
  const { lon, lat } = event;
  const away = here === null || lon === null || lat === null ? null : distanceM([here.lon, here.lat], [lon, lat]);
  return (
    <section className="card" aria-labelledby="place">
      <h2 id="place">{t.event.where}</h2>
      <p className="where-words">
        <Icon name="place" />
        {event.placeWords === '' ? t.today.noPlace : event.placeWords}
      </p>
      {away !== null && <p className="hint">{t.today.away(formatDistance(away))}</p>}
      {lon !== null && lat !== null && (
        <>
          <div className="two">
            <a
              className="button button-plain"
              href={`geo:${lat},${lon}?q=${lat},${lon}(${encodeURIComponent(event.title)})`}
              onClick={position.find}
            >
              <Icon name="aim" />
              {t.event.navigate}
            </a>
            <Button icon="map" pressed={map} onClick={() => setMap(!map)}>
              {t.event.showMap}
            </Button>
          </div>
          {map && <PlaceMap at={{ lon, lat }} title={event.title} />}
        </>
      )}
    </section>
  );
}

function PlaceMap({ at, title }: { at: LonLatPoint; title: string }) {
  const t = useText(common).map;
  const { lon, lat } = at;
  const layers = useMemo<readonly MapLayer[]>(
    () => [
      {
        id: 'event',
        data: {
          type: 'FeatureCollection',
          features: [{ type: 'Feature', properties: {}, geometry: { type: 'Point', coordinates: [lon, lat] } }],
        },
        styles: [
          {
            type: 'circle',
            paint: {
              'circle-radius': 11,
              'circle-color': '#a8321f',
              'circle-stroke-color': '#fff',
              'circle-stroke-width': 3,
            },
          },
        ],
      },
    ],
    [lon, lat],
  );
  return (
    <div className="map-box">
      <Suspense fallback={<p aria-live="polite">{t.loading}</p>}>
        <LazyMapCanvas label={`${t.label}: ${title}`} centre={at} zoom={17} layers={layers} />
      </Suspense>
    </div>
  );
}

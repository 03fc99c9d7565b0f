import { Input } from 'antd';
import { Suspense, useMemo } from 'react';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { deskEvent } from '#web/i18n/desk-event.ts';
import { LazyPickPoint } from '#web/map/lazy.tsx';
import type { FieldProps } from './ActionField.tsx';

/** A new place: the map under a cross, beginning where the event is thought to be. Moving the map chooses. */
export function PlaceField({ event, values, set }: FieldProps) {
  const t = useText(deskEvent).act;
  const c = useText(common);
  const start = useMemo(
    () => (event.lon === null || event.lat === null ? null : { lon: event.lon, lat: event.lat }),
    [event.lon, event.lat],
  );
  return (
    <div className="form-field" role="group" aria-label={t.place}>
      {t.place}
      <div className="place-map">
        <Suspense fallback={<p className="quiet">{c.map.loading}</p>}>
          <LazyPickPoint
            start={start}
            zoom={17}
            onMove={({ lon, lat }) => {
              // The map's own first movement is no choice.
              if (start === null || Math.hypot(lon - start.lon, lat - start.lat) > 1e-6) set({ lon, lat });
            }}
          />
        </Suspense>
      </div>
      <Input
        placeholder={t.placeWords}
        aria-label={t.placeWords}
        maxLength={200}
        value={values.placeWords}
        onChange={(typed) => set({ placeWords: typed.target.value })}
      />
    </div>
  );
}

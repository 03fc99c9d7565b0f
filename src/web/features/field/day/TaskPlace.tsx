import { lazy, Suspense, useState } from 'react';
import { distanceM } from '#kit/geo.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { fieldDay } from '#web/i18n/field-day.ts';
import { field } from '#web/i18n/field.ts';
import { formatDistance } from '#web/i18n/format.ts';
import type { LonLatPoint } from '#web/map/layers.ts';
import { usePosition } from '#web/map/position.ts';
import { Icon } from '#web/ui/icons/Icon.tsx';
import { Button } from '#web/ui/light/Button.tsx';
import type { Waiting } from '../today/sorting.ts';
import { windTo } from './direction.ts';

export const LazyDayMap = lazy(async () => ({ default: (await import('./DayMap.tsx')).DayMap }));

/** The way there: how far and which way when asked, the map of this phone, the phone's own navigation. */
export function TaskPlace({ item }: { item: Exclude<Waiting, { kind: 'event' }> }) {
  const t = useText(field);
  const shared = useText(common).map;
  const day = useText(fieldDay);
  const [here, setHere] = useState<LonLatPoint | null>(null);
  const [map, setMap] = useState(false);
  const position = usePosition(setHere);
  const { lon, lat } = item.task;
  return (
    <>
      {here !== null && (
        <p className="hint" aria-live="polite">
          {day.direction[windTo(here, { lon, lat })]} ·{' '}
          {t.today.away(formatDistance(distanceM([here.lon, here.lat], [lon, lat])))}
        </p>
      )}
      {(position.state === 'refused' || position.state === 'unavailable') && (
        <p className="hint" role="alert">
          {shared[position.state]}
        </p>
      )}
      <div className="two">
        {/* No name in the address: other apps remember where one has been. */}
        <a className="button button-plain" href={`geo:${lat},${lon}?q=${lat},${lon}`} onClick={position.find}>
          <Icon name="aim" />
          {t.event.navigate}
        </a>
        <Button icon="map" pressed={map} onClick={() => setMap(!map)}>
          {t.event.showMap}
        </Button>
      </div>
      {map && (
        <Suspense fallback={<p aria-live="polite">{shared.loading}</p>}>
          <LazyDayMap items={[item]} />
        </Suspense>
      )}
    </>
  );
}

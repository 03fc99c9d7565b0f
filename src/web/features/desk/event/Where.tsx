import { useQuery } from '@tanstack/react-query';
import { Suspense, useMemo, useState } from 'react';
import { theme as themeChoice } from '#web/app/preferences.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { deskEvent } from '#web/i18n/desk-event.ts';
import { Icon } from '#web/ui/icons/Icon.tsx';
import { LazyMapCanvas } from '#web/map/lazy.tsx';
import { chosenLayer } from '../map/event-layers.ts';
import { areaQuery, type EventDetail } from '../queries.ts';
import { useMedia } from '#web/app/media.ts';
import { Section } from './Section.tsx';

/** The place in words, from district down to grid; on small screens the map when asked (on wide ones it stands beside). */
export function Where({ event }: { event: EventDetail }) {
  const t = useText(deskEvent);
  const c = useText(common);
  const theme = themeChoice.use();
  const wide = useMedia('(min-width: 1280px)');
  const [open, setOpen] = useState(false);
  const smallest = event.grid ?? event.community ?? event.street ?? event.district;
  const area = useQuery(areaQuery(smallest)).data;
  const at = useMemo(
    () => (event.lon === null || event.lat === null ? null : { lon: event.lon, lat: event.lat }),
    [event.lon, event.lat],
  );
  const layers = useMemo(() => [chosenLayer(at, theme)], [at, theme]);
  const path = area?.path.filter((one) => one.tier !== 'city').map((one) => one.name) ?? [];
  return (
    <Section title={t.sections.where}>
      <p className="where">
        <Icon name="place" size={18} />
        <span>
          {event.placeWords !== '' && <b>{event.placeWords}</b>}
          <span className="where-path">{path.join(' › ')}</span>
          <small>{at === null ? t.where.none : t.where.position(at.lon.toFixed(5), at.lat.toFixed(5))}</small>
        </span>
      </p>
      {!wide && at !== null && !open && (
        <button type="button" className="link-button" onClick={() => setOpen(true)}>
          {t.where.showMap}
        </button>
      )}
      {!wide && open && (
        <div className="mini-map">
          <Suspense fallback={<p className="quiet">{c.map.loading}</p>}>
            <LazyMapCanvas label={c.map.label} centre={at} zoom={16} layers={layers} />
          </Suspense>
        </div>
      )}
    </Section>
  );
}

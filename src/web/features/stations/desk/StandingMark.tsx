import { useText } from '#web/i18n/area.ts';
import { stations } from '#web/i18n/stations.ts';

/** Open or closed, said and shaped: filled or empty. */
export function StandingMark({ open }: { open: boolean }) {
  const t = useText(stations);
  return (
    <span className={`stations-mark ${open ? 'stations-open' : 'stations-closed'}`}>{open ? t.open : t.closed}</span>
  );
}

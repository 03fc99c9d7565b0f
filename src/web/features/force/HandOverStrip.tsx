import { useQuery } from '@tanstack/react-query';
import { Go } from '#web/app/Go.tsx';
import { mainOffice, may, useMe } from '#web/app/me.ts';
import { useText } from '#web/i18n/area.ts';
import { force } from '#web/i18n/force.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { notesQuery } from './queries.ts';
import './force.css';

/** For whoever sits at a centre: what the shift before left for them, until it is ticked. */
export function HandOverStrip() {
  const me = useMe();
  const sits = me !== null && may(me, 'force.read') && mainOffice(me)?.unitKind === 'centre';
  return sits ? <Strip /> : null;
}

function Strip() {
  const t = useText(force).notes;
  const { data } = useQuery(notesQuery);
  if (data === undefined || data.unread === 0) return null;
  return (
    <section className="force-strip" aria-label={t.stripLabel}>
      <span>{t.strip(formatNumber(data.unread))}</span>
      <Go href="/desk/force?tab=notes">{t.open}</Go>
    </section>
  );
}

import { useText } from '#web/i18n/area.ts';
import { facilities } from '#web/i18n/facilities.ts';
import { formatDate } from '#web/i18n/format.ts';
import { dayTime } from './Parts.tsx';

/** Whether it is open, in words beside the sign. */
export function OpenMark({ open, closedOn }: { open: boolean | null; closedOn: string | null }) {
  const t = useText(facilities).list;
  if (closedOn !== null) return <span className="fac-shut">{t.closedFrom(formatDate(dayTime(closedOn)))}</span>;
  if (open === null) return <span className="quiet">{t.unknownNow}</span>;
  return <span className={open ? 'fac-open' : 'fac-shut'}>{open ? t.openNow : t.closedNow}</span>;
}

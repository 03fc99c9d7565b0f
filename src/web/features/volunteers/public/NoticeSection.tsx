import { call } from '#web/app/call.ts';
import { useLoad } from '#web/app/use-load.ts';
import { useText } from '#web/i18n/area.ts';
import { formatDate, formatNumber } from '#web/i18n/format.ts';
import { volunteersPublic } from '#web/i18n/volunteers-public.ts';
import { Link } from '#web/ui/light/Link.tsx';
import { volunteerApi } from './api.ts';
import './volunteers-public.css';

/** On the page of a station: certificates in public notice, each leading to the page that checks it. Absent where there is none. */
export function NoticeSection({ station: { code } }: { station: { code: string } }) {
  const t = useText(volunteersPublic).notices;
  const { value } = useLoad(code, (signal) => call(volunteerApi.notices, { params: { code } }, { signal }));
  if (value === undefined || value.items.length === 0) return null;
  return (
    <section className="part" aria-label={t.title}>
      <h2 className="part-title">{t.title}</h2>
      <p>{t.lead}</p>
      <ul className="volunteer-list">
        {value.items.map((one) => (
          <li key={one.number} className="volunteer-block">
            <strong>{t.line(one.holder === '' ? t.erased : one.holder, formatNumber(one.hours))}</strong>
            <p className="volunteer-soft">
              {one.issuer} · {t.until(formatDate(one.noticeUntil))}
            </p>
            <Link to={`/c/${one.number}`}>{one.number}</Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

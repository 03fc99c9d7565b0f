import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { Go } from '#web/app/Go.tsx';
import { useText } from '#web/i18n/area.ts';
import { deskEvent } from '#web/i18n/desk-event.ts';
import { formatDistance, formatRelative } from '#web/i18n/format.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { StatusMark } from '#web/ui/StatusMark.tsx';
import { PriorityShape } from '../PriorityShape.tsx';
import { similarQuery } from '../queries.ts';
import type { ReportPartProps } from './ReportPage.tsx';

/** Events nearby of the same kind, before a second number is given to the same matter. */
export function SimilarPart({ draft, set }: ReportPartProps) {
  const t = useText(deskEvent).report;
  const lang = languageChoice.use();
  const known = draft.categoryCode !== '' && draft.lon !== null && draft.lat !== null;
  const { data } = useQuery({
    ...similarQuery({ categoryCode: draft.categoryCode, lon: draft.lon ?? 0, lat: draft.lat ?? 0 }),
    enabled: known,
  });
  if (!known || data === undefined) return null;
  if (data.items.length === 0) return <p className="quiet">{t.similarNone}</p>;
  return (
    <section className="similar" aria-label={t.similar}>
      <h2>{t.similar}</h2>
      <ul>
        {data.items.map((one) => (
          <li key={one.id} className={draft.follow?.id === one.id ? 'similar-chosen' : ''}>
            <PriorityShape priority={one.priority} size={20} />
            <div>
              <Go href={`/desk?open=true&event=${one.id}`}>{one.title}</Go>
              <small>
                <StatusMark status={one.status} /> {formatRelative(one.reportedAt, lang)} ·{' '}
                {formatDistance(one.distanceM, lang)}
              </small>
            </div>
            <Button
              size="small"
              type={draft.follow?.id === one.id ? 'primary' : 'default'}
              onClick={() => set({ follow: draft.follow?.id === one.id ? null : { id: one.id, number: one.number } })}
            >
              {draft.follow?.id === one.id ? t.unfollow : t.follow}
            </Button>
          </li>
        ))}
      </ul>
      {draft.follow !== null && <p role="status">{t.following(draft.follow.number)}</p>}
    </section>
  );
}

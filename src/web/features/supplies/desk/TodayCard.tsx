import { useQuery } from '@tanstack/react-query';
import { Go } from '#web/app/Go.tsx';
import { useText } from '#web/i18n/area.ts';
import { supplies } from '#web/i18n/supplies.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { attentionQuery, type Attention } from './queries.ts';
import { shows, type Show } from './search.ts';
import './supplies.css';

export const kindsOf: Readonly<Record<Show, readonly Attention['kind'][]>> = {
  low: ['low'],
  expiry: ['expiring', 'expired'],
  recalled: ['recalled'],
  overdue: ['overdue'],
};

/** How supplies stand over all stations; each number opens what it counts. */
export function TodayCard() {
  const t = useText(supplies);
  const query = useQuery(attentionQuery);
  const items = query.data?.items;
  return (
    <section className="supply-card" aria-label={t.title}>
      <h3>{t.part}</h3>
      <ProblemNote error={query.error} onRetry={() => void query.refetch()} />
      {items !== undefined && (
        <ul>
          {shows.map((show) => (
            <li key={show}>
              <Go href={`/desk/supplies?show=${show}`}>
                {t.show[show]} <b>{items.filter(({ kind }) => kindsOf[show].includes(kind)).length}</b>
              </Go>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

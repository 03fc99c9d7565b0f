import { useQuery } from '@tanstack/react-query';
import { Go } from '#web/app/Go.tsx';
import { useText } from '#web/i18n/area.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { partners } from '#web/i18n/partners.ts';
import { useNamed } from '#web/i18n/use-named.ts';
import { Answer } from '#web/ui/Answer.tsx';
import { todayQuery } from './queries.ts';
import './partners.css';

/** What partners want of somebody today; each name opens the partner. */
export function TodayCard() {
  const t = useText(partners);
  const query = useQuery(todayQuery);
  return (
    <section className="partners partners-card">
      <h2>{t.today.title}</h2>
      <Answer query={query}>
        {({ running, ending, behind, asks, waiting }) => (
          <>
            <Go href="/desk/partners">{t.today.running(formatNumber(running))}</Go>
            <People title={t.today.asks} people={asks} />
            <People
              title={t.today.ending}
              people={ending.map((one) => ({ ...one, note: t.today.days(formatNumber(one.daysLeft)) }))}
            />
            <People title={t.today.behind} people={behind} />
            {waiting > 0 && <p className="quiet">{t.today.waiting(formatNumber(waiting))}</p>}
            {asks.length + ending.length + behind.length + waiting === 0 && <p className="quiet">{t.today.calm}</p>}
          </>
        )}
      </Answer>
    </section>
  );
}

const most = 4;

interface Named {
  id: string;
  name: string;
  nameEn: string;
  note?: string;
}

function People({ title, people }: { title: string; people: readonly Named[] }) {
  const t = useText(partners).today;
  const named = useNamed();
  if (people.length === 0) return null;
  const more = people.length - most;
  const link = (one: Named) => (
    <Go key={one.id} href={`/desk/partners?partner=${one.id}`}>
      {named(one)} {one.note}
    </Go>
  );
  return (
    <div className="partners-row-head">
      <span className="quiet">{title}</span>
      {people.slice(0, most).map(link)}
      {more > 0 && (
        <details>
          <summary>{t.more(formatNumber(more))}</summary>
          {people.slice(most).map(link)}
        </details>
      )}
    </div>
  );
}

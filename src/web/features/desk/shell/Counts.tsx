import { useQuery } from '@tanstack/react-query';
import { Go } from '#web/app/Go.tsx';
import { toSearchText } from '#web/app/search-text.ts';
import { useText } from '#web/i18n/area.ts';
import { desk } from '#web/i18n/desk.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { words } from '#web/i18n/words.ts';
import { openStatuses } from '#contract/events-words.ts';
import { boardQuery } from '../queries.ts';
import type { DeskSearch } from '../queue/filters.ts';

/** The board's numbers, always in sight. Every number is a link to its cases. */
export function Counts() {
  const t = useText(desk).counts;
  const w = useText(words);
  const { data } = useQuery(boardQuery);
  if (data === undefined) return <nav className="counts counts-waiting" aria-label={t.label} aria-busy="true" />;
  const of = new Map(data.open.map((one) => [one.status, one]));
  const total = data.open.reduce((sum, one) => sum + one.count, 0);
  const late = data.open.reduce((sum, one) => sum + one.late, 0);
  const month = shanghaiDay(data.monthFrom);
  return (
    <nav className="counts" aria-label={t.label}>
      <Count words={t.mine} number={data.mine} to={{ mine: true }} tone="mine" />
      <Count words={t.open} number={total} to={{ open: true }} />
      <Count words={t.late} number={late} to={{ open: true, late: true }} tone={late > 0 ? 'late' : undefined} />
      <span className="counts-rule" aria-hidden="true" />
      {openStatuses.map((status) => {
        const one = of.get(status);
        return (
          <Count
            key={status}
            words={w.status[status]}
            number={one?.count ?? 0}
            late={one?.late ?? 0}
            to={{ status: [status] }}
          />
        );
      })}
      <span className="counts-rule" aria-hidden="true" />
      <span className="counts-month">{t.month}</span>
      <Count words={t.reported} number={data.reportedThisMonth} to={{ from: month }} />
      <Count words={t.closed} number={data.closedThisMonth} to={{ status: ['closed'], from: month }} />
    </nav>
  );
}

interface CountProps {
  words: string;
  number: number;
  late?: number;
  to: DeskSearch;
  tone?: 'mine' | 'late' | undefined;
}

function Count({ words: name, number, late = 0, to, tone }: CountProps) {
  const t = useText(desk).counts;
  return (
    <Go
      href={`/desk${toSearchText(to)}`}
      className={`count${tone === undefined ? '' : ` count-${tone}`}${number === 0 ? ' count-zero' : ''}`}
      title={late > 0 ? t.lateOf(late) : undefined}
    >
      <b>{formatNumber(number)}</b>
      <span>{name}</span>
      {late > 0 && (
        <i>
          <svg width="9" height="9" viewBox="0 0 10 10" aria-hidden="true">
            <path d="M5 0l5 9H0z" fill="currentColor" />
          </svg>
          <span className="visually-hidden">{t.lateOf(late)}</span>
          <span aria-hidden="true">{late}</span>
        </i>
      )}
    </Go>
  );
}

/** The calendar day in Shanghai of an instant, as YYYY-MM-DD. */
function shanghaiDay(iso: string): string {
  return new Date(Date.parse(iso) + 8 * 3_600_000).toISOString().slice(0, 10);
}

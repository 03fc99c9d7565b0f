import type { UseQueryResult } from '@tanstack/react-query';
import { useText } from '#web/i18n/area.ts';
import { adminRecords } from '#web/i18n/admin-records.ts';
import { facilities } from '#web/i18n/facilities.ts';
import { formatTime } from '#web/i18n/format.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { Waiting } from '#web/ui/Answer.tsx';
import type { HistoryLine } from './queries.ts';

/** Every change, the latest first, as the ledger holds it. */
export function HistoryPart({ query }: { query: UseQueryResult<{ items: readonly HistoryLine[] }> }) {
  const t = useText(facilities);
  const actions: Readonly<Record<string, string>> = useText(adminRecords).audit.actions;
  return (
    <section aria-label={t.history}>
      <h3>{t.history}</h3>
      <ProblemNote error={query.error} onRetry={() => void query.refetch()} />
      <Waiting query={query} />
      {query.data?.items.length === 0 && <p className="quiet">{t.noHistory}</p>}
      <ol className="fac-lines">
        {query.data?.items.map(({ id, at, action, byName, words }) => (
          <li key={id}>
            <time dateTime={at}>{formatTime(at)}</time> <b>{actions[action.replace('.', '_')] ?? action}</b> {byName}{' '}
            <span className="quiet">{saidIn(words)}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** The reason somebody gave; other words are the facts themselves and stand above. */
function saidIn(words: Record<string, unknown> | null): string {
  const said = words?.['reason'] ?? words?.['alt'];
  return typeof said === 'string' ? said : '';
}

import { useQuery } from '@tanstack/react-query';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { formatTime } from '#web/i18n/format.ts';
import { stations } from '#web/i18n/stations.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { toText } from './hours-text.ts';
import { historyQuery, type StationDetail } from './queries.ts';

/** Every change, the latest first, as the ledger holds it. */
export function HistoryPart({ station }: { station: StationDetail }) {
  const t = useText(stations);
  const c = useText(common);
  const query = useQuery(historyQuery(station.id));
  const lines = query.data?.items;
  return (
    <section className="stations-part" aria-label={t.parts.history}>
      <p className="quiet">{t.history.lead}</p>
      <ProblemNote error={query.error} onRetry={() => void query.refetch()} />
      {lines === undefined && query.error === null && <p className="waiting">{c.loading}</p>}
      {lines?.length === 0 && <p className="quiet">{t.history.none}</p>}
      <ol className="stations-lines">
        {lines?.map(({ id, at, action, byName, data, words }) => (
          <li key={id}>
            <time dateTime={at}>{formatTime(at)}</time> <b>{wordOf(t.history.actions, action)}</b>{' '}
            {byName !== null && `${byName} `}
            <span className="quiet">{detailOf(data, words)}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function wordOf(words: Readonly<Record<string, string>>, action: string): string {
  return words[action.replace('.', '_')] ?? action;
}

/** What changed, as far as it can be said in a line: codes and hours as they are, words as they were written. */
function detailOf(data: Record<string, unknown>, words: Record<string, unknown> | null): string {
  const said = Object.values(words ?? {}).filter((text): text is string => typeof text === 'string' && text !== '');
  const facts = ['facility', 'level', 'fromDay', 'toDay'].flatMap((key) =>
    typeof data[key] === 'string' ? [String(data[key])] : [],
  );
  return [...facts, ...hoursIn(data), ...said].join(' · ');
}

function hoursIn({ from, to }: Record<string, unknown>): string[] {
  const [before, after] = [weekOf(from), weekOf(to)];
  if (before === null || after === null) return [];
  return after.flatMap((spans, k) => {
    const [old, now] = [toText(before[k] ?? []), toText(spans)];
    return old === now ? [] : [`${old === '' ? '—' : old} → ${now === '' ? '—' : now}`];
  });
}

function weekOf(side: unknown): [number, number][][] | null {
  if (typeof side !== 'object' || side === null || !('hours' in side)) return null;
  return Array.isArray(side.hours) ? (side.hours as [number, number][][]) : null;
}

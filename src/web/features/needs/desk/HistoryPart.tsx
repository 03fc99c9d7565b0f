import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { needStates } from '#contract/needs-views.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { formatTime } from '#web/i18n/format.ts';
import { needs } from '#web/i18n/needs.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { needHistoryQuery } from './queries.ts';

/** Every change as the ledger holds it, fetched when it is opened. */
export function HistoryPart({ id }: { id: string }) {
  const t = useText(needs).history;
  const c = useText(common);
  const [open, setOpen] = useState(false);
  const query = useQuery({ ...needHistoryQuery(id), enabled: open });
  return (
    <details className="needs-source" open={open} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{t.title}</summary>
      <ProblemNote error={query.error} onRetry={() => void query.refetch()} />
      {open && query.data === undefined && query.error === null && <p className="waiting">{c.loading}</p>}
      {query.data?.items.length === 0 && <p className="quiet">{t.none}</p>}
      <ol className="needs-lines">
        {query.data?.items.map(({ id: lineId, at, action, by, data, words }) => (
          <li key={lineId}>
            <time dateTime={at}>{formatTime(at)}</time> <b>{actionOf(t.actions, action)}</b> {by}{' '}
            <Detail data={data} words={words} />
          </li>
        ))}
      </ol>
    </details>
  );
}

function actionOf(words: Readonly<Record<string, string>>, action: string): string {
  return words[action.replace('.', '_')] ?? action;
}

function Detail({ data, words }: { data: Record<string, unknown>; words: Record<string, unknown> }) {
  const t = useText(needs);
  const source = typeof data['source'] === 'string' ? (t.sources as Record<string, string>)[data['source']] : undefined;
  const [from, to] = [data['from'], data['to']].map((code) => needStates.find((one) => one === code));
  const said = Object.values(words).filter((text): text is string => typeof text === 'string' && text !== '');
  const facts = [
    ...(source === undefined ? [] : [source]),
    ...(from === undefined || to === undefined ? [] : [t.history.fromTo(t.states[from], t.states[to])]),
    ...(typeof data['voices'] === 'number' ? [t.history.voices(data['voices'])] : []),
    ...said,
  ];
  return <span className="quiet">{facts.join(' · ')}</span>;
}

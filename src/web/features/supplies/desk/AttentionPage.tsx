import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { Go } from '#web/app/Go.tsx';
import { may, useMe } from '#web/app/me.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { formatTime } from '#web/i18n/format.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { supplies } from '#web/i18n/supplies.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { batchWords, useItemNames } from '../words.ts';
import { attentionQuery, itemsQuery, type Attention } from './queries.ts';
import { RecallForm } from './RecallForm.tsx';
import { parseSupplySearch, shows } from './search.ts';
import { kindsOf } from './TodayCard.tsx';
import './supplies.css';

const order: readonly Attention['kind'][] = ['recalled', 'expired', 'low', 'expiring', 'overdue'];

/** What somebody should do something about, over all stations one may see. */
export function AttentionPage() {
  const t = useText(supplies);
  const c = useText(common);
  const me = useMe();
  const { show } = parseSupplySearch(useSearch({ strict: false }));
  const navigate = useNavigate();
  const query = useQuery(attentionQuery);
  const [recalling, setRecalling] = useState(false);
  const all = query.data?.items ?? [];
  const shown = show === undefined ? all : all.filter(({ kind }) => kindsOf[show].includes(kind));
  return (
    <div className="supplies supplies-page">
      <header className="supplies-head">
        <h1>{t.title}</h1>
        {may(me, 'station.manage') && <Button onClick={() => setRecalling(true)}>{t.recall.open}</Button>}
      </header>
      <p className="quiet">{t.attention.lead}</p>
      <div className="supplies-tools" role="group" aria-label={t.show.label}>
        {[undefined, ...shows].map((one) => (
          <button
            key={one ?? 'all'}
            type="button"
            className="tool tool-framed"
            aria-pressed={show === one}
            onClick={() =>
              void navigate({ to: '.', search: (one === undefined ? {} : { show: one }) as never, replace: true })
            }
          >
            {one === undefined ? t.all : t.show[one]}{' '}
            {one === undefined ? all.length : all.filter(({ kind }) => kindsOf[one].includes(kind)).length}
          </button>
        ))}
      </div>
      <ProblemNote error={query.error} onRetry={() => void query.refetch()} />
      {query.data === undefined && query.error === null && <p className="waiting">{c.loading}</p>}
      {query.data !== undefined && shown.length === 0 && <p className="quiet">{t.attention.nothing}</p>}
      {order.map((kind) => (
        <Kind key={kind} kind={kind} rows={shown.filter((row) => row.kind === kind)} />
      ))}
      {recalling && <RecallForm onClose={() => setRecalling(false)} />}
    </div>
  );
}

function Kind({ kind, rows }: { kind: Attention['kind']; rows: readonly Attention[] }) {
  const t = useText(supplies);
  const names = useItemNames(useQuery(itemsQuery).data?.items ?? []);
  const english = languageChoice.use() === 'en';
  if (rows.length === 0) return null;
  return (
    <section aria-label={t.attention.heads[kind]}>
      <h2>
        {t.attention.heads[kind]} {rows.length}
      </h2>
      <ul className="supplies-list">
        {rows.map((row) => (
          <li key={`${row.stationId} ${row.itemCode} ${row.number} ${row.expiresOn ?? ''} ${row.quantity}`}>
            <b>{names.name(row.itemCode)}</b>
            <span>{factsOf(t, row, names.unit(row.itemCode))}</span>
            <Go href={`/desk/stations/${row.stationCode}?part=supplies`}>
              {english && row.stationNameEn !== '' ? row.stationNameEn : row.stationName}
            </Go>
          </li>
        ))}
      </ul>
    </section>
  );
}

function factsOf(t: ReturnType<typeof useText<(typeof supplies)['zh']>>, row: Attention, unit: string): string {
  if (row.kind === 'low') {
    const since = row.since === null ? '' : ` · ${t.stock.restock(formatTime(row.since))}`;
    return `${t.attention.low(row.quantity, row.minimum ?? 0)} ${unit}${since}`;
  }
  if (row.kind === 'overdue') return `${t.of(String(row.quantity), unit)} · ${t.loans.due(formatTime(row.since))}`;
  return `${t.of(String(row.quantity), unit)} · ${batchWords(t, row)}`;
}

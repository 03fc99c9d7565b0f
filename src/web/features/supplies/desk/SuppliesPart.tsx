import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { StationHead } from '#web/app/station-slots.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { supplies } from '#web/i18n/supplies.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import type { ItemWords, Stock } from '../api.ts';
import { LoansPart } from './LoansPart.tsx';
import { MovementsPart } from './MovementsPart.tsx';
import { itemsQuery, stockQuery } from './queries.ts';
import { ReceiptsPart } from './ReceiptsPart.tsx';
import { StockTable } from './StockTable.tsx';
import './supplies.css';

const tabs = ['stock', 'loans', 'receipts', 'movements'] as const;

/** What every part of this tab is given. */
export interface SupplyView {
  station: StationHead;
  words: ItemWords;
  stock: Stock;
}

/** The tab of one station: stock, loans, receipts, what came and went. */
export function SuppliesPart({ station }: { station: StationHead }) {
  const t = useText(supplies);
  const c = useText(common);
  const [tab, setTab] = useState<(typeof tabs)[number]>('stock');
  const items = useQuery(itemsQuery);
  const stock = useQuery(stockQuery(station.id));
  const error = items.error ?? stock.error;
  const view =
    items.data === undefined || stock.data === undefined ? null : { station, words: items.data, stock: stock.data };
  return (
    <div className="supplies">
      <div className="supplies-tools" role="group" aria-label={t.tabs.label}>
        {tabs.map((one) => (
          <button
            key={one}
            type="button"
            className="tool tool-framed"
            aria-pressed={tab === one}
            onClick={() => setTab(one)}
          >
            {t.tabs[one]}
          </button>
        ))}
      </div>
      <ProblemNote error={error} onRetry={() => void stock.refetch()} />
      {view === null && error === null && <p className="waiting">{c.loading}</p>}
      {view !== null && tab === 'stock' && <StockTable {...view} />}
      {view !== null && tab === 'loans' && <LoansPart {...view} />}
      {view !== null && tab === 'receipts' && <ReceiptsPart {...view} />}
      {view !== null && tab === 'movements' && <MovementsPart {...view} />}
    </div>
  );
}

import { useQuery } from '@tanstack/react-query';
import { useText } from '#web/i18n/area.ts';
import { formatTime } from '#web/i18n/format.ts';
import { supplies } from '#web/i18n/supplies.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { useItemNames } from '../words.ts';
import { receiptsQuery } from './queries.ts';
import type { SupplyView } from './SuppliesPart.tsx';

/** What was taken in this month; each has its paper. */
export function ReceiptsPart({ station, words }: SupplyView) {
  const t = useText(supplies);
  const names = useItemNames(words.items);
  const query = useQuery(receiptsQuery(station.id));
  const items = query.data?.items ?? [];
  return (
    <div className="supplies-scroll">
      <ProblemNote error={query.error} onRetry={() => void query.refetch()} />
      {query.data !== undefined && items.length === 0 && <p className="quiet">{t.receipts.none}</p>}
      {items.length > 0 && (
        <table className="supplies-table">
          <caption className="visually-hidden">{t.receipts.caption}</caption>
          <thead>
            <tr>
              {([t.receipts.number, t.receipts.at, t.receipts.source, t.receipts.giver, t.receipts.lines] as const).map(
                (head) => (
                  <th key={head} scope="col">
                    {head}
                  </th>
                ),
              )}
              <th scope="col">{t.receipts.paper}</th>
            </tr>
          </thead>
          <tbody>
            {items.map((one) => (
              <tr key={one.id}>
                <th scope="row">{one.number}</th>
                <td>{formatTime(one.at)}</td>
                <td>{t.receive.sources[one.source]}</td>
                <td>{one.partnerName ?? one.donor ?? ''}</td>
                <td>{one.lines.map(({ itemCode, quantity }) => `${names.name(itemCode)} ${quantity}`).join(' · ')}</td>
                <td>
                  <a className="tool" href={`/api/supplies/receipts/${one.id}/pdf`} target="_blank" rel="noreferrer">
                    {t.receipts.paper}
                  </a>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}

import { useQuery } from '@tanstack/react-query';
import { useText } from '#web/i18n/area.ts';
import { formatTime } from '#web/i18n/format.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { supplies } from '#web/i18n/supplies.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import type { ItemWords } from '../api.ts';
import { batchWords, useItemNames } from '../words.ts';
import { movementsQuery, type Movement } from './queries.ts';
import type { SupplyView } from './SuppliesPart.tsx';

/** What came and went this month, the latest first. */
export function MovementsPart({ station, words }: SupplyView) {
  const t = useText(supplies);
  const query = useQuery(movementsQuery(station.id));
  const items = query.data?.items ?? [];
  const m = t.movements;
  return (
    <div className="supplies-scroll">
      <ProblemNote error={query.error} onRetry={() => void query.refetch()} />
      {query.data !== undefined && items.length === 0 && <p className="quiet">{m.none}</p>}
      {query.data?.more === true && <p className="quiet">{m.more}</p>}
      {items.length > 0 && (
        <table className="supplies-table">
          <caption className="visually-hidden">{m.caption}</caption>
          <thead>
            <tr>
              {[m.at, m.item, m.kind, m.delta, m.lot, m.by].map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {items.map((one) => (
              <Row key={one.id} one={one} words={words} />
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}

function Row({ one, words }: { one: Movement; words: ItemWords }) {
  const t = useText(supplies);
  const english = languageChoice.use() === 'en';
  const names = useItemNames(words.items);
  const reason = words.reasons.find(({ code }) => code === one.reason);
  return (
    <tr>
      <td>{formatTime(one.at)}</td>
      <th scope="row">{names.name(one.itemCode)}</th>
      <td>
        {t.movements.kinds[one.kind]}
        {one.otherStation !== null && t.movements.other(one.otherStation)}
        {reason !== undefined && <small className="quiet"> {english ? reason.nameEn : reason.name}</small>}
      </td>
      <td className="supplies-number">{one.delta > 0 ? `+${one.delta}` : one.delta}</td>
      <td>{batchWords(t, one)}</td>
      <td>{one.by ?? ''}</td>
    </tr>
  );
}

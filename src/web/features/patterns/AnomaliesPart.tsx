import { useInfiniteQuery } from '@tanstack/react-query';
import { formatNumber, formatTime } from '#web/i18n/format.ts';
import { Awaited } from '#web/ui/Answer.tsx';
import { FilterTick } from '#web/ui/FilterParts.tsx';
import { MoreButton } from '#web/ui/MoreButton.tsx';
import { AnomalyPane } from './AnomalyPane.tsx';
import { AnomalyLine } from './AnomalyLine.tsx';
import { anomaliesQuery } from './queries.ts';
import { usePatternSearch } from './search.ts';
import { useSay } from './words.ts';

/** What was far from usual: those that wait for an answer, or one of them in full. */
export function AnomaliesPart() {
  const [search] = usePatternSearch();
  return search.anomaly === undefined ? <List /> : <AnomalyPane key={search.anomaly} id={search.anomaly} />;
}

function List() {
  const { t, day } = useSay();
  const [search, go] = usePatternSearch();
  const list = useInfiniteQuery(anomaliesQuery(search));
  const first = list.data?.pages[0];
  const rows = list.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <section className="patterns-part">
      <FilterTick
        label={t.anomaly.past}
        on={search.past === '1'}
        onChange={(on) => go({ past: on ? '1' : undefined })}
      />
      <Awaited query={list} />
      {first !== undefined && rows.length === 0 && (
        <p role="status">{search.past === '1' ? t.anomaly.noneEver : t.anomaly.none}</p>
      )}
      <ul className="patterns-findings">
        {rows.map((row) => (
          <li key={row.id}>
            <button type="button" className="pick-row patterns-finding" onClick={() => go({ anomaly: row.id })}>
              <AnomalyLine row={row} />
            </button>
          </li>
        ))}
      </ul>
      <MoreButton list={list} words={t.more} />
      {first !== undefined && (
        <p className="quiet">
          {first.looked === null
            ? t.notYet
            : `${t.anomaly.looked(formatTime(first.looked.at), formatNumber(first.looked.series), formatNumber(first.looked.tooFew))} ${day(first.looked.day)}`}
        </p>
      )}
    </section>
  );
}

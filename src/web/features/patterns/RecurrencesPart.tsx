import { useQuery } from '@tanstack/react-query';
import { Go } from '#web/app/Go.tsx';
import { formatDate, formatDistance, formatNumber } from '#web/i18n/format.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { Awaited } from '#web/ui/Answer.tsx';
import { ScrollFrame } from '#web/ui/ScrollFrame.tsx';
import { How } from './Pieces.tsx';
import { recurrencesQuery, type Recurrences } from './queries.ts';
import { usePatternSearch } from './search.ts';
import { roughly, useSay } from './words.ts';

type Place = Recurrences['items'][number];

/** Places where the same kind comes back, and whether closing solved it. */
export function RecurrencesPart() {
  const { t } = useSay();
  const [search] = usePatternSearch();
  const query = useQuery(recurrencesQuery(search));
  const { data } = query;
  return (
    <section className="patterns-part" aria-busy={query.isPlaceholderData}>
      <Awaited query={query} />
      {data !== undefined && (
        <>
          <p role="status">
            {data.items.length === 0
              ? t.recur.none
              : t.recur.total(formatNumber(data.total), formatNumber(data.items.length))}{' '}
            <span className="quiet">
              {formatDate(data.asked.from)} – {formatDate(data.asked.to)}
            </span>
          </p>
          {data.asked.ownOnly && <p className="quiet">{t.ownOnly}</p>}
          <ul className="patterns-findings">
            {data.items.map((one) => (
              <PlaceLine key={one.cases[0]?.id} one={one} />
            ))}
          </ul>
          {data.cut && <p className="quiet">{t.recur.cut}</p>}
          <How>
            {t.recur.explain(formatDistance(data.radiusM), formatNumber(data.withinDays), formatNumber(data.least))}
          </How>
        </>
      )}
    </section>
  );
}

function PlaceLine({ one }: { one: Place }) {
  const { t, kind, named } = useSay();
  const { areaName, category, seen, medianGapDays, backAfterClosing, medianBackDays, open, units } = one;
  const facts = [
    t.recur.gap(roughly(medianGapDays)),
    ...(medianBackDays === null ? [] : [t.recur.back(formatNumber(backAfterClosing), roughly(medianBackDays))]),
    ...(open === 0 ? [] : [t.recur.open(formatNumber(open))]),
  ];
  return (
    <li className="patterns-finding">
      <b>{t.recur.say(areaName, kind(category), formatNumber(seen))}</b>
      <span>{facts.join(' · ')}</span>
      {units.length > 0 && (
        <span className="quiet">
          {t.recur.units}: {units.map((unit) => named(unit)).join(', ')}
        </span>
      )}
      <details className="patterns-how">
        <summary>{t.cases(formatNumber(seen))}</summary>
        <CaseTable one={one} />
      </details>
    </li>
  );
}

function CaseTable({ one }: { one: Place }) {
  const { t } = useSay();
  const lang = languageChoice.use();
  const heads = t.recur.heads;
  return (
    <ScrollFrame area="table-frame" label={t.recur.say(one.areaName, '', formatNumber(one.seen))}>
      <table className="data-table">
        <thead>
          <tr>
            <th scope="col">{heads.number}</th>
            <th scope="col">{heads.at}</th>
            <th scope="col">{heads.unit}</th>
            <th scope="col">{heads.end}</th>
          </tr>
        </thead>
        <tbody>
          {one.cases.map(({ id, number, at, closedAt, unit, unitEn }) => (
            <tr key={id}>
              <td>
                <Go href={`/desk?event=${id}`}>{number}</Go>
              </td>
              <td>{formatDate(at)}</td>
              <td>{(lang === 'zh' ? unit : unitEn) ?? '–'}</td>
              <td>{closedAt === null ? t.recur.open1 : t.recur.closed(formatDate(closedAt))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollFrame>
  );
}

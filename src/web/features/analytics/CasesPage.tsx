import { useInfiniteQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { Go } from '#web/app/Go.tsx';
import { toSearchText } from '#web/app/search-text.ts';
import { analytics } from '#web/i18n/analytics.ts';
import { useText } from '#web/i18n/area.ts';
import { formatNumber, formatRoughly, formatTime } from '#web/i18n/format.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { words } from '#web/i18n/words.ts';
import { MoreButton } from '#web/ui/MoreButton.tsx';
import { PriorityMark } from '#web/ui/PriorityMark.tsx';
import { Awaited } from '#web/ui/Answer.tsx';
import { ScrollFrame } from '#web/ui/ScrollFrame.tsx';
import { StatusMark } from '#web/ui/StatusMark.tsx';
import { casesQuery, useFigureWords, type CaseRow } from './queries.ts';
import { parseCasesSearch, type CasesSearch } from './search.ts';
import './analytics.css';

/** The cases behind a number; every number of figures, patterns and briefs leads here. */
export function CasesPage() {
  const t = useText(analytics);
  const search = parseCasesSearch(useSearch({ strict: false }));
  const list = useInfiniteQuery(casesQuery(search));
  const first = list.data?.pages[0];
  const rows = list.data?.pages.flatMap(({ items }) => items) ?? [];
  const { from, to, area, class: classCode, unit } = search;
  return (
    <div className="page-flow analytics">
      <header>
        <h1>{t.cases.title}</h1>
        <Chosen search={search} place={rows[0]} />
      </header>
      <Awaited query={list} />
      {first !== undefined && (
        <p role="status">
          <b>{t.cases.total(formatNumber(first.total))}</b>{' '}
          <span className="quiet">{first.asOf.told ? t.asOf(formatTime(first.asOf.at)) : t.adding}</span>
        </p>
      )}
      {first?.total === 0 && <p>{t.cases.none}</p>}
      {rows.length > 0 && <Rows rows={rows} />}
      <MoreButton list={list} words={t.cases.more} />
      <p>
        <Go href={`/desk/figures${toSearchText({ from, to, area, class: classCode, unit })}`}>{t.cases.back}</Go>
      </p>
    </div>
  );
}

/** What the number was, in words. */
function Chosen({ search, place }: { search: CasesSearch; place: CaseRow | undefined }) {
  const t = useText(analytics).cases;
  const lang = languageChoice.use();
  const { indicator, measure, mainClass } = useFigureWords();
  const unit = lang === 'zh' ? place?.unit?.name : place?.unit?.nameEn;
  const tags = [
    search.measure === undefined ? undefined : measure(search.measure),
    search.indicator === undefined
      ? undefined
      : t.of(indicator(search.indicator), t.part[search.part ?? 'denominator']),
    daysOf(search, t),
    search.class === undefined ? undefined : mainClass(search.class),
    search.unit === undefined ? undefined : unit,
    search.closedOn === undefined ? undefined : t.closedOn(search.closedOn),
    search.acceptedOn === undefined ? undefined : t.acceptedOn(search.acceptedOn),
    search.cell === undefined ? undefined : t.cell,
    search.ids === undefined ? undefined : t.chosen(formatNumber(search.ids.split(',').length)),
  ].filter((one) => one !== undefined);
  return (
    <p className="analytics-tags">
      {tags.map((one) => (
        <span key={one} className="tag">
          {one}
        </span>
      ))}
    </p>
  );
}

function daysOf(
  { from, to }: CasesSearch,
  t: { days: (a: string, b: string) => string; since: (a: string) => string; until: (a: string) => string },
) {
  if (from !== undefined && to !== undefined) return t.days(from, to);
  if (from !== undefined) return t.since(from);
  return to === undefined ? undefined : t.until(to);
}

function Rows({ rows }: { rows: readonly CaseRow[] }) {
  const t = useText(analytics).cases;
  return (
    <ScrollFrame area="table-frame" label={t.title}>
      <table className="data-table">
        <thead>
          <tr>
            <th scope="col">{t.number}</th>
            <th scope="col">{t.category}</th>
            <th scope="col">{t.where}</th>
            <th scope="col">{t.unit}</th>
            <th scope="col">{t.priority}</th>
            <th scope="col">{t.status}</th>
            <th scope="col">{t.reported}</th>
            <th scope="col">{t.took}</th>
            <th scope="col">{t.marks}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.id} row={row} />
          ))}
        </tbody>
      </table>
    </ScrollFrame>
  );
}

function Row({ row }: { row: CaseRow }) {
  const t = useText(analytics).cases;
  const channel = useText(words).channel[row.channel];
  const lang = languageChoice.use();
  return (
    <tr>
      <td>
        <Go href={`/desk?event=${row.id}`} aria-label={t.open(row.number)}>
          {row.number}
        </Go>
      </td>
      <td>{lang === 'zh' ? row.category : row.categoryEn}</td>
      <td>{row.areaName}</td>
      <td>{(lang === 'zh' ? row.unit?.name : row.unit?.nameEn) ?? '—'}</td>
      <td>
        <PriorityMark priority={row.priority} />
      </td>
      <td>
        <StatusMark status={row.status} />
      </td>
      <td>
        {formatTime(row.reportedAt)} <span className="quiet">{channel}</span>
      </td>
      <td>{row.minutes === null ? '—' : formatRoughly(row.minutes * 60_000)}</td>
      <td>
        <Marks row={row} />
      </td>
    </tr>
  );
}

function Marks({ row }: { row: CaseRow }) {
  const t = useText(analytics).cases;
  const { exclusion } = useFigureWords();
  const times = (n: number, say: (n: string) => string) => (n === 0 ? [] : [say(formatNumber(n))]);
  const marks = [
    ...(row.late ? [t.late] : []),
    ...times(row.returns, t.returned),
    ...times(row.reworks, t.reworked),
    ...times(row.reopens, t.reopened),
    ...times(row.extensions, t.extended),
    ...(row.rating === null ? [] : [t.rated(formatNumber(row.rating))]),
    ...(row.reviewAt === null ? [] : [t.review(formatTime(row.reviewAt))]),
    ...(row.excluded === null ? [] : [t.excluded(exclusion(row.excluded))]),
  ];
  return (
    <span className="analytics-tags">
      {marks.map((mark) => (
        <span key={mark} className="tag">
          {mark}
        </span>
      ))}
    </span>
  );
}

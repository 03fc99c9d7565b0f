import { useInfiniteQuery } from '@tanstack/react-query';
import { useText } from '#web/i18n/area.ts';
import { formatNumber, formatTime } from '#web/i18n/format.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { serviceFigures } from '#web/i18n/service-figures.ts';
import { MoreButton } from '#web/ui/MoreButton.tsx';
import { Awaited } from '#web/ui/Answer.tsx';
import { recordsQuery, type Figures, type RecordRow } from './queries.ts';
import type { FiguresSearch } from './search.ts';

interface ListProps {
  search: FiguresSearch;
  figures: Figures;
  onBack: () => void;
  onActivity: (id: string) => void;
}

/** The records that a number counts. */
export function RecordList({ search, figures, onBack, onActivity }: ListProps) {
  const t = useText(serviceFigures).list;
  const list = useInfiniteQuery(recordsQuery(search));
  const first = list.data?.pages[0];
  const rows = list.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <section>
      <h2>{t.title}</h2>
      <p className="service-figures-chosen">
        <button type="button" className="tool tool-framed" onClick={onBack}>
          {t.back}
        </button>
        <Chosen search={search} figures={figures} activity={rows[0]?.activityTitle ?? ''} />
      </p>
      <Awaited query={list} />
      {first !== undefined && (
        <>
          <p role="status">
            {first.few ? t.few : <b>{t.sum(formatNumber(first.total ?? 0), formatNumber(first.persons ?? 0))}</b>}
          </p>
          {!first.few && rows.length === 0 && <p>{t.none}</p>}
          {rows.length > 0 && (
            <Rows rows={rows} onActivity={search.of?.activity === undefined ? onActivity : undefined} />
          )}
          <MoreButton list={list} words={t.more} />
        </>
      )}
    </section>
  );
}

/** What was pressed, in words. */
interface ChosenProps {
  search: FiguresSearch;
  figures: Figures;
  /** Title of the activity whose records are shown, where it is one. */
  activity: string;
}

function Chosen({ search: { of = {}, station }, figures, activity }: ChosenProps) {
  const t = useText(serviceFigures);
  const lang = languageChoice.use();
  const nameIn = (rows: Figures['byKind'], code: string): string => {
    const row = rows.find((one) => one.code === code);
    return (lang === 'zh' ? row?.name : row?.nameEn) ?? code;
  };
  const day = of.weekday === undefined ? '' : (t.demand.weekday[of.weekday] ?? '');
  const parts = [
    ...(station === undefined ? [] : [[t.station, nameIn(figures.byStation, station)]]),
    ...(of.kind === undefined ? [] : [[t.list.of.kind, nameIn(figures.byKind, of.kind)]]),
    ...(of.visitor === undefined ? [] : [[t.list.of.visitor, t.visitorOf[of.visitor]]]),
    ...(of.weather === undefined ? [] : [[t.list.of.weather, nameIn(figures.byWeather, of.weather)]]),
    ...(of.partner === undefined ? [] : [[t.list.of.partner, nameIn(figures.byPartner, of.partner)]]),
    ...(of.activity === undefined || activity === '' ? [] : [[t.list.of.activity, activity]]),
    ...(of.hour === undefined ? [] : [[t.list.of.when, t.list.hourOf(day, of.hour)]]),
  ];
  return (
    <>
      {parts.map(([what, name]) => (
        <span key={what} className="tag">
          {what}: {name}
        </span>
      ))}
    </>
  );
}

interface RowsProps {
  rows: readonly RecordRow[];
  /** Not where the records of one activity are shown already. */
  onActivity: ((id: string) => void) | undefined;
}

function Rows({ rows, onActivity }: RowsProps) {
  const t = useText(serviceFigures);
  const lang = languageChoice.use();
  return (
    <div className="service-figures-rows">
      <table className="service-figures-table">
        <thead>
          <tr>
            <th scope="col">{t.list.at}</th>
            <th scope="col">{t.station}</th>
            <th scope="col">{t.kind}</th>
            <th scope="col">{t.list.count}</th>
            <th scope="col">{t.list.what}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <td>{formatTime(row.at)}</td>
              <td>{lang === 'zh' ? row.stationName : row.stationNameEn}</td>
              <td>{lang === 'zh' ? row.kindName : row.kindNameEn}</td>
              <td>{formatNumber(row.persons)}</td>
              <td className="quiet">
                <ActivityName row={row} onOpen={onActivity} />
                {[
                  row.partnerName,
                  lang === 'zh' ? row.weather?.name : row.weather?.nameEn,
                  row.serious ? t.list.serious : '',
                ]
                  .filter((word) => word !== null && word !== undefined && word !== '')
                  .join(' · ')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The activity it was given at; pressed, it shows the records of that activity alone. */
function ActivityName({ row, onOpen }: { row: RecordRow; onOpen: RowsProps['onActivity'] }) {
  const { activityId, activityTitle } = row;
  if (activityId === null || activityTitle === null) return null;
  if (onOpen === undefined) return <>{activityTitle} </>;
  return (
    <button type="button" className="tool" onClick={() => onOpen(activityId)}>
      {activityTitle}
    </button>
  );
}

import { Button } from 'antd';
import { useState } from 'react';
import type { Calendar } from '#engine/worktime/calendar.ts';
import { adminLibrary } from '#web/i18n/admin-library.ts';
import { useText } from '#web/i18n/area.ts';
import { formatDate } from '#web/i18n/format.ts';
import { markOf, weeksOf, type DayChange } from './year.ts';

export interface YearViewProps {
  calendar: Calendar;
  pending: ReadonlyMap<string, DayChange | null>;
  /** Absent: days may only be looked at. */
  onOpen?: (date: string) => void;
}

const months = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] as const;
const marks = ['work', 'rest', 'holiday', 'makeUp', 'half'] as const;

/** Twelve months; each special day carries a letter as well as a colour. */
export function YearView({ calendar, pending, onOpen }: YearViewProps) {
  const t = useText(adminLibrary).calendar;
  const [year, setYear] = useState(() => new Date().getFullYear());
  return (
    <section className="adm-sheet">
      <div className="adm-year-head">
        <Button title={t.previous} onClick={() => setYear(year - 1)}>
          {year - 1}
        </Button>
        <h2 aria-live="polite">{t.year(year)}</h2>
        <Button title={t.next} onClick={() => setYear(year + 1)}>
          {year + 1}
        </Button>
      </div>
      <ul className="adm-year-legend">
        {marks.map((mark) => (
          <li key={mark}>
            <span className={`adm-day adm-day-${mark}`}>{t.letters[mark] === '' ? 1 : t.letters[mark]}</span>
            {t.marks[mark]}
          </li>
        ))}
      </ul>
      <div className="adm-year">
        {months.map((month) => (
          <Month key={month} year={year} month={month} calendar={calendar} pending={pending} onOpen={onOpen} />
        ))}
      </div>
    </section>
  );
}

function Month({ year, month, calendar, pending, onOpen }: YearViewProps & { year: number; month: number }) {
  const t = useText(adminLibrary).calendar;
  return (
    <table className="adm-month">
      <caption>{t.month(month)}</caption>
      <thead>
        <tr>
          {t.weekdays.split(' ').map((day) => (
            <th key={day} scope="col">
              {day}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeksOf(year, month).map((week, row) => (
          // Weeks have no name of their own.
          // eslint-disable-next-line react/no-array-index-key
          <tr key={row}>
            {week.map((date, column) => (
              // eslint-disable-next-line react/no-array-index-key
              <td key={column}>
                {date !== null && <Day date={date} calendar={calendar} isPending={pending.has(date)} onOpen={onOpen} />}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface DayProps {
  date: string;
  calendar: Calendar;
  isPending: boolean;
  onOpen?: (date: string) => void;
}

function Day({ date, calendar, isPending, onOpen }: DayProps) {
  const t = useText(adminLibrary).calendar;
  const mark = markOf(calendar, date);
  const name = calendar.days.get(date)?.name ?? '';
  const known = date >= calendar.coverageFrom && date <= calendar.coverageUntil;
  const words = [formatDate(date), t.marks[mark], name, known ? '' : t.unknown, isPending ? t.notSaved : '']
    .filter((part) => part !== '')
    .join(' · ');
  const look = `adm-day adm-day-${mark}${known ? '' : ' adm-day-unknown'}${isPending ? ' adm-day-pending' : ''}`;
  const face = (
    <>
      {Number(date.slice(8))}
      {t.letters[mark] !== '' && <sup>{t.letters[mark]}</sup>}
    </>
  );
  if (onOpen === undefined)
    return (
      <span className={look} title={words}>
        {face}
      </span>
    );
  return (
    <button type="button" className={look} title={words} onClick={() => onOpen(date)}>
      <span aria-hidden="true">{face}</span>
      <span className="visually-hidden">{words}</span>
    </button>
  );
}

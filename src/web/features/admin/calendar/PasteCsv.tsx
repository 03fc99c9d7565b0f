import { Button } from 'antd';
import { useState } from 'react';
import { parseCalendarCsv } from '#engine/worktime/calendar-csv.ts';
import { adminLibrary } from '#web/i18n/admin-library.ts';
import { useText } from '#web/i18n/area.ts';
import { formatDate } from '#web/i18n/format.ts';
import { DataTable } from '../shared/DataTable.tsx';
import { LongField } from '../shared/Field.tsx';
import { Note } from '../shared/Note.tsx';
import { daysOf, newDays, type CalendarView, type DayChange } from './year.ts';

export interface PasteCsvProps {
  view: CalendarView;
  /** The days to change, and how far the file says it is complete. */
  onDays: (days: DayChange[], coverageUntil: string | undefined) => void;
}

/** Next year's arrangement pasted as rows: what each would change is shown before it is taken over. */
export function PasteCsv({ view, onDays }: PasteCsvProps) {
  const t = useText(adminLibrary).calendar;
  const [text, setText] = useState('');
  const read = parseCalendarCsv(text);
  const changes = newDays(view, daysOf(read.rows));
  return (
    <section className="adm-sheet adm-form">
      <h2>{t.paste}</h2>
      <p className="adm-soft">{t.pasteHow}</p>
      <pre className="adm-example">{t.pasteExample}</pre>
      <LongField label={t.rows} value={text} onChange={setText} rows={6} />
      {text !== '' && read.errors.length > 0 && (
        <Note kind="warn">
          {read.errors.slice(0, 10).map(({ line, message }) => (
            <p key={line}>
              {t.line(line)} <span lang="en">{message}</span>
            </p>
          ))}
        </Note>
      )}
      {text !== '' && read.errors.length === 0 && (
        <>
          <Note kind={changes.length > 0 ? 'good' : 'info'}>{t.preview(read.rows.length, changes.length)}</Note>
          <DataTable
            label={t.preview(read.rows.length, changes.length)}
            rows={changes}
            rowKey={({ row }) => row.date}
            empty=""
            columns={[
              { head: t.date, cell: ({ row }) => formatDate(row.date) },
              { head: t.before, cell: ({ before }) => (before === null ? t.kinds.weekly : t.kinds[before.kind]) },
              { head: t.after, cell: ({ row }) => `${t.kinds[row.kind]} ${row.name}` },
            ]}
          />
        </>
      )}
      <div className="adm-buttons">
        <Button
          type="primary"
          disabled={read.errors.length > 0 || (changes.length === 0 && read.coverage === undefined)}
          onClick={() => {
            onDays(
              changes.map(({ row }) => row),
              read.coverage?.until,
            );
            setText('');
          }}
        >
          {t.take}
        </Button>
      </div>
    </section>
  );
}

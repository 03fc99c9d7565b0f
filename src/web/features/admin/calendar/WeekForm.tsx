import { Button } from 'antd';
import { useState, type FormEvent } from 'react';
import { libraryRoutes } from '#contract/library.ts';
import { ask } from '#web/app/ask.ts';
import { adminLibrary } from '#web/i18n/admin-library.ts';
import { useText } from '#web/i18n/area.ts';
import { TextField } from '../shared/Field.tsx';
import { Note } from '../shared/Note.tsx';
import { Problem } from '../shared/Problem.tsx';
import { useAct } from '../shared/use-act.ts';
import { calendarKey } from '../library/queries.ts';
import { readHours, writeHours, type CalendarView } from './year.ts';

/** The hours of an ordinary week. */
export function WeekForm({ view, mayEdit }: { view: CalendarView; mayEdit: boolean }) {
  const t = useText(adminLibrary).calendar;
  const [week, setWeek] = useState(() => view.weekly.map((segments) => writeHours(segments)));
  const read = week.map(readHours);
  const act = useAct(
    (weekly: [number, number][][], opId) =>
      ask(libraryRoutes.saveCalendar, { body: { opId, weekly } }, { timeoutMs: 60_000 }),
    { stale: [calendarKey] },
  );
  const days = t.weekdays.split(' ');
  const valid = read.every((segments) => segments !== undefined);
  const changed = week.some((text, index) => text !== writeHours(view.weekly[index] ?? null));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    act.mutate(read.map((segments) => segments ?? []));
  };
  return (
    <form className="adm-sheet adm-form" onSubmit={submit}>
      <h2>{t.week}</h2>
      <p className="adm-soft">{t.weekHow}</p>
      <fieldset className="adm-plain-set adm-row" disabled={!mayEdit}>
        {week.map((text, index) => (
          <TextField
            key={days[index]}
            label={t.weekday(days[index] ?? '')}
            value={text}
            onChange={(next) => setWeek(week.map((old, k) => (k === index ? next : old)))}
          />
        ))}
      </fieldset>
      {!valid && <Note kind="warn">{t.wrongHours}</Note>}
      <Problem error={act.error} />
      {act.data !== undefined && !changed && <Note kind="good">{t.saved(act.data.retimed)}</Note>}
      {mayEdit && (
        <div className="adm-buttons">
          <Button htmlType="submit" type="primary" disabled={!valid || !changed} loading={act.isPending}>
            {t.save}
          </Button>
        </div>
      )}
    </form>
  );
}

import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { libraryRoutes } from '#contract/library.ts';
import { ask } from '#web/app/ask.ts';
import { may, useMe } from '#web/app/me.ts';
import { adminLibrary } from '#web/i18n/admin-library.ts';
import { useText } from '#web/i18n/area.ts';
import { formatDate } from '#web/i18n/format.ts';
import { AdminPage } from '../shared/AdminPage.tsx';
import { Loaded } from '../shared/Loaded.tsx';
import { Note } from '../shared/Note.tsx';
import { Problem } from '../shared/Problem.tsx';
import { useAct } from '../shared/use-act.ts';
import { calendarKey, calendarQuery } from '../library/queries.ts';
import { DayForm } from './DayForm.tsx';
import { DueChecker } from './DueChecker.tsx';
import { PasteCsv } from './PasteCsv.tsx';
import { WeekForm } from './WeekForm.tsx';
import { toCalendar, type CalendarView, type DayChange } from './year.ts';
import { YearView } from './YearView.tsx';
import './calendar.css';

/** The working calendar: which days are worked, how long it is known, and what follows for limits. */
export function CalendarPage() {
  const t = useText(adminLibrary).calendar;
  const calendar = useQuery(calendarQuery);
  return (
    <AdminPage title={t.title} lead={t.lead} anyOf={['library.read', 'calendar.edit']}>
      <Loaded query={calendar}>{(view) => <Ground view={view} />}</Loaded>
    </AdminPage>
  );
}

function Ground({ view }: { view: CalendarView }) {
  const t = useText(adminLibrary).calendar;
  const mayEdit = may(useMe(), 'calendar.edit');
  const [pending, setPending] = useState<ReadonlyMap<string, DayChange | null>>(new Map());
  const [coverage, setCoverage] = useState<string | null>(null);
  const [openDate, setOpenDate] = useState<string | null>(null);
  const calendar = useMemo(() => toCalendar(view, pending), [view, pending]);
  const save = useAct(
    (wish: { days: DayChange[]; removeDays: string[]; coverageUntil?: string }, opId) =>
      ask(libraryRoutes.saveCalendar, { body: { opId, ...wish } }, { timeoutMs: 60_000 }),
    {
      stale: [calendarKey],
      onDone: () => {
        setPending(new Map());
        setCoverage(null);
      },
    },
  );
  const submit = (): void =>
    save.mutate({
      days: [...pending.values()].filter((day) => day !== null),
      removeDays: [...pending].filter(([, day]) => day === null).map(([date]) => date),
      ...(coverage === null ? {} : { coverageUntil: coverage }),
    });
  const put = (date: string, day: DayChange | null): void => setPending(new Map([...pending, [date, day]]));
  return (
    <>
      <Coverage view={view} />
      {(pending.size > 0 || coverage !== null) && (
        <section className="adm-sheet adm-sticky">
          <p>
            {t.pending(pending.size)} {coverage !== null && t.coverageTo(formatDate(coverage))}
          </p>
          <Problem error={save.error} />
          <div className="adm-buttons adm-buttons-start">
            <Button type="primary" loading={save.isPending} onClick={submit}>
              {t.save}
            </Button>
            <Button
              onClick={() => {
                setPending(new Map());
                setCoverage(null);
              }}
            >
              {t.drop}
            </Button>
          </div>
        </section>
      )}
      {save.data !== undefined && pending.size === 0 && <Note kind="good">{t.saved(save.data.retimed)}</Note>}
      <YearView calendar={calendar} pending={pending} onOpen={mayEdit ? setOpenDate : undefined} />
      <div className="adm-columns">
        {mayEdit && (
          <PasteCsv
            view={view}
            onDays={(days, until) => {
              setPending(new Map([...pending, ...days.map((day) => [day.date, day] as const)]));
              if (until !== undefined && until > view.coverageUntil) setCoverage(until);
            }}
          />
        )}
        <DueChecker calendar={calendar} />
      </div>
      <WeekForm key={JSON.stringify(view.weekly)} view={view} mayEdit={mayEdit} />
      {openDate !== null && (
        <DayForm
          key={openDate}
          date={openDate}
          calendar={calendar}
          onDay={(day) => {
            put(openDate, day);
            setOpenDate(null);
          }}
          onClose={() => setOpenDate(null)}
        />
      )}
    </>
  );
}

function Coverage({ view }: { view: CalendarView }) {
  const t = useText(adminLibrary).calendar;
  const words = t.covers(formatDate(view.coverageFrom), formatDate(view.coverageUntil));
  if (view.warning === null) return <Note kind="good">{words}</Note>;
  return (
    <Note kind="warn">
      <p>
        <strong>{t.warning[view.warning.state](view.warning.daysLeft)}</strong>
      </p>
      <p>
        {words} {t.warningHow}
      </p>
    </Note>
  );
}

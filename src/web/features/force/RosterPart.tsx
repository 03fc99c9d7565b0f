import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { forceRoutes } from '#contract/force.ts';
import { ask } from '#web/app/ask.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { force } from '#web/i18n/force.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { Answer } from '#web/ui/Answer.tsx';
import { Pick, useNamed } from './Parts.tsx';
import { PatternsForm } from './PatternsForm.tsx';
import { forceKey, rosterQuery, rostersQuery, type Roster } from './queries.ts';
import { useForceSearch } from './search.ts';

/** YYYY-MM → the month `n` later. */
function monthAfter(month: string, n: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number - 1 + n, 1)).toISOString().slice(0, 7);
}

/** One unit, one month: a row for each day, a column for each shift. */
export function RosterPart() {
  const t = useText(force).roster;
  const [search, go] = useForceSearch();
  const units = useQuery(rostersQuery);
  const unit = search.unit ?? units.data?.items[0]?.unitId ?? '';
  const roster = useQuery(rosterQuery(unit, search.month));
  return (
    <>
      <Answer query={units}>
        {({ items }) => (
          <div className="force-tools">
            <Pick
              label={t.unit}
              value={unit}
              choices={items.map(({ unitId, name }) => ({ value: unitId, words: name }))}
              onChange={(next) => go({ unit: next })}
            />
          </div>
        )}
      </Answer>
      {unit !== '' && (
        <Answer query={roster}>
          {(data) => (
            <>
              <div className="force-tools" role="group" aria-label={t.month}>
                <button
                  type="button"
                  className="tool tool-framed"
                  onClick={() => go({ month: monthAfter(data.month, -1) })}
                >
                  {t.before}
                </button>
                <b>{data.month}</b>
                <button
                  type="button"
                  className="tool tool-framed"
                  onClick={() => go({ month: monthAfter(data.month, 1) })}
                >
                  {t.after}
                </button>
                <span role="status" className={data.gaps.length > 0 ? 'force-gap' : 'quiet'}>
                  {data.gaps.length > 0
                    ? t.gaps(formatNumber(data.gaps.reduce((sum, { missing }) => sum + missing, 0)))
                    : t.noGap}
                </span>
              </div>
              {data.mayEdit && <PatternsForm key={data.unit.id} roster={data} />}
              <RosterTable roster={data} />
            </>
          )}
        </Answer>
      )}
    </>
  );
}

const clock = (minute: number): string =>
  `${String(Math.floor((minute % 1440) / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

function daysOf(month: string): string[] {
  const first = Date.parse(`${month}-01T00:00:00Z`);
  return Array.from({ length: 31 }, (_, k) => new Date(first + k * 86_400_000).toISOString().slice(0, 10)).filter(
    (day) => day.startsWith(month),
  );
}

function RosterTable({ roster }: { roster: Roster }) {
  const t = useText(force).roster;
  const named = useNamed();
  const [past, setPast] = useState(false);
  const days = daysOf(roster.month);
  const ahead = days.filter((day) => day >= roster.today);
  const shown = past || ahead.length === 0 ? days : ahead;
  const weekdays = [
    t.weekdays.d7,
    t.weekdays.d1,
    t.weekdays.d2,
    t.weekdays.d3,
    t.weekdays.d4,
    t.weekdays.d5,
    t.weekdays.d6,
  ];
  return (
    <div className="force-scroll">
      {ahead.length > 0 && ahead.length < days.length && (
        <label className="force-past">
          <input type="checkbox" checked={past} onChange={({ target }) => setPast(target.checked)} /> {t.past}
        </label>
      )}
      <table className="force-table" aria-label={t.table}>
        <thead>
          <tr>
            <th scope="col">{t.day}</th>
            {roster.patterns.map((one) => (
              <th scope="col" key={one.code}>
                {named(one)}{' '}
                <span className="quiet">{t.span(clock(one.startMinute), clock(one.startMinute + one.minutes))}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((day) => (
            <tr key={day} aria-current={day === roster.today ? 'date' : undefined}>
              <th scope="row">
                {day.slice(5)} <span className="quiet">{weekdays[new Date(`${day}T00:00:00Z`).getUTCDay()]}</span>
              </th>
              {roster.patterns.map(({ code }) => (
                <td key={code}>
                  <Cell roster={roster} day={day} code={code} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface CellProps {
  roster: Roster;
  day: string;
  code: string;
}

function Cell({ roster, day, code }: CellProps) {
  const t = useText(force).roster;
  const there = roster.shifts.filter((one) => one.day === day && one.code === code);
  const gap = roster.gaps.find((one) => one.day === day && one.code === code);
  const edits = roster.mayEdit && day >= roster.today;
  const act = useAct(
    (change: { accountId: string; on: boolean }, opId) =>
      ask(forceRoutes.plan, {
        params: { unitId: roster.unit.id },
        body: { opId, changes: [{ day, code, ...change }] },
      }),
    { stale: [forceKey] },
  );
  return (
    <>
      <div className="force-tools">
        {there.map((one) => (
          <span key={one.id} className="force-shift">
            {one.person.name}
            {roster.swaps
              .filter(({ shiftId }) => shiftId === one.id)
              .map(({ to }) => (
                <span key={to} className="quiet">
                  {t.swap(to)}
                </span>
              ))}
            {edits && (
              <button
                type="button"
                className="link-button"
                aria-label={t.remove(one.person.name)}
                title={t.remove(one.person.name)}
                disabled={act.isPending}
                onClick={() => act.mutate({ accountId: one.person.id, on: false })}
              >
                ×
              </button>
            )}
          </span>
        ))}
        {gap !== undefined && <span className="force-gap">{t.gap(formatNumber(gap.missing))}</span>}
        {edits && <AddTo {...{ roster, day, code }} onAdd={(accountId) => act.mutate({ accountId, on: true })} />}
      </div>
      <ProblemNote error={act.error} />
    </>
  );
}

function AddTo({ roster, day, code, onAdd }: CellProps & { onAdd: (accountId: string) => void }) {
  const t = useText(force).roster;
  const [open, setOpen] = useState(false);
  const name = roster.patterns.find((one) => one.code === code);
  const named = useNamed();
  const label = t.addTo(day, name === undefined ? code : named(name));
  if (!open)
    return (
      <button type="button" className="link-button" aria-label={label} onClick={() => setOpen(true)}>
        {t.add}
      </button>
    );
  const busy = new Set(roster.shifts.filter((one) => one.day === day).map((one) => one.person.id));
  const away = new Set(
    roster.leaves.filter((one) => one.firstDay <= day && day <= one.lastDay).map((one) => one.personId),
  );
  return (
    <select
      aria-label={label}
      value=""
      onChange={({ target }) => {
        setOpen(false);
        if (target.value !== '') onAdd(target.value);
      }}
    >
      <option value="">{t.who}</option>
      {roster.people
        .filter(({ id }) => !busy.has(id))
        .map((one) => (
          <option key={one.id} value={one.id} disabled={away.has(one.id)}>
            {one.name} {away.has(one.id) ? t.onLeave : ''}
          </option>
        ))}
    </select>
  );
}

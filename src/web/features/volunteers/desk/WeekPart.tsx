import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { volunteerRoutes } from '#contract/volunteers.ts';
import { ask } from '#web/app/ask.ts';
import type { StationHead } from '#web/app/station-slots.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { volunteers } from '#web/i18n/volunteers.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { AddForm } from './AddForm.tsx';
import { Answer, usePosts } from './Parts.tsx';
import { PatternsForm } from './PatternsForm.tsx';
import { rosterQuery, volunteersKey, type Roster, type Shift } from './queries.ts';
import { ShiftPane } from './ShiftPane.tsx';
import { clockOf } from '#web/i18n/local-time.ts';
import { addDays } from '#kit/shanghai-days.ts';
import { dayWords } from './times.ts';

/** Seven days, each with its shifts; a shift opens below with the people on it. */
export function WeekPart({ station }: { station: StationHead }) {
  const t = useText(volunteers).week;
  const [from, setFrom] = useState<string>();
  const [openId, setOpenId] = useState<string | null>(null);
  const query = useQuery(rosterQuery(station.id, from));
  return (
    <Answer query={query}>
      {(roster) => {
        const first = roster.days[0]?.day ?? roster.today;
        const missing = roster.shifts
          .filter(({ day }) => day >= roster.today)
          .reduce((sum, one) => sum + one.missing, 0);
        const open = roster.shifts.find(({ id }) => id === openId);
        return (
          <>
            <div className="roster-line">
              <button type="button" className="tool tool-framed" onClick={() => setFrom(addDays(first, -7))}>
                {t.before}
              </button>
              <button type="button" className="tool tool-framed" onClick={() => setFrom(undefined)}>
                {t.now}
              </button>
              <button type="button" className="tool tool-framed" onClick={() => setFrom(addDays(first, 7))}>
                {t.after}
              </button>
              <span role="status" className={missing > 0 ? 'roster-gap' : 'quiet'}>
                {missing > 0 ? t.gaps(formatNumber(missing)) : t.noGap}
              </span>
            </div>
            <div className="roster-week">
              {roster.days.map((day) => (
                <Day key={day.day} roster={roster} day={day} openId={openId} onOpen={setOpenId} />
              ))}
            </div>
            {open !== undefined && (
              <ShiftPane
                key={open.id}
                shift={open}
                roster={roster}
                onClose={() => {
                  setOpenId(null);
                  document.getElementById(`shift-${open.id}`)?.focus();
                }}
              />
            )}
            {roster.mayManage && <MakePart roster={roster} first={first} />}
          </>
        );
      }}
    </Answer>
  );
}

interface DayProps {
  roster: Roster;
  day: Roster['days'][number];
  openId: string | null;
  onOpen: (id: string | null) => void;
}

function Day({ roster, day, openId, onOpen }: DayProps) {
  const t = useText(volunteers).week;
  const lang = languageChoice.use();
  // A night shift of the day before the week, which still runs, stands at its beginning.
  const isFirst = day.day === roster.days[0]?.day;
  const shifts = roster.shifts.filter((one) => one.day === day.day || (isFirst && one.day < day.day));
  return (
    <section
      className={`roster-day${day.day === roster.today ? ' roster-today' : ''}`}
      aria-label={dayWords(lang, day.day)}
      aria-current={day.day === roster.today ? 'date' : undefined}
    >
      <h3>{dayWords(lang, day.day)}</h3>
      {shifts.length === 0 && <p className="quiet">{day.open.length === 0 ? t.closed : t.noShift}</p>}
      {shifts.map((one) => (
        <ShiftTile
          key={one.id}
          shift={one}
          past={day.day < roster.today}
          pressed={one.id === openId}
          onPress={() => onOpen(one.id === openId ? null : one.id)}
        />
      ))}
    </section>
  );
}

interface TileProps {
  shift: Shift;
  past: boolean;
  pressed: boolean;
  onPress: () => void;
}

function ShiftTile({ shift, past, pressed, onPress }: TileProps) {
  const t = useText(volunteers).week;
  const { post, nameOf } = usePosts();
  const span = `${clockOf(shift.startsAt)}–${clockOf(shift.endsAt)}`;
  const taken = shift.openTaken + shift.partnerTaken;
  const gap = shift.missing > 0 && !past;
  const people = t.taken(formatNumber(taken), formatNumber(shift.needed));
  const heard = shift.state === 'cancelled' ? t.cancelled : people;
  const partner =
    shift.partner !== null && shift.partnerPlaces > 0
      ? t.partner(nameOf(shift.partner), formatNumber(shift.partnerTaken), formatNumber(shift.partnerPlaces))
      : '';
  const missing = gap ? t.missing(formatNumber(shift.missing)) : '';
  return (
    <button
      id={`shift-${shift.id}`}
      type="button"
      className={`roster-tile${gap ? ' roster-short' : ''}${shift.state === 'cancelled' ? ' roster-off' : ''}`}
      aria-pressed={pressed}
      aria-label={[t.open(`${span} ${post(shift.post)}`), heard, missing, partner].filter(Boolean).join(' ')}
      onClick={onPress}
    >
      <b>{span}</b>
      <span>{post(shift.post)}</span>
      {shift.state === 'cancelled' ? (
        <span>{t.cancelled}</span>
      ) : (
        <span>
          {people}
          {gap && <b className="roster-gap"> {missing}</b>}
        </span>
      )}
      {partner !== '' && <span className="quiet">{partner}</span>}
    </button>
  );
}

/** Making shifts from the week, changing the week, one shift beside it. */
function MakePart({ roster, first }: { roster: Roster; first: string }) {
  const t = useText(volunteers).week;
  const [form, setForm] = useState<'patterns' | 'add' | null>(null);
  const start = first < roster.today ? roster.today : first;
  const act = useAct(
    (span: { from: string; until: string }, opId) =>
      ask(volunteerRoutes.make, { params: { id: roster.station.id }, body: { opId, ...span } }),
    { stale: [volunteersKey] },
  );
  const weekEnd = addDays(first, 6);
  return (
    <section className="roster-make" aria-label={t.make}>
      <div className="roster-line">
        <button
          type="button"
          className="tool tool-framed"
          disabled={act.isPending || weekEnd < roster.today}
          onClick={() => act.mutate({ from: start, until: weekEnd })}
        >
          {t.makeWeek}
        </button>
        <button
          type="button"
          className="tool tool-framed"
          disabled={act.isPending}
          onClick={() => act.mutate({ from: roster.today, until: addDays(roster.today, 27) })}
        >
          {t.makeTwo}
        </button>
        <button
          type="button"
          className="tool tool-framed"
          aria-pressed={form === 'patterns'}
          onClick={() => setForm(form === 'patterns' ? null : 'patterns')}
        >
          {t.patterns}
        </button>
        <button
          type="button"
          className="tool tool-framed"
          aria-pressed={form === 'add'}
          onClick={() => setForm(form === 'add' ? null : 'add')}
        >
          {t.add}
        </button>
        {act.data !== undefined && (
          <span role="status">
            {t.made(formatNumber(act.data.made), formatNumber(act.data.kept), formatNumber(act.data.outside))}
          </span>
        )}
      </div>
      <ProblemNote error={act.error} />
      {form === 'patterns' && <PatternsForm roster={roster} onDone={() => setForm(null)} />}
      {form === 'add' && <AddForm roster={roster} onDone={() => setForm(null)} />}
    </section>
  );
}

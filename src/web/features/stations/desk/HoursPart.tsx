import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { stationRoutes } from '#contract/stations.ts';
import { ask } from '#web/app/ask.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { formatDate, formatTime } from '#web/i18n/format.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { stations } from '#web/i18n/stations.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { clockOf, toText } from './hours-text.ts';
import { ExceptionForm, HoursForm } from './HoursForms.tsx';
import { stationKeys, stationWordsQuery, type StationDetail } from './queries.ts';
import { inLanguage } from '#web/i18n/language.ts';
import { shortTime } from './words.ts';

/** When it is open: the week, what differs, what warnings add, and what follows from all of it. */
export function HoursPart({ station }: { station: StationDetail }) {
  const t = useText(stations);
  const h = t.hours;
  const [form, setForm] = useState<'hours' | 'exception' | null>(null);
  return (
    <section className="stations-part stations-columns" aria-label={t.parts.hours}>
      <div>
        <h2>{h.usual}</h2>
        <Week station={station} />
        {station.mayManage && (
          <button type="button" className="tool tool-framed" onClick={() => setForm('hours')}>
            {h.edit}
          </button>
        )}
        <Rules />
      </div>
      <div>
        <h2>{h.exceptions}</h2>
        <Exceptions station={station} />
        {station.mayManage && (
          <button type="button" className="tool tool-framed" onClick={() => setForm('exception')}>
            {h.addException}
          </button>
        )}
      </div>
      <div>
        <h2>{h.coming}</h2>
        <Coming station={station} />
      </div>
      {form === 'hours' && <HoursForm station={station} onClose={() => setForm(null)} />}
      {form === 'exception' && <ExceptionForm station={station} onClose={() => setForm(null)} />}
    </section>
  );
}

function Week({ station: { hours, holidayHours } }: { station: StationDetail }) {
  const h = useText(stations).hours;
  return (
    <table className="stations-week">
      <tbody>
        {h.days.map((day, k) => (
          <tr key={day}>
            <th scope="row">{day}</th>
            <td>
              {k === 7 && !holidayHours ? (
                <span className="quiet">{h.asUsual}</span>
              ) : (
                toText(hours[k] ?? []) || <span className="quiet">{h.closedDay}</span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Exceptions({ station }: { station: StationDetail }) {
  const h = useText(stations).hours;
  const lang = languageChoice.use();
  const act = useAct(
    (exceptionId: string, opId) =>
      ask(stationRoutes.withdrawException, { params: { id: station.id, exceptionId }, body: { opId } }),
    { stale: [stationKeys.all] },
  );
  if (station.exceptions.length === 0) return <p className="quiet">{h.noExceptions}</p>;
  return (
    <>
      <ul className="stations-lines">
        {station.exceptions.map(({ id, fromDay, toDay, spans, reason, reasonEn }) => (
          <li key={id}>
            <b>{dayWords(fromDay, toDay)}</b> {spans.length === 0 ? h.closedAll : toText(spans)}
            <span className="quiet"> {inLanguage(lang, reason, reasonEn)}</span>
            {station.mayManage && (
              <button type="button" className="tool" disabled={act.isPending} onClick={() => act.mutate(id)}>
                {h.withdraw}
              </button>
            )}
          </li>
        ))}
      </ul>
      <ProblemNote error={act.error} />
    </>
  );
}

function dayWords(fromDay: string, toDay: string): string {
  const one = formatDate(`${fromDay}T00:00:00+08:00`);
  return fromDay === toDay ? one : `${one} – ${formatDate(`${toDay}T00:00:00+08:00`)}`;
}

/** What the rules make of it: what residents are told. */
function Coming({ station }: { station: StationDetail }) {
  const t = useText(stations);
  const lang = languageChoice.use();
  if (station.openings.length === 0) return <p className="quiet">{t.longClosed}</p>;
  return (
    <ul className="stations-lines">
      {station.openings.map(({ from, until, why, reason, reasonEn, extended }) => (
        <li key={from}>
          {formatTime(from)} – {shortTime(until, from)}
          <span className="quiet"> {why === 'exception' ? inLanguage(lang, reason, reasonEn) : t.hours.why[why]}</span>
          {extended !== null && (
            <span className="stations-reason">
              {t.extended(
                inLanguage(lang, extended.warningName, extended.warningNameEn),
                shortTime(extended.usualUntil, from),
              )}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

/** How long stations stay open under warnings; data, not a promise of this page. */
function Rules() {
  const h = useText(stations).hours;
  const lang = languageChoice.use();
  const words = useQuery(stationWordsQuery).data;
  if (words === undefined) return null;
  const nameOf = (code: string): string => {
    const word = words.facilities.find((one) => one.code === code);
    return word === undefined ? code : inLanguage(lang, word.name, word.nameEn);
  };
  return (
    <details className="stations-rules">
      <summary>{h.rules}</summary>
      <ul className="stations-lines">
        {words.extensions.map(({ kind, name, nameEn, leastColour, openUntil, needs, certain }) => (
          <li key={`${kind} ${leastColour}`}>
            {h.rule(
              inLanguage(lang, name, nameEn),
              h.colours[leastColour as keyof typeof h.colours] ?? leastColour,
              openUntil > 1440 ? h.nextDay(clockOf(openUntil)) : clockOf(openUntil),
            )}
            <span className="quiet">
              {needs.length > 0 && ` · ${h.needs(needs.map(nameOf).join(' / '))}`}
              {!certain && ` · ${h.draft}`}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { volunteerRoutes } from '#contract/volunteers.ts';
import { ask } from '#web/app/ask.ts';
import type { StationHead } from '#web/app/station-slots.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { volunteers } from '#web/i18n/volunteers.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { Answer, usePosts } from './Parts.tsx';
import { hoursQuery } from './queries.ts';
import { todayHere } from '#web/i18n/local-time.ts';
import { addDays } from '#kit/shanghai-days.ts';

/** Hours of a station by post; the list with names is taken out for a purpose only. */
export function HoursPart({ station, mayTake }: { station: StationHead; mayTake: boolean }) {
  const t = useText(volunteers);
  const { post } = usePosts();
  const [from, setFrom] = useState(() => addDays(todayHere(), -30));
  const [until, setUntil] = useState(todayHere);
  const query = useQuery(hoursQuery(station.id, from, until));
  return (
    <>
      <div className="roster-line">
        <label className="roster-field">
          <span>{t.hours.from}</span>
          <input type="date" value={from} onChange={({ target }) => setFrom(target.value)} />
        </label>
        <label className="roster-field">
          <span>{t.hours.until}</span>
          <input type="date" value={until} onChange={({ target }) => setUntil(target.value)} />
        </label>
      </div>
      <Answer query={query}>
        {({ rows, hours }) =>
          rows.length === 0 ? (
            <p>{t.hours.none}</p>
          ) : (
            <table className="roster-table">
              <caption>{t.hours.total(formatNumber(hours))}</caption>
              <thead>
                <tr>
                  <th scope="col">{t.form.post}</th>
                  <th scope="col">{t.hours.times}</th>
                  <th scope="col">{t.hours.value}</th>
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <tr key={row.post}>
                    <th scope="row">{post(row.post)}</th>
                    <td>{formatNumber(row.times)}</td>
                    <td>{formatNumber(row.hours)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )
        }
      </Answer>
      {mayTake && <TakeOut stationId={station.id} from={from} until={until} />}
    </>
  );
}

function TakeOut({ stationId, from, until }: { stationId: string; from: string; until: string }) {
  const t = useText(volunteers).hours;
  const [purpose, setPurpose] = useState('');
  const act = useAct(
    (wish: { from: string; until: string; purpose: string }, opId) =>
      ask(volunteerRoutes.takeOut, { params: { id: stationId }, body: { opId, ...wish } }),
    { stale: [], onDone: ({ id }) => location.assign(`/api/volunteer-exports/${id}/file`) },
  );
  return (
    <form
      className="roster-form"
      aria-label={t.take}
      onSubmit={(event) => {
        event.preventDefault();
        act.mutate({ from, until, purpose });
      }}
    >
      <p className="roster-wide">{t.lead}</p>
      <label className="roster-field roster-wide">
        <span>{t.purpose}</span>
        <input value={purpose} maxLength={200} onChange={({ target }) => setPurpose(target.value)} />
      </label>
      <button type="submit" className="tool tool-framed" disabled={act.isPending || purpose.trim().length < 4}>
        {t.send}
      </button>
      <ProblemNote error={act.error} />
    </form>
  );
}

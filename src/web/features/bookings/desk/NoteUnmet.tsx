import { useState, type FormEvent } from 'react';
import { unmetTimes, type UnmetTime } from '#contract/bookings-views.ts';
import { bookingRoutes } from '#contract/bookings.ts';
import { ask } from '#web/app/ask.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { bookings } from '#web/i18n/bookings.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { bookingKey } from './queries.ts';

/** Somebody asks at the counter for what nobody offers. */
export function NoteUnmet({ stationId }: { stationId: string }) {
  const t = useText(bookings).unmet;
  const [what, setWhat] = useState('');
  const [wanted, setWanted] = useState<UnmetTime>('any');
  const act = useAct(
    (body: { what: string; wanted: UnmetTime }, opId) =>
      ask(bookingRoutes.noteUnmet, {
        body: { opId, stationId, kind: body.wanted === 'any' ? 'no_such' : 'other_hour', ...body },
      }),
    { stale: [bookingKey], onDone: () => setWhat('') },
  );
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    act.mutate({ what, wanted });
  };
  return (
    <details className="bookings-fold">
      <summary>{t.note}</summary>
      <form className="bookings-form" onSubmit={submit}>
        <label className="form-field">
          {t.noteWhat}
          <input required minLength={2} maxLength={100} value={what} onChange={({ target }) => setWhat(target.value)} />
        </label>
        <label className="form-field">
          {t.noteWhen}
          <select
            value={wanted}
            onChange={({ target }) => setWanted(unmetTimes.find((one) => one === target.value) ?? 'any')}
          >
            {unmetTimes.map((one) => (
              <option key={one} value={one}>
                {t.times[one]}
              </option>
            ))}
          </select>
        </label>
        <ProblemNote error={act.error} />
        {act.data !== undefined && what === '' && <p role="status">{t.noted}</p>}
        <button type="submit" className="tool tool-framed" disabled={act.isPending}>
          {t.noteSend}
        </button>
      </form>
    </details>
  );
}

import { useState } from 'react';
import { forceRoutes } from '#contract/force.ts';
import { ask } from '#web/app/ask.ts';
import { mainOffice, useMe } from '#web/app/me.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { force } from '#web/i18n/force.ts';
import { formatTime } from '#web/i18n/format.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { useNamed } from './Parts.tsx';
import { forceKey, type Mine } from './queries.ts';

const stale = [forceKey];

/** One's own shifts ahead, and those one is asked to take. */
export function Shifts({ mine }: { mine: Mine }) {
  const t = useText(force).mine;
  const named = useNamed();
  const answer = useAct(
    ({ id, agree }: { id: string; agree: boolean }, opId) =>
      ask(forceRoutes.answerSwap, { params: { id }, body: { opId, agree } }),
    { stale },
  );
  return (
    <section className="force-form">
      {mine.swaps.length > 0 && <h2>{t.swaps}</h2>}
      {mine.swaps.map(({ id, from, shift }) => (
        <div key={id} className="force-tools">
          <span>{t.swapFrom(from, formatTime(shift.startsAt), named(shift))}</span>
          {([true, false] as const).map((agree) => (
            <button
              key={String(agree)}
              type="button"
              className="tool tool-framed"
              disabled={answer.isPending}
              onClick={() => answer.mutate({ id, agree })}
            >
              {agree ? t.agree : t.refuse}
            </button>
          ))}
        </div>
      ))}
      <ProblemNote error={answer.error} />
      <h2>{t.shifts}</h2>
      {mine.shifts.length === 0 && <p className="quiet">{t.noShifts}</p>}
      <ul className="force-people">
        {mine.shifts.map((shift) => (
          <li key={shift.id}>
            <div className="force-person">
              <b>{formatTime(shift.startsAt)}</b>
              <span>{named(shift)}</span>
              <span className="quiet">{shift.unitName}</span>
              <AskSwap shiftId={shift.id} colleagues={mine.colleagues} />
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

function AskSwap({ shiftId, colleagues }: { shiftId: string; colleagues: Mine['colleagues'] }) {
  const t = useText(force);
  const [open, setOpen] = useState(false);
  const act = useAct((toId: string, opId) => ask(forceRoutes.askSwap, { body: { opId, shiftId, toId } }), {
    stale,
    onDone: () => setOpen(false),
  });
  if (!open)
    return (
      <button type="button" className="link-button" onClick={() => setOpen(true)}>
        {t.mine.swap}
      </button>
    );
  return (
    <>
      <select
        aria-label={t.mine.swap}
        value=""
        disabled={act.isPending}
        onChange={({ target }) => target.value !== '' && act.mutate(target.value)}
      >
        <option value="">{t.roster.who}</option>
        {colleagues.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
      <ProblemNote error={act.error} />
    </>
  );
}

/** Addresses for the calendar of a phone: one's own shifts, or those of one's unit. */
export function Feeds({ mine }: { mine: Mine }) {
  const t = useText(force);
  const me = useMe();
  const office = me === null ? undefined : mainOffice(me);
  const add = useAct((unitId: string | null, opId) => ask(forceRoutes.addFeed, { body: { opId, unitId } }), { stale });
  const end = useAct((id: string, opId) => ask(forceRoutes.endFeed, { params: { id }, body: { opId } }), { stale });
  return (
    <section className="force-form">
      <h2>{t.mine.feeds}</h2>
      <p className="quiet">{t.mine.feedNote}</p>
      {mine.feeds.map(({ id, unitName, path }) => (
        <div key={id} className="force-tools">
          <label className="force-field force-wide">
            <span>{unitName ?? t.mine.feedOwn}</span>
            <input readOnly value={new URL(path, location.origin).href} onFocus={({ target }) => target.select()} />
          </label>
          <button type="button" className="tool" disabled={end.isPending} onClick={() => end.mutate(id)}>
            {t.mine.feedEnd}
          </button>
        </div>
      ))}
      <ProblemNote error={add.error ?? end.error} />
      <div className="force-tools">
        <button type="button" className="tool tool-framed" disabled={add.isPending} onClick={() => add.mutate(null)}>
          {t.mine.feedAdd}
        </button>
        {office?.unitKind === 'centre' && (
          <button
            type="button"
            className="tool tool-framed"
            disabled={add.isPending}
            onClick={() => add.mutate(office.unitId)}
          >
            {t.roster.feed}
          </button>
        )}
      </div>
    </section>
  );
}

import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { volunteerRoutes } from '#contract/volunteers.ts';
import { ask } from '#web/app/ask.ts';
import { useNow } from '#web/app/now.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { volunteers } from '#web/i18n/volunteers.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { OneLineForm } from './OneLineForm.tsx';
import { Answer, usePosts } from './Parts.tsx';
import { PlacesFields } from './PlacesFields.tsx';
import { peopleQuery, volunteersKey, type Roster, type Shift } from './queries.ts';
import { SignUpRow } from './SignUpRow.tsx';
import { clockOf } from '#web/i18n/local-time.ts';
import { dayWords } from './times.ts';

interface PaneProps {
  shift: Shift;
  roster: Roster;
  onClose: () => void;
}

/** One shift: who has a place, and what the head may change. */
export function ShiftPane({ shift, roster, onClose }: PaneProps) {
  const t = useText(volunteers).shift;
  const lang = languageChoice.use();
  const { post } = usePosts();
  const nowMs = useNow();
  const pane = useRef<HTMLElement>(null);
  useEffect(() => {
    pane.current?.scrollIntoView({ block: 'nearest' });
    // Whoever opened it by keyboard goes on inside it; closing leads back to the shift.
    pane.current?.focus({ preventScroll: true });
  }, []);
  const title = `${dayWords(lang, shift.day)} ${clockOf(shift.startsAt)}–${clockOf(shift.endsAt)} ${post(shift.post)}`;
  return (
    <section ref={pane} className="roster-pane" aria-label={title} tabIndex={-1}>
      <div className="roster-line">
        <h3>{title}</h3>
        <button type="button" className="tool" onClick={onClose}>
          {t.close}
        </button>
      </div>
      {shift.signUps.length === 0 && <p className="quiet">{t.nobody}</p>}
      <ul className="roster-people">
        {shift.signUps.map((one) => (
          <SignUpRow key={one.id} one={one} shift={shift} mayManage={roster.mayManage} nowMs={nowMs} />
        ))}
      </ul>
      {roster.mayManage && shift.state === 'open' && Date.parse(shift.endsAt) > nowMs && (
        <ShiftActs shift={shift} roster={roster} />
      )}
    </section>
  );
}

function ShiftActs({ shift, roster }: { shift: Shift; roster: Roster }) {
  const t = useText(volunteers).shift;
  const [form, setForm] = useState<'enter' | 'edit' | 'cancel' | null>(null);
  const open = (next: typeof form) => () => setForm(form === next ? null : next);
  const close = (): void => setForm(null);
  return (
    <>
      <div className="roster-line">
        <button type="button" className="tool tool-framed" aria-pressed={form === 'enter'} onClick={open('enter')}>
          {t.enter}
        </button>
        <button type="button" className="tool tool-framed" aria-pressed={form === 'edit'} onClick={open('edit')}>
          {t.edit}
        </button>
        <button type="button" className="tool" aria-pressed={form === 'cancel'} onClick={open('cancel')}>
          {t.cancelShift}
        </button>
      </div>
      {form === 'enter' && <EnterForm shift={shift} stationId={roster.station.id} onDone={close} />}
      {form === 'edit' && <EditForm shift={shift} roster={roster} onDone={close} />}
      {form === 'cancel' && <CancelForm shift={shift} onDone={close} />}
    </>
  );
}

function EnterForm({ shift, stationId, onDone }: { shift: Shift; stationId: string; onDone: () => void }) {
  const t = useText(volunteers).shift;
  const query = useQuery(peopleQuery(stationId));
  const [volunteerId, setVolunteerId] = useState('');
  const partnerLeft = shift.partnerPlaces - shift.partnerTaken;
  const [place, setPlace] = useState<'open' | 'partner'>(partnerLeft > 0 ? 'partner' : 'open');
  const act = useAct(
    (body: { volunteerId: string; place: 'open' | 'partner' }, opId) =>
      ask(volunteerRoutes.enter, { params: { id: shift.id }, body: { opId, ...body } }),
    { stale: [volunteersKey], onDone },
  );
  return (
    <Answer query={query}>
      {({ items }) => (
        <form
          className="roster-form"
          onSubmit={(event) => {
            event.preventDefault();
            if (volunteerId !== '') act.mutate({ volunteerId, place });
          }}
        >
          <label className="roster-field roster-wide">
            <span>{t.who}</span>
            <select value={volunteerId} onChange={({ target }) => setVolunteerId(target.value)}>
              <option value="">{t.who}</option>
              {items.map((one) => (
                <option key={one.volunteerId} value={one.volunteerId}>
                  {one.name} {one.phoneTail}
                </option>
              ))}
            </select>
          </label>
          {partnerLeft > 0 && (
            <label className="roster-check">
              <input
                type="checkbox"
                checked={place === 'partner'}
                onChange={({ target }) => setPlace(target.checked ? 'partner' : 'open')}
              />
              {t.partnerPlace}
            </label>
          )}
          <button type="submit" className="tool tool-main" disabled={volunteerId === '' || act.isPending}>
            {t.enter}
          </button>
          <ProblemNote error={act.error} />
        </form>
      )}
    </Answer>
  );
}

function EditForm({ shift, roster, onDone }: { shift: Shift; roster: Roster; onDone: () => void }) {
  const t = useText(volunteers).form;
  const { needed, most, partnerPlaces, partner } = shift;
  const [wish, setWish] = useState({ needed, most, partnerPlaces, partnerId: partner?.id ?? null });
  const act = useAct(
    (body: typeof wish, opId) =>
      ask(volunteerRoutes.edit, { params: { id: shift.id }, body: { opId, version: shift.version, ...body } }),
    { stale: [volunteersKey], onDone },
  );
  return (
    <form
      className="roster-form"
      onSubmit={(event) => {
        event.preventDefault();
        act.mutate(wish);
      }}
    >
      <PlacesFields value={wish} partners={roster.partners} onChange={setWish} />
      <button type="submit" className="tool tool-main" disabled={act.isPending}>
        {t.save}
      </button>
      <ProblemNote error={act.error} />
    </form>
  );
}

function CancelForm({ shift, onDone }: { shift: Shift; onDone: () => void }) {
  const t = useText(volunteers).shift;
  const act = useAct(
    (words: string, opId) =>
      ask(volunteerRoutes.cancel, {
        params: { id: shift.id },
        body: { opId, version: shift.version, reason: words },
      }),
    { stale: [volunteersKey], onDone },
  );
  return <OneLineForm label={t.reason} send={t.cancelShift} maxLength={200} act={act} />;
}

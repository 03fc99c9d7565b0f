import { formatDate } from '#web/i18n/format.ts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { volunteerRoutes } from '#contract/volunteers.ts';
import { ask } from '#web/app/ask.ts';
import type { StationHead } from '#web/app/station-slots.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { volunteers } from '#web/i18n/volunteers.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { OwnLink } from './OwnLink.tsx';
import { Answer } from './Parts.tsx';
import { PersonPane } from './PersonPane.tsx';
import { peopleQuery, volunteersKey, type Person } from './queries.ts';

/** Who helps here: masked, the newest first, without figures; one opens with records and certificates. */
export function PeoplePart({ station }: { station: StationHead }) {
  const t = useText(volunteers).people;
  const query = useQuery(peopleQuery(station.id));
  const [find, setFind] = useState('');
  const [openId, setOpenId] = useState<string | null>(null);
  const fits = (one: Person): boolean => find === '' || `${one.name}${one.phoneTail}`.includes(find.trim());
  return (
    <>
      <RegisterForm station={station} />
      <Answer query={query}>
        {({ items }) => (
          <>
            {items.length === 0 ? (
              <p>{t.none}</p>
            ) : (
              <label className="roster-field">
                <span>{t.find}</span>
                <input type="search" value={find} onChange={({ target }) => setFind(target.value)} />
              </label>
            )}
            <ul className="roster-people">
              {items.filter(fits).map((one) => (
                <li key={one.volunteerId} className="roster-person">
                  <div className="roster-line">
                    <strong>
                      {one.name} {one.phoneTail}
                    </strong>
                    <span className="quiet">{t.since(formatDate(one.since))}</span>
                    {one.state === 'new' && <span className="roster-mark">{t.fresh}</span>}
                    {one.sharedPhone && <span className="roster-mark">{t.shared}</span>}
                    <button
                      type="button"
                      className="tool tool-framed"
                      aria-expanded={openId === one.volunteerId}
                      onClick={() => setOpenId(openId === one.volunteerId ? null : one.volunteerId)}
                    >
                      {t.open}
                    </button>
                  </div>
                  {openId === one.volunteerId && <PersonPane station={station} volunteerId={one.volunteerId} />}
                </li>
              ))}
            </ul>
          </>
        )}
      </Answer>
    </>
  );
}

function RegisterForm({ station }: { station: StationHead }) {
  const t = useText(volunteers).people;
  const empty = { name: '', phone: '', consent: false, self: false };
  const [form, setForm] = useState(empty);
  const act = useAct(
    ({ name, phone, self }: { name: string; phone: string; self: boolean }, opId) =>
      ask(volunteerRoutes.register, {
        params: { id: station.id },
        body: { opId, name, phone, self, consent: true },
      }),
    { stale: [volunteersKey], onDone: () => setForm(empty) },
  );
  const ready = form.name.trim() !== '' && form.phone.replaceAll(/\D/g, '').length >= 7 && form.consent;
  return (
    <form
      className="roster-form"
      aria-label={t.register}
      onSubmit={(event) => {
        event.preventDefault();
        if (ready && !act.isPending) act.mutate({ name: form.name, phone: form.phone.trim(), self: form.self });
      }}
    >
      <label className="roster-field">
        <span>{t.name}</span>
        <input
          value={form.name}
          maxLength={20}
          autoComplete="off"
          onChange={({ target }) => setForm({ ...form, name: target.value })}
        />
      </label>
      <label className="roster-field">
        <span>{t.phone}</span>
        <input
          type="tel"
          value={form.phone}
          maxLength={20}
          autoComplete="off"
          onChange={({ target }) => setForm({ ...form, phone: target.value })}
        />
      </label>
      <label className="roster-check">
        <input
          type="checkbox"
          checked={form.consent}
          onChange={({ target }) => setForm({ ...form, consent: target.checked })}
        />
        {t.consent}
      </label>
      <label className="roster-check">
        <input
          type="checkbox"
          checked={form.self}
          onChange={({ target }) => setForm({ ...form, self: target.checked })}
        />
        {t.self}
      </label>
      <button type="submit" className="tool tool-main" disabled={!ready || act.isPending}>
        {t.register}
      </button>
      <ProblemNote error={act.error} />
      {act.data !== undefined && <OwnLink path={act.data.path} words={act.data.already ? t.already : t.made} />}
    </form>
  );
}

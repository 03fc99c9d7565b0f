import { useState, type FormEvent } from 'react';
import { call } from '#web/app/call.ts';
import { ProblemError } from '#web/app/problem.ts';
import { useLoad } from '#web/app/use-load.ts';
import { useText } from '#web/i18n/area.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { volunteersPublic } from '#web/i18n/volunteers-public.ts';
import { Button } from '#web/ui/light/Button.tsx';
import { ErrorNote } from '#web/ui/light/ErrorNote.tsx';
import { Field } from '#web/ui/light/Field.tsx';
import { Link } from '#web/ui/light/Link.tsx';
import { volunteerApi, type Offered, type OpenShift } from './api.ts';
import { keepLink, keptLink } from './kept.ts';
import { postName, spanWords } from './times.ts';
import { useSend } from '#web/app/use-send.ts';
import './volunteers-public.css';

const shownFirst = 6;
/** The kept link opens nothing any more: the form asks anew. */
const endedStatus: ReadonlySet<number> = new Set([404, 410]);

/** On the page of a station: shifts with a place, and the few words it takes to sign up. */
export function VolunteerSection({ station }: { station: { code: string } }) {
  const t = useText(volunteersPublic);
  const { value, error, reload } = useLoad(station.code, (signal) =>
    call(volunteerApi.shifts, { params: { code: station.code } }, { signal }),
  );
  const [chosen, setChosen] = useState<OpenShift | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const mine = keptLink();
  return (
    <section className="part" aria-label={t.heading}>
      <h2 className="part-title">{t.heading}</h2>
      <p>{t.lead}</p>
      {error !== undefined && value === undefined && <ErrorNote error={error} onRetry={reload} />}
      {done !== null && <Done path={done} />}
      {value !== undefined && (
        <Shifts
          offered={value}
          onChoose={(shift) => {
            setChosen(shift);
            setDone(null);
          }}
        />
      )}
      {chosen !== null && value !== undefined && (
        <SignUp
          key={chosen.id}
          code={station.code}
          shift={chosen}
          offered={value}
          onClose={() => setChosen(null)}
          onDone={(path) => {
            setChosen(null);
            setDone(path);
            reload();
          }}
        />
      )}
      {mine !== null && done === null && <Link to={`/v/${mine}`}>{t.mine}</Link>}
    </section>
  );
}

function Done({ path }: { path: string }) {
  const t = useText(volunteersPublic);
  return (
    <div className="note note-good" role="status">
      <div>
        <p>
          <strong>{t.signed}</strong>
        </p>
        <p>{t.keepLink}</p>
        <Link to={path} className="button button-main">
          {t.open}
        </Link>
      </div>
    </div>
  );
}

function Shifts({ offered, onChoose }: { offered: Offered; onChoose: (shift: OpenShift) => void }) {
  const t = useText(volunteersPublic);
  const lang = languageChoice.use();
  const [all, setAll] = useState(false);
  // Those that lack people first among the next ones; the rest by time.
  const items = offered.items.toSorted(
    (a, b) => Number(b.wanted) - Number(a.wanted) || a.startsAt.localeCompare(b.startsAt),
  );
  const shown = all ? items : items.slice(0, shownFirst);
  if (items.length === 0) return <p className="note">{t.none}</p>;
  return (
    <>
      <ul className="volunteer-list">
        {shown.map((one) => {
          const what = `${spanWords(lang, one)} ${postName(lang, offered.posts, one.post)}`;
          return (
            <li key={one.id} className="volunteer-row">
              <div>
                <strong>{spanWords(lang, one)}</strong>
                <p className="volunteer-soft">
                  {postName(lang, offered.posts, one.post)} · {t.left(formatNumber(one.left))}
                  {one.wanted && <span className="volunteer-mark">{t.wanted}</span>}
                </p>
              </div>
              <button
                type="button"
                className="button button-plain"
                aria-label={`${t.choose}: ${what}`}
                onClick={() => onChoose(one)}
              >
                {t.choose}
              </button>
            </li>
          );
        })}
      </ul>
      {items.length > shown.length && (
        <Button onClick={() => setAll(true)}>{t.more(formatNumber(items.length - shown.length))}</Button>
      )}
    </>
  );
}

interface SignUpProps {
  code: string;
  shift: OpenShift;
  offered: Offered;
  onClose: () => void;
  onDone: (path: string) => void;
}

/** Name, telephone, consent; whoever was here before with this device presses once. */
function SignUp({ code, shift, offered, onClose, onDone }: SignUpProps) {
  const t = useText(volunteersPublic);
  const lang = languageChoice.use();
  const [form, setForm] = useState({ name: '', phone: '', consent: false });
  const [link, setLink] = useState(keptLink);
  const { busy, error, send } = useSend(() => undefined);
  const digits = form.phone.replaceAll(/\D/g, '').length;
  const ready = link !== null || (form.name.trim() !== '' && digits >= 7 && form.consent);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!ready) return;
    const { name, phone } = form;
    void send(JSON.stringify({ link, name, phone, shift: shift.id }), async (opId) => {
      if (link !== null) {
        try {
          await call(volunteerApi.signUp, { params: { secret: link }, body: { opId, shiftId: shift.id } });
        } catch (failure) {
          if (failure instanceof ProblemError && endedStatus.has(failure.status)) {
            keepLink(null);
            setLink(null);
          }
          throw failure;
        }
        return onDone(`/v/${link}`);
      }
      const body = { opId, name, phone: phone.trim(), consent: true as const, shiftId: shift.id };
      const { path } = await call(volunteerApi.register, { params: { code }, body });
      keepLink(path.slice('/v/'.length));
      return onDone(path);
    });
  };
  const what = `${spanWords(lang, shift)} ${postName(lang, offered.posts, shift.post)}`;
  return (
    <form className="volunteer-form" onSubmit={submit} aria-label={t.chosen(what)} noValidate>
      <h3>{t.chosen(what)}</h3>
      {link === null && (
        <>
          <Field
            label={t.name}
            hint={t.nameHint}
            value={form.name}
            maxLength={20}
            autoComplete="name"
            autoFocus
            onChange={(name) => setForm({ ...form, name })}
          />
          <Field
            label={t.phone}
            hint={form.phone !== '' && digits < 7 ? t.phoneWrong : t.phoneHint}
            value={form.phone}
            type="tel"
            inputMode="tel"
            autoComplete="tel"
            maxLength={20}
            onChange={(phone) => setForm({ ...form, phone })}
          />
          <label className="volunteer-consent">
            <input
              type="checkbox"
              checked={form.consent}
              onChange={({ target }) => setForm({ ...form, consent: target.checked })}
            />
            <span>{t.consent}</span>
          </label>
        </>
      )}
      {error !== undefined && <ErrorNote error={error} />}
      <div className="volunteer-acts">
        <Button kind="main" type="submit" busy={busy !== ''} disabled={!ready}>
          {t.send}
        </Button>
        <Button onClick={onClose}>{t.cancel}</Button>
      </div>
    </form>
  );
}

import { useState, type FormEvent } from 'react';
import type { UnmetTime } from '#contract/bookings-views.ts';
import { call } from '#web/app/call.ts';
import { useText } from '#web/i18n/area.ts';
import { bookingsPublic } from '#web/i18n/bookings-public.ts';
import { Button } from '#web/ui/light/Button.tsx';
import { ChoiceTiles } from '#web/ui/light/ChoiceTiles.tsx';
import { ErrorNote } from '#web/ui/light/ErrorNote.tsx';
import { Field } from '#web/ui/light/Field.tsx';
import { bookingApi } from './api.ts';
import { useSend } from '#web/app/use-send.ts';

const times = ['any', 'weekday_day', 'weekday_evening', 'weekend'] as const satisfies readonly UnmetTime[];

export interface UnmetFormProps {
  /** Code of the station it is said to. */
  station: string;
  /** A kind that was being looked at. */
  area: string | null;
}

/** 没有我要的: one tap opens it, two answers send it. */
export function UnmetForm({ station, area }: UnmetFormProps) {
  const t = useText(bookingsPublic);
  const [open, setOpen] = useState(false);
  const [what, setWhat] = useState('');
  const [wanted, setWanted] = useState<UnmetTime>('any');
  const [phone, setPhone] = useState('');
  const [done, setDone] = useState(false);
  const { busy, error, send } = useSend();
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (what.trim().length < 2 || busy !== '') return;
    const number = phone.replaceAll(/[^0-9+]/g, '');
    const kind = wanted === 'any' ? 'no_such' : 'other_hour';
    const wish = { station, kind, area, what, wanted, phone: number === '' ? null : number } as const;
    const sent = await send(JSON.stringify(wish), (opId) => call(bookingApi.unmet, { body: { opId, ...wish } }));
    if (sent !== undefined) setDone(true);
  };
  if (done) return <p role="status">{t.unmetDone}</p>;
  if (!open)
    return (
      <Button wide icon="question" onClick={() => setOpen(true)}>
        {t.unmet}
      </Button>
    );
  return (
    <form className="book-form" aria-label={t.unmet} onSubmit={(event) => void submit(event)} noValidate>
      <p>{t.unmetLead}</p>
      <Field label={t.what} value={what} onChange={setWhat} maxLength={100} placeholder={t.whatHint} autoFocus />
      <ChoiceTiles
        label={t.when}
        choices={times.map((value) => ({ value, words: t.times[value] }))}
        value={wanted}
        onChange={setWanted}
      />
      <Field
        label={t.unmetPhone}
        value={phone}
        onChange={setPhone}
        optional
        type="tel"
        inputMode="tel"
        maxLength={20}
        hint={t.unmetPhoneHint}
      />
      {error !== undefined && <ErrorNote error={error} />}
      <Button kind="main" wide type="submit" busy={busy !== ''} disabled={what.trim().length < 2}>
        {t.unmetSend}
      </Button>
    </form>
  );
}

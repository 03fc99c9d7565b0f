import { useState } from 'react';
import { call } from '#web/app/call.ts';
import { taskApi } from '#web/app/task-api.ts';
import { agency } from '#web/i18n/agency.ts';
import { useText } from '#web/i18n/area.ts';
import { Button } from '#web/ui/light/Button.tsx';
import { ErrorNote } from '#web/ui/light/ErrorNote.tsx';
import { Field } from '#web/ui/light/Field.tsx';
import { forget, opIdFor } from './kept.ts';

/** Asks once who holds the phone: what is done behind the link is done by somebody. */
export function Introduce({ secret, onDone }: { secret: string; onDone: () => void }) {
  const t = useText(agency).introduce;
  const [name, setName] = useState('');
  const [phone, setPhone] = useState('');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const wrong = {
    name: [...name.trim()].length < 2 ? t.needName : undefined,
    phone: /^[0-9+\- ]{3,20}$/.test(phone.trim()) ? undefined : t.needPhone,
  };
  const submit = async (): Promise<void> => {
    setTried(true);
    if (wrong.name !== undefined || wrong.phone !== undefined) return;
    const body = { name: name.trim(), phone: phone.trim() };
    setBusy(true);
    setError(undefined);
    try {
      const opId = opIdFor(secret, 'introduce', body.name);
      await call(taskApi.introduce, { params: { secret }, body: { opId, ...body } });
      forget(secret, 'introduce');
      onDone();
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      className="part"
      aria-label={t.title}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <h2 className="part-title">{t.title}</h2>
      <p className="field-hint">{t.why}</p>
      <Field
        label={t.name}
        value={name}
        onChange={setName}
        autoComplete="name"
        maxLength={30}
        error={tried ? wrong.name : undefined}
      />
      <Field
        label={t.phone}
        value={phone}
        onChange={setPhone}
        type="tel"
        inputMode="tel"
        autoComplete="tel"
        maxLength={20}
        error={tried ? wrong.phone : undefined}
      />
      {error !== undefined && <ErrorNote error={error} />}
      <Button kind="main" wide type="submit" busy={busy}>
        {t.go}
      </Button>
    </form>
  );
}

import { useState } from 'react';
import { call } from '#web/app/call.ts';
import { setCsrfToken } from '#web/app/session.ts';
import { sessionApi } from '#web/field/field-api.ts';
import { enter, signOutField } from '#web/field/field-app.ts';
import { useText } from '#web/i18n/area.ts';
import { field } from '#web/i18n/field.ts';
import { Button } from '#web/ui/light/Button.tsx';
import { ErrorNote } from '#web/ui/light/ErrorNote.tsx';
import { Field } from '#web/ui/light/Field.tsx';
import { useHolder } from '#web/field/use-field.ts';

/** A one-time password opens nothing but this page. */
export function ChangePasswordPage() {
  const t = useText(field);
  const { account } = useHolder();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const different = again !== '' && again !== next;
  const submit = async (): Promise<void> => {
    if (different || next === '') return;
    setBusy(true);
    try {
      const { csrfToken } = await call(sessionApi.changePassword, { body: { current, next } });
      setCsrfToken(csrfToken);
      await enter({ ...account, mustChangePassword: false });
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };
  return (
    <div className="field-page">
      <main id="main" className="door">
        <h1>{t.signIn.changeHeading}</h1>
        <p>{t.signIn.changeLead}</p>
        <form
          className="card stack"
          onSubmit={(event) => {
            event.preventDefault();
            void submit();
          }}
        >
          <Field
            label={t.signIn.current}
            type="password"
            autoComplete="current-password"
            value={current}
            onChange={setCurrent}
          />
          <Field label={t.signIn.next1} type="password" autoComplete="new-password" value={next} onChange={setNext} />
          <Field
            label={t.signIn.next2}
            type="password"
            autoComplete="new-password"
            value={again}
            onChange={setAgain}
            {...(different ? { error: t.signIn.different } : {})}
          />
          {error !== undefined && <ErrorNote error={error} />}
          <Button kind="main" type="submit" wide busy={busy}>
            {t.signIn.change}
          </Button>
          <Button kind="quiet" onClick={() => void signOutField()}>
            {t.me.signOut}
          </Button>
        </form>
      </main>
    </div>
  );
}

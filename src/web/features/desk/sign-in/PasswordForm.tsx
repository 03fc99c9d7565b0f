import { Button, Input } from 'antd';
import { useState, type FormEvent } from 'react';
import { sessionRoutes } from '#contract/identity.ts';
import { call } from '#web/app/call.ts';
import { setCsrfToken } from '#web/app/session.ts';
import { useText } from '#web/i18n/area.ts';
import { desk } from '#web/i18n/desk.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';

/** A new password. `current`: known already when it was just typed at sign-in. */
export function PasswordForm({ current: known, onDone }: { current?: string; onDone: () => void }) {
  const t = useText(desk).signIn;
  const [current, setCurrent] = useState(known ?? '');
  const [next, setNext] = useState('');
  const [repeat, setRepeat] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const differs = repeat !== '' && repeat !== next;
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (differs) return;
    setBusy(true);
    setError(null);
    try {
      setCsrfToken((await call(sessionRoutes.changePassword, { body: { current, next } })).csrfToken);
      onDone();
    } catch (refusal) {
      setError(refusal);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form className="form" onSubmit={(event) => void submit(event)}>
      {known !== undefined && (
        <div>
          <h2 className="form-title">{t.changeTitle}</h2>
          <p className="quiet">{t.changeHint}</p>
        </div>
      )}
      {known === undefined && (
        <Field label={t.current} value={current} onChange={setCurrent} complete="current-password" />
      )}
      <Field label={t.next} value={next} onChange={setNext} complete="new-password" />
      <Field label={t.repeat} value={repeat} onChange={setRepeat} complete="new-password" />
      {differs && (
        <p className="note note-bad" role="alert">
          {t.differs}
        </p>
      )}
      <ProblemNote error={error} />
      <Button type="primary" htmlType="submit" size="large" block loading={busy}>
        {t.change}
      </Button>
    </form>
  );
}

interface FieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  complete: string;
}

function Field({ label, value, onChange, complete }: FieldProps) {
  return (
    <label className="form-field">
      {label}
      <Input.Password
        value={value}
        onChange={(event) => onChange(event.target.value)}
        autoComplete={complete}
        required
      />
    </label>
  );
}

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Input, type InputRef } from 'antd';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { sessionRoutes } from '#contract/identity.ts';
import { call } from '#web/app/call.ts';
import { meQuery, type Me } from '#web/app/me.ts';
import { setCsrfToken } from '#web/app/session.ts';
import { desk } from '#web/i18n/desk.ts';
import { useText } from '#web/i18n/area.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { DemoAccounts } from './DemoAccounts.tsx';
import { PasswordForm } from './PasswordForm.tsx';

type Step = { at: 'password' } | { at: 'code'; pendingToken: string } | { at: 'change'; current: string };

/** Name and password, the second factor when there is one, a new password when one is demanded. */
export function SignInForm({ returnTo, onDone }: { returnTo: string; onDone: (me: Me) => void }) {
  const t = useText(desk).signIn;
  const client = useQueryClient();
  const [step, setStep] = useState<Step>({ at: 'password' });
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const codeField = useRef<InputRef>(null);
  const oidcName = useQuery(meQuery).data?.oidcName ?? null;

  useEffect(() => {
    if (step.at === 'code') codeField.current?.focus();
  }, [step.at]);

  const attempt = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      await work();
    } catch (refusal) {
      setError(refusal);
    } finally {
      setBusy(false);
    }
  };
  const finish = async (): Promise<void> => {
    const { account } = await client.fetchQuery({ ...meQuery, staleTime: 0 });
    if (account !== null) onDone(account);
  };
  const take = async (
    result: Awaited<ReturnType<typeof call<typeof sessionRoutes.signIn>>>,
    typed: string,
  ): Promise<void> => {
    if (result.state === 'second_factor_needed') return setStep({ at: 'code', pendingToken: result.pendingToken });
    setCsrfToken(result.csrfToken);
    if (result.mustChangePassword) return setStep({ at: 'change', current: typed });
    await finish();
  };
  const signIn = (name: string, secret: string): Promise<void> =>
    attempt(async () => take(await call(sessionRoutes.signIn, { body: { login: name, password: secret } }), secret));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (step.at === 'password') void signIn(login, password);
    if (step.at === 'code')
      void attempt(async () =>
        take(await call(sessionRoutes.confirmSignIn, { body: { pendingToken: step.pendingToken, code } }), password),
      );
  };

  if (step.at === 'change') return <PasswordForm current={step.current} onDone={() => void attempt(finish)} />;
  return (
    <form className="form" onSubmit={submit}>
      {step.at === 'password' ? (
        <>
          <label className="form-field">
            {t.login}
            <Input
              value={login}
              onChange={(event) => setLogin(event.target.value)}
              autoComplete="username"
              autoCapitalize="none"
              spellCheck={false}
              required
            />
          </label>
          <label className="form-field">
            {t.password}
            <Input.Password
              value={password}
              onChange={(event) => setPassword(event.target.value)}
              autoComplete="current-password"
              required
            />
          </label>
        </>
      ) : (
        <label className="form-field">
          {t.codeTitle}
          <Input
            ref={codeField}
            value={code}
            onChange={(event) => setCode(event.target.value)}
            autoComplete="one-time-code"
            inputMode="numeric"
            required
          />
          <small>{t.codeHint}</small>
        </label>
      )}
      <ProblemNote error={error} />
      <Button type="primary" htmlType="submit" size="large" block loading={busy}>
        {step.at === 'password' ? t.submit : t.confirm}
      </Button>
      {step.at === 'code' && (
        <Button type="link" onClick={() => setStep({ at: 'password' })}>
          {t.back}
        </Button>
      )}
      {step.at === 'password' && oidcName !== null && (
        <>
          <p className="or">{t.or}</p>
          <Button size="large" block href={`/api/oidc/start?returnTo=${encodeURIComponent(returnTo)}`}>
            {t.oidc(oidcName)}
          </Button>
        </>
      )}
      {step.at === 'password' && <DemoAccounts onChoose={(name, secret) => void signIn(name, secret)} busy={busy} />}
    </form>
  );
}

import { useText } from '#web/i18n/area.ts';
import { field } from '#web/i18n/field.ts';
import { Button } from '#web/ui/light/Button.tsx';
import { ErrorNote } from '#web/ui/light/ErrorNote.tsx';
import { Field } from '#web/ui/light/Field.tsx';
import type { SignIn } from './use-sign-in.ts';

export function SignInForm({ signIn }: { signIn: SignIn }) {
  const t = useText(field).signIn;
  const second = signIn.pendingToken !== null;
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void signIn.submit();
      }}
    >
      {second ? (
        <Field
          key="code"
          label={t.code}
          hint={t.codeHint}
          value={signIn.code}
          maxLength={20}
          autoComplete="one-time-code"
          inputMode="text"
          onChange={(code) => signIn.set({ code })}
        />
      ) : (
        <>
          <Field
            label={t.login}
            value={signIn.login}
            maxLength={100}
            autoComplete="username"
            onChange={(login) => signIn.set({ login })}
          />
          <Field
            label={t.password}
            type="password"
            value={signIn.password}
            maxLength={200}
            autoComplete="current-password"
            onChange={(password) => signIn.set({ password })}
          />
        </>
      )}
      {signIn.error !== undefined && <ErrorNote error={signIn.error} />}
      <Button kind="main" type="submit" wide busy={signIn.busy}>
        {t.go}
      </Button>
      {second && (
        <Button kind="quiet" onClick={signIn.startOver}>
          {t.back}
        </Button>
      )}
    </form>
  );
}

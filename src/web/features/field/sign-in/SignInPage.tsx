import { useState } from 'react';
import { call } from '#web/app/call.ts';
import { useLoad } from '#web/app/use-load.ts';
import { demoApi } from '#web/field/field-api.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { field } from '#web/i18n/field.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { Logo } from '#web/ui/icons/Logo.tsx';
import { Button } from '#web/ui/light/Button.tsx';
import { ToastPlace } from '#web/ui/light/Toast.tsx';
import { Switches } from '../me/Switches.tsx';
import { useOnline } from '#web/field/use-field.ts';
import { SignInForm } from './SignInForm.tsx';
import { useSignIn, type SignIn } from './use-sign-in.ts';

/** Accounts of the demo that work in the field come first. */
const fieldLogins = ['wangge', 'chengguan', 'quchengguan', 'hecha', 'shequ', 'zhiyuan', 'zhanzhang'];

export function SignInPage() {
  const t = useText(field).signIn;
  const signIn = useSignIn();
  const online = useOnline();
  return (
    <div className="field-page">
      <main id="main" className="door">
        <div className="door-head">
          <Logo size={64} />
          <h1>{useText(field).title}</h1>
          <p>{t.lead}</p>
        </div>
        {!online && (
          <p className="note note-warn" aria-live="polite">
            {t.needNetwork}
          </p>
        )}
        <section className="card">
          <SignInForm signIn={signIn} />
          <OtherDoor />
        </section>
        {signIn.pendingToken === null && <DemoAccounts signIn={signIn} />}
        <Switches />
      </main>
      <ToastPlace />
    </div>
  );
}

const loadDemo = (signal: AbortSignal) => call(demoApi.demo, {}, { signal });

function OtherDoor() {
  const t = useText(field).signIn;
  const oidc = useLoad('demo', loadDemo).value?.oidc;
  if (oidc === null || oidc === undefined) return null;
  return (
    <a className="button button-plain button-wide" href="/api/oidc/start?returnTo=/field">
      {t.oidc(oidc.name)}
    </a>
  );
}

function DemoAccounts({ signIn }: { signIn: SignIn }) {
  const t = useText(field).signIn;
  useText(common);
  const language = languageChoice.use();
  const [all, setAll] = useState(false);
  const { value } = useLoad('demo', loadDemo);
  if (value === undefined || !value.demo || value.password === null) return null;
  const { password } = value;
  const first = value.accounts.filter(({ login }) => fieldLogins.includes(login));
  const shown = all ? value.accounts : first;
  return (
    <section className="card" aria-label={t.demo}>
      <h2>{t.demo}</h2>
      <ul className="plain-list">
        {shown.map(({ login, name, nameEn }) => (
          <li key={login}>
            <button
              type="button"
              className="row-button"
              disabled={signIn.busy}
              onClick={() => void signIn.submit({ login, password })}
            >
              <strong>{login}</strong>
              <small>{language === 'zh' ? name : nameEn}</small>
            </button>
          </li>
        ))}
      </ul>
      {!all && (
        <Button kind="quiet" onClick={() => setAll(true)}>
          {t.demoMore}
        </Button>
      )}
    </section>
  );
}

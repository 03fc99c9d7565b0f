import { signInSheet } from '#web/field/field-app.ts';
import { useText } from '#web/i18n/area.ts';
import { field } from '#web/i18n/field.ts';
import { Sheet } from '#web/ui/light/Sheet.tsx';
import { useHolder } from '#web/field/use-field.ts';
import { SignInForm } from './SignInForm.tsx';
import { useSignIn } from './use-sign-in.ts';

/** The session has expired: the door lies over the page, which stays as it is. */
export function SignInSheet() {
  const t = useText(field).signIn;
  const { account } = useHolder();
  const signIn = useSignIn(account.login);
  return (
    <Sheet title={t.sheet} onClose={() => signInSheet.set(false)}>
      <div className="stack">
        <p className="hint">{t.sheetLead}</p>
        <SignInForm signIn={signIn} />
      </div>
    </Sheet>
  );
}

import { useText } from '#web/i18n/area.ts';
import { desk } from '#web/i18n/desk.ts';
import { Go, useGo } from '#web/app/Go.tsx';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { PasswordForm } from './sign-in/PasswordForm.tsx';

/** No such address. */
export function DeskNothing() {
  const t = useText(desk).problem;
  return (
    <div className="plain-page">
      <h1>{t.notFound}</h1>
      <Go href="/desk">{t.toDesk}</Go>
    </div>
  );
}

/** A page failed while showing itself. */
export function DeskFailure({ error, reset }: { error: unknown; reset: () => void }) {
  const t = useText(desk).problem;
  return (
    <div className="plain-page">
      <h1>{t.crashed}</h1>
      <ProblemNote error={error} onRetry={reset} />
      <a href="/desk">{t.toDesk}</a>
    </div>
  );
}

export function PasswordPage() {
  const t = useText(desk).bar;
  const go = useGo();
  return (
    <div className="plain-page">
      <h1>{t.password}</h1>
      <PasswordForm onDone={() => go('/desk')} />
    </div>
  );
}

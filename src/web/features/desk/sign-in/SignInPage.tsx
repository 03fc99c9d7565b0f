import { useQueryClient } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { desk } from '#web/i18n/desk.ts';
import { useGo } from '#web/app/Go.tsx';
import { Logo } from '#web/ui/icons/Logo.tsx';
import { LookButtons } from '../shell/LookButtons.tsx';
import { SignInForm } from './SignInForm.tsx';
import './sign-in.css';

/** The door of the desk. */
export function SignInPage() {
  const t = useText(desk);
  const c = useText(common);
  const go = useGo();
  const client = useQueryClient();
  const returnTo = safeReturn(useSearch({ strict: false }));
  return (
    <main className="door" id="main">
      <section className="door-side">
        <Logo size={72} />
        <p className="door-name">{c.name}</p>
        <p className="door-motto">{t.signIn.motto}</p>
        <Roots />
      </section>
      <section className="door-form">
        <div className="door-look">
          <LookButtons />
        </div>
        <h1>{t.signIn.title}</h1>
        <SignInForm
          returnTo={returnTo}
          onDone={() => {
            client.removeQueries({
              predicate: (query) => query.queryKey[0] !== 'session' && query.queryKey[0] !== 'demo',
            });
            // The big screen is a face of its own: it is loaded, not shown by the desk.
            if (returnTo.startsWith('/screen')) location.replace(returnTo);
            else go(returnTo, { replace: true });
          }}
        />
        <a className="door-resident" href="/">
          {t.signIn.resident}
        </a>
      </section>
    </main>
  );
}

/** Only addresses of the desk itself and of the big screen, so that a link cannot lead elsewhere after signing in. */
export function safeReturn(search: { returnTo?: unknown }): string {
  const wish = search.returnTo;
  return typeof wish === 'string' && /^\/(desk|screen)(\/(?!sign-in)|\?|$)/.test(wish) ? wish : '/desk';
}

/** Roots that take hold of the ground as streets do. Decorative. */
function Roots() {
  return (
    <svg
      className="door-roots"
      viewBox="0 0 400 240"
      aria-hidden="true"
      focusable="false"
      preserveAspectRatio="xMidYMax slice"
    >
      <g fill="none" stroke="currentColor" strokeWidth="2.5" strokeLinecap="round" strokeLinejoin="round">
        <path d="M200 0v60M200 60q0 22-24 28l-56 14q-24 6-24 30v108M200 60q0 22 24 28l56 14q24 6 24 30v108" />
        <path d="M188 52v40q0 18-14 24l-14 8v116M212 52v40q0 18 14 24l14 8v116M200 60v180" />
        <path d="M96 150H40q-16 0-16 16v74M304 150h56q16 0 16 16v74M96 180h-28v60M304 180h28v60M0 214h400M60 190h280" />
      </g>
    </svg>
  );
}

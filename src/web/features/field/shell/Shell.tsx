import { useEffect, type ReactNode } from 'react';
import { presence, signInSheet } from '#web/field/field-app.ts';
import { useHomePage, type FieldPage } from '#web/field/field-page.ts';
import { newVersion } from '#web/field/register-worker.ts';
import { textOf, useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { field } from '#web/i18n/field.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { Icon } from '#web/ui/icons/Icon.tsx';
import type { IconName } from '#web/ui/icons/drawings.ts';
import { Link } from '#web/ui/light/Link.tsx';
import { ToastPlace } from '#web/ui/light/Toast.tsx';
import { fieldPaths } from '../paths.ts';
import { SignInSheet } from '../sign-in/SignInSheet.tsx';
import { useHolder, useOnline, useOutbox } from '#web/field/use-field.ts';

/** What lies around every page: what is unsent, whether there is a signal, the four places to go. */
export function Shell({ path, children }: { path: string; children: ReactNode }) {
  const t = useText(common);
  const words = useText(field);
  const sheet = signInSheet.use();
  const home = useHomePage(useHolder().account.permissions);
  const isHome = home !== undefined && (path === fieldPaths.today || path.startsWith(home.path));
  useEffect(() => {
    document.title = words.title;
  }, [words.title]);
  useEffect(() => {
    // After a change of page, focus starts at its top, as it would after loading.
    if (document.activeElement instanceof HTMLElement && document.activeElement !== document.body)
      document.getElementById('main')?.focus({ preventScroll: true });
  }, [path]);
  return (
    <div className={`field-page${isHome ? ' field-page-wide' : ''}`}>
      <a className="skip" href="#main">
        {t.skipToMain}
      </a>
      <Bars />
      <main id="main" tabIndex={-1}>
        {children}
      </main>
      <BottomBar path={path} home={home} />
      {sheet && <SignInSheet />}
      <ToastPlace />
    </div>
  );
}

/** One line each, only when there is something to say. */
function Bars() {
  const t = useText(field).bar;
  const online = useOnline();
  const outbox = useOutbox();
  const update = newVersion.use();
  const expired = presence.use().state === 'expired';
  const refused = outbox.commands.filter((command) => command.refusal !== null).length;
  const waiting = outbox.commands.length - refused;
  return (
    <div className="bars" aria-live="polite">
      {!online && (
        <p className="bar bar-offline">
          <Icon name="cloudOff" />
          {t.offline}
        </p>
      )}
      {expired && (
        <button type="button" className="bar bar-warn" onClick={() => signInSheet.set(true)}>
          <Icon name="warning" />
          {t.expired}
        </button>
      )}
      {refused > 0 && (
        <Link to={fieldPaths.sent} className="bar bar-warn">
          <Icon name="question" />
          {t.decide(refused)}
        </Link>
      )}
      {waiting > 0 && (
        <Link to={fieldPaths.sent} className="bar bar-unsent">
          <Icon name={outbox.state === 'sending' ? 'send' : 'clock'} />
          <span data-unsent={outbox.commands.length}>
            {t.unsent(waiting)}
            {outbox.state === 'sending' ? ` · ${t.sending}` : ''}
          </span>
        </Link>
      )}
      {update !== null && (
        <button type="button" className="bar bar-good" onClick={update}>
          <Icon name="again" />
          {t.newVersion}
        </button>
      )}
    </div>
  );
}

const listPaths: readonly string[] = [fieldPaths.today, fieldPaths.events, fieldPaths.visits, fieldPaths.rounds];

function BottomBar({ path, home }: { path: string; home: FieldPage | undefined }) {
  const t = useText(field).nav;
  const language = languageChoice.use();
  const unsent = useOutbox().commands.length;
  return (
    <nav className="bottom" aria-label={t.label}>
      {home === undefined ? (
        <NavItem to={fieldPaths.today} icon="home" words={t.today} here={listPaths.includes(path)} />
      ) : (
        <NavItem
          to={home.path}
          icon={home.icon}
          words={textOf(home.title, language) as string}
          here={path === fieldPaths.today || path.startsWith(home.path)}
        />
      )}
      <NavItem to={fieldPaths.report} icon="camera" words={t.report} here={path === fieldPaths.report} main />
      <NavItem
        to={fieldPaths.sent}
        icon="send"
        words={t.sent}
        here={path.startsWith(fieldPaths.sent)}
        {...(unsent > 0 ? { count: unsent } : {})}
      />
      <NavItem to={fieldPaths.me} icon="people" words={t.me} here={path === fieldPaths.me} />
    </nav>
  );
}

interface NavItemProps {
  to: string;
  icon: IconName;
  words: string;
  here: boolean;
  main?: boolean;
  count?: number;
}

function NavItem({ to, icon, words, here, main = false, count }: NavItemProps) {
  return (
    <span className={`bottom-item${main ? ' bottom-main' : ''}${here ? ' bottom-here' : ''}`}>
      <Link to={to} className="bottom-link">
        <span className="bottom-icon">
          <Icon name={icon} size={main ? 30 : 26} />
          {count !== undefined && <span className="bottom-count">{count}</span>}
        </span>
        {words}
      </Link>
    </span>
  );
}

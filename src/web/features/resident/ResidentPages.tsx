import { Suspense, useEffect, type ComponentType, type ReactNode } from 'react';
import { usePath } from '#web/app/address.ts';
import { displayMode, theme } from '#web/app/preferences.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { resident } from '#web/i18n/resident.ts';
import { Icon } from '#web/ui/icons/Icon.tsx';
import { Logo } from '#web/ui/icons/Logo.tsx';
import { Link } from '#web/ui/light/Link.tsx';
import { Skeleton } from '#web/ui/light/Skeleton.tsx';
import { ToastPlace } from '#web/ui/light/Toast.tsx';
import { AboutPage } from './AboutPage.tsx';
import { LandingPage } from './LandingPage.tsx';
import { ReceiptPage } from './receipt/ReceiptPage.tsx';
import { reportPaths } from './report/paths.ts';
import { ReportPage } from './report/ReportPage.tsx';
import { SentPage } from './report/SentPage.tsx';
import { UnsentNotes } from './report/UnsentNotes.tsx';

/** A page of another feature behind a secret link, shown in the same light frame. */
export interface LinkPage {
  /** Its first group is the secret. */
  path: RegExp;
  Page: ComponentType<{ secret: string }>;
}

/** Every page a resident sees, chosen by the address; and those of others who come by a link. */
export function ResidentPages({ links }: { links: readonly LinkPage[] }) {
  const path = usePath();
  for (const { path: ours, Page } of links) {
    const secret = ours.exec(path)?.[1];
    if (secret !== undefined)
      return (
        <Shell path={path}>
          <Suspense fallback={<Skeleton lines={5} />}>
            <Page key={secret} secret={secret} />
          </Suspense>
        </Shell>
      );
  }
  return (
    <Shell path={path}>
      <UnsentNotes />
      <PageAt path={path} />
    </Shell>
  );
}

function PageAt({ path }: { path: string }) {
  const secret = /^\/r\/([A-Za-z0-9_-]{20,100})\/?$/.exec(path)?.[1];
  if (secret !== undefined) return <ReceiptPage key={secret} secret={secret} />;
  if (path === reportPaths.sent) return <SentPage />;
  if (path.startsWith(reportPaths.what)) return <ReportPage path={path} />;
  if (path === '/about') return <AboutPage />;
  return <LandingPage />;
}

function Shell({ path, children }: { path: string; children: ReactNode }) {
  const t = useText(common);
  useEffect(() => {
    // After a change of page, focus starts at its top, as it would after loading.
    if (document.activeElement instanceof HTMLElement && document.activeElement !== document.body)
      document.getElementById('main')?.focus({ preventScroll: true });
  }, [path]);
  return (
    <div className="page">
      <a className="skip" href="#main">
        {t.skipToMain}
      </a>
      <header className="page-head">
        <Link to="/" className="brand">
          <Logo />
          <span>{t.name}</span>
        </Link>
        <Switches />
      </header>
      <main id="main" tabIndex={-1}>
        {children}
      </main>
      <footer className="page-foot">
        <Link to="/about">{useText(resident).landing.about}</Link>
        <ThemeSwitch />
      </footer>
      <ToastPlace />
    </div>
  );
}

function Switches() {
  const t = useText(common);
  const language = languageChoice.use();
  const mode = displayMode.use();
  return (
    <div className="switches">
      <button type="button" className="switch" onClick={() => displayMode.set(mode === 'elder' ? 'normal' : 'elder')}>
        <Icon name="letters" size="1.3em" />
        {mode === 'elder' ? t.elderOff : t.elderOn}
      </button>
      <button
        type="button"
        className="switch"
        lang={language === 'zh' ? 'en' : 'zh-CN'}
        onClick={() => languageChoice.set(language === 'zh' ? 'en' : 'zh')}
      >
        {t.otherLanguage}
      </button>
    </div>
  );
}

function ThemeSwitch() {
  const t = useText(common);
  const now = theme.use();
  return (
    <button type="button" className="switch" onClick={() => theme.set(now === 'dark' ? 'light' : 'dark')}>
      <Icon name={now === 'dark' ? 'sun' : 'moon'} size="1.2em" />
      {now === 'dark' ? t.light : t.dark}
    </button>
  );
}

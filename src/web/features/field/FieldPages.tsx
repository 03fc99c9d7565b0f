import { Suspense, useMemo } from 'react';
import { usePath } from '#web/app/address.ts';
import { isActVerb } from '#web/field/field-api.ts';
import { presence } from '#web/field/field-app.ts';
import { FieldPagesContext, useBesidePages, useHomePage, type FieldPage } from '#web/field/field-page.ts';
import { HolderContext, useHolder } from '#web/field/use-field.ts';
import { verbs } from '#contract/events-words.ts';
import { Skeleton } from '#web/ui/light/Skeleton.tsx';
import { ActPage } from './act/ActPage.tsx';
import { InspectPage } from './day/InspectPage.tsx';
import { VisitPage } from './day/VisitPage.tsx';
import { EventPage } from './event/EventPage.tsx';
import { MePage } from './me/MePage.tsx';
import { ConflictPage } from './outbox/ConflictPage.tsx';
import { OutboxPage } from './outbox/OutboxPage.tsx';
import { fieldPaths } from './paths.ts';
import { ReportPage } from './report/ReportPage.tsx';
import { Shell } from './shell/Shell.tsx';
import { ChangePasswordPage } from './sign-in/ChangePasswordPage.tsx';
import { SignInPage } from './sign-in/SignInPage.tsx';
import { TodayPage } from './today/TodayPage.tsx';

/** Every page of the field app, chosen by the address; `pages`: those of other features, shown in the same frame. */
export function FieldPages({ pages }: { pages: readonly FieldPage[] }) {
  const now = presence.use();
  const path = usePath();
  const holder = useMemo(
    () => ('account' in now ? { account: now.account, runner: now.runner } : null),
    // Only a change of person or of their rights makes it another holder.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    ['account' in now ? now.account : null, 'runner' in now ? now.runner : null],
  );
  if (now.state === 'starting') return <Skeleton lines={6} />;
  if (holder === null) return <SignInPage />;
  return (
    <FieldPagesContext value={pages}>
      <HolderContext value={holder}>
        {holder.account.mustChangePassword ? (
          <ChangePasswordPage />
        ) : (
          <Shell path={path}>
            <PageOrOther path={path} />
          </Shell>
        )}
      </HolderContext>
    </FieldPagesContext>
  );
}

function PageOrOther({ path }: { path: string }) {
  const { permissions } = useHolder().account;
  const home = useHomePage(permissions);
  const beside = useBesidePages(permissions).find((page) => path.startsWith(page.path));
  if (beside !== undefined)
    return (
      <Suspense fallback={<Skeleton lines={6} />}>
        <beside.Page path={path} />
      </Suspense>
    );
  if (home === undefined || (path !== fieldPaths.today && !path.startsWith(home.path))) return <PageAt path={path} />;
  return (
    <Suspense fallback={<Skeleton lines={6} />}>
      <home.Page path={path} />
    </Suspense>
  );
}

function PageAt({ path }: { path: string }) {
  const [, , part, id, verbWord] = path.split('/');
  if (part === 'report') return <ReportPage />;
  if (part === 'me') return <MePage />;
  if (part === 'sent' && id !== undefined && id !== '') return <ConflictPage key={id} opId={id} />;
  if (path.startsWith(fieldPaths.sent)) return <OutboxPage />;
  if (part === 'e' && id !== undefined) {
    const verb = verbs.find((word) => word === verbWord);
    if (verb !== undefined && isActVerb(verb)) return <ActPage key={path} id={id} verb={verb} />;
    return <EventPage key={id} id={id} />;
  }
  if (part === 'v' && id !== undefined) return <VisitPage key={id} id={id} />;
  if (part === 'i' && id !== undefined) return <InspectPage key={id} id={id} />;
  return <TodayPage key={part} show={part === 'events' || part === 'visits' || part === 'rounds' ? part : 'all'} />;
}

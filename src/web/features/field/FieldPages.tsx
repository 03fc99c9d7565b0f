import { useMemo } from 'react';
import { usePath } from '#web/app/address.ts';
import { isActVerb } from '#web/field/field-api.ts';
import { presence } from '#web/field/field-app.ts';
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
import { HolderContext } from './use-field.ts';

/** Every page of the field app, chosen by the address. */
export function FieldPages() {
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
    <HolderContext value={holder}>
      {holder.account.mustChangePassword ? (
        <ChangePasswordPage />
      ) : (
        <Shell path={path}>
          <PageAt path={path} />
        </Shell>
      )}
    </HolderContext>
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

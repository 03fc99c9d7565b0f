import { useQueryClient } from '@tanstack/react-query';
import { Outlet } from '@tanstack/react-router';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useDeskSlots } from '#web/app/desk-slots.ts';
import { useGo } from '#web/app/Go.tsx';
import { may, useMe } from '#web/app/me.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { Counts } from './Counts.tsx';
import { useLiveConnection } from './live-store.ts';
import { Pulses } from './Pulses.tsx';
import { useShortcuts } from '#web/app/shortcuts.ts';
import { TopBar, type MenuEntry, type PageEntry } from './TopBar.tsx';
import './shell.css';

const ShortcutSheet = lazy(async () => ({ default: (await import('./ShortcutSheet.tsx')).ShortcutSheet }));

/** The frame of every page behind the door. */
export function Shell({ admin, pages }: { admin: readonly MenuEntry[]; pages: readonly PageEntry[] }) {
  const { strips } = useDeskSlots();
  const me = useMe();
  const c = useText(common);
  const go = useGo();
  const client = useQueryClient();
  const [help, setHelp] = useState(false);
  const units = useMemo(() => (me?.appointments ?? []).filter((one) => one.live).map((one) => one.unitId), [me]);
  useLiveConnection(client, units, me?.id ?? '');
  useShortcuts({
    '?': () => setHelp(true),
    '/': () => dispatchEvent(new Event('huangge:search')),
    n: may(me, 'event.report') ? () => go('/desk/new') : undefined,
  });
  if (me === null) return null;
  return (
    <div className="shell">
      <a className="skip" href="#main">
        {c.skipToMain}
      </a>
      <TopBar me={me} admin={admin} pages={pages} onHelp={() => setHelp(true)} />
      {may(me, 'event.read') && <Counts />}
      <div className="shell-calls">
        <Pulses />
        {strips.map((Strip, k) => (
          <Strip key={k} />
        ))}
      </div>
      <main id="main" className="shell-main">
        <Outlet />
      </main>
      {help && (
        <Suspense>
          <ShortcutSheet open onClose={() => setHelp(false)} />
        </Suspense>
      )}
    </div>
  );
}

import type { ReactNode } from 'react';
import type { IconName } from '#web/ui/icons/drawings.ts';
import { Icon } from '#web/ui/icons/Icon.tsx';

const icons = { good: 'check', info: 'info', warn: 'warning' } as const satisfies Record<string, IconName>;

/** A quiet message inside the page. */
export function Note({ kind, children }: { kind: keyof typeof icons; children: ReactNode }) {
  return (
    <div className={`adm-note adm-note-${kind}`} role="status">
      <Icon name={icons[kind]} size={18} />
      <div>{children}</div>
    </div>
  );
}

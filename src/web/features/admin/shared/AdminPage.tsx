import type { ReactNode } from 'react';
import type { Permission } from '#contract/route.ts';
import { may, useMe } from '#web/app/me.ts';
import { admin } from '#web/i18n/admin.ts';
import { useText } from '#web/i18n/area.ts';
import { Icon } from '#web/ui/icons/Icon.tsx';
import '../admin.css';

export interface AdminPageProps {
  title: string;
  /** One or two sentences: what is done here. */
  lead?: string;
  /** Whoever holds none of these sees who may; empty: everybody signed in. */
  anyOf: readonly Permission[];
  actions?: ReactNode;
  /** Where one came from. */
  back?: ReactNode;
  children: ReactNode;
}

/** The frame of every page of administration. */
export function AdminPage({ title, lead, anyOf, actions, back, children }: AdminPageProps) {
  const me = useMe();
  const allowed = anyOf.length === 0 || may(me, ...anyOf);
  return (
    <div className="adm">
      <header className="adm-head">
        <div>
          {back}
          <h1>{title}</h1>
          {lead !== undefined && <p>{lead}</p>}
        </div>
        {allowed && actions !== undefined && <div className="adm-actions">{actions}</div>}
      </header>
      {allowed ? children : <WhoMay anyOf={anyOf} />}
    </div>
  );
}

/** Calmly: not yours, but theirs. */
function WhoMay({ anyOf }: { anyOf: readonly Permission[] }) {
  const t = useText(admin);
  return (
    <div className="adm-empty">
      <Icon name="info" size={28} />
      <p>{t.frame.notYours}</p>
      <p>{t.frame.whoMay(anyOf.map((word) => t.permission[word]).join(t.frame.comma))}</p>
    </div>
  );
}

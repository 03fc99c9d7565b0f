import type { ReactNode } from 'react';
import './page.css';

export interface PageProps {
  title: string;
  lead?: string;
  /** Where one came from. */
  back?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

/** The frame of a page that is read from top to bottom. */
export function Page({ title, lead, back, actions, children }: PageProps) {
  return (
    <div className="ops-page">
      <header>
        <div>
          {back}
          <h1>{title}</h1>
          {lead !== undefined && <p className="quiet">{lead}</p>}
        </div>
        {actions !== undefined && <div className="ops-actions">{actions}</div>}
      </header>
      {children}
    </div>
  );
}

import type { ReactNode } from 'react';

export interface PaneProps {
  title: string;
  /** Beside the title: how far it is, a button. */
  aside?: ReactNode;
  className?: string;
  children: ReactNode;
}

/** One of the parts of the room: a titled region that scrolls by itself. */
export function Pane({ title, aside, className = '', children }: PaneProps) {
  return (
    <section className={`room-pane ${className}`} aria-label={title}>
      <header>
        <h2>{title}</h2>
        {aside}
      </header>
      {/* A region that scrolls must be reachable by keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className="room-pane-body" tabIndex={0}>
        {children}
      </div>
    </section>
  );
}

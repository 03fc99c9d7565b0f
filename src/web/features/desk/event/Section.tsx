import type { ReactNode } from 'react';

export interface SectionProps {
  title: string;
  /** Beside the title. */
  aside?: ReactNode;
  children: ReactNode;
}

/** A titled part of the detail. */
export function Section({ title, aside, children }: SectionProps) {
  return (
    <section className="part" aria-label={title}>
      <header>
        <h3>{title}</h3>
        {aside}
      </header>
      {children}
    </section>
  );
}

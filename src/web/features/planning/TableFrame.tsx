import type { ReactNode } from 'react';

/** A table that may be wider than the screen. */
export function TableFrame({ label, wide, children }: { label: string; wide?: true; children: ReactNode }) {
  const place = wide === true ? 'planning-table planning-wide' : 'planning-table';
  return (
    // Scrolled by keyboard where it is wider than the screen.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={place} role="region" aria-label={label} tabIndex={0}>
      {children}
    </div>
  );
}

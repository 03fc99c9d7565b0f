import type { ReactNode } from 'react';

interface ScrollFrameProps {
  /** Class of the feature's own frame. */
  area: string;
  label: string;
  children: ReactNode;
}

/** Holds a table that may be larger than the screen. */
export function ScrollFrame({ area, label, children }: ScrollFrameProps) {
  return (
    // Scrolled by keyboard where it is larger than the screen.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={area} role="region" aria-label={label} tabIndex={0}>
      {children}
    </div>
  );
}

import type { ReactNode } from 'react';
import { ScrollFrame } from '#web/ui/ScrollFrame.tsx';

/** A table that may be wider than the screen. */
export function TableFrame({ label, wide, children }: { label: string; wide?: true; children: ReactNode }) {
  return (
    <ScrollFrame area={wide === true ? 'planning-table planning-wide' : 'planning-table'} label={label}>
      {children}
    </ScrollFrame>
  );
}

import type { ReactNode } from 'react';

/** A short word with a ground of its own; the word carries the meaning, the colour helps. */
export function Mark({ tone, children }: { tone: 'good' | 'bad' | 'warn' | 'quiet'; children: ReactNode }) {
  return <span className={`adm-mark adm-mark-${tone}`}>{children}</span>;
}

import type { ReactNode } from 'react';
import { Answer, type Asked } from './Answer.tsx';
import { Icon } from './icons/Icon.tsx';

interface PaneFrameProps<T> {
  /** Of the feature: its classes `…-pane` and `…-back`. */
  area: string;
  /** Words of the way back. */
  back: string;
  query: Asked<T>;
  onBack: () => void;
  children: (found: T) => ReactNode;
}

/** What was chosen in a list, beside it: the way back on small screens, waiting, trouble, or the thing itself. */
export function PaneFrame<T>({ area, back, query, onBack, children }: PaneFrameProps<T>) {
  return (
    <article className={`${area}-pane`}>
      <button type="button" className={`tool ${area}-back`} onClick={onBack}>
        <Icon name="back" size={18} />
        {back}
      </button>
      <Answer query={query}>{children}</Answer>
    </article>
  );
}

import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { ground } from '#web/i18n/ground.ts';
import { Icon } from '#web/ui/icons/Icon.tsx';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';

export interface PaneFrameProps<T> {
  query: UseQueryResult<T>;
  onBack: () => void;
  children: (found: T) => ReactNode;
}

/** The right-hand side of a list: the way back on small screens, waiting, trouble, or what was chosen. */
export function PaneFrame<T>({ query, onBack, children }: PaneFrameProps<T>) {
  const t = useText(ground);
  const c = useText(common);
  return (
    <article className="ground-pane">
      <button type="button" className="tool ground-back" onClick={onBack}>
        <Icon name="back" size={18} />
        {t.back}
      </button>
      <ProblemNote error={query.error} onRetry={() => void query.refetch()} />
      {query.data === undefined && query.error === null && (
        <p className="waiting" role="status">
          {c.loading}
        </p>
      )}
      {query.data !== undefined && children(query.data)}
    </article>
  );
}

import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { shortfalls } from '#web/i18n/shortfalls.ts';
import { Icon } from '#web/ui/icons/Icon.tsx';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';

interface PaneFrameProps<T> {
  query: UseQueryResult<T>;
  onBack: () => void;
  children: (found: T) => ReactNode;
}

/** One line in full: the way back on small screens, waiting, trouble, or what was chosen. */
export function PaneFrame<T>({ query, onBack, children }: PaneFrameProps<T>) {
  const t = useText(shortfalls);
  const c = useText(common);
  return (
    <article className="shortfalls-pane">
      <button type="button" className="tool shortfalls-back" onClick={onBack}>
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

/** One fact with its name. */
export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
